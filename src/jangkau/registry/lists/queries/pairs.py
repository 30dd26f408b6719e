"""Questions about who is who: which ones somebody may see, and how many there are of what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet

from jangkau.registry.access.permissions import Scope
from jangkau.registry.access.queries import last_change
from jangkau.registry.lists.models import ReviewPair

KEPT = 3600  # seconds
Answer = TypeVar("Answer")


class PairCount(NamedTuple):
    """So many questions with this evidence, from this list, about people of this village; `ruling` says open or not."""

    decision: str
    list_number: int
    village: str | None
    is_open: bool
    n: int


def all_pairs(scope: Scope) -> QuerySet[ReviewPair]:
    """Every question about who is who whose two people live in the areas of the scope, open or decided."""
    found = ReviewPair.objects.select_related("sent_list").order_by("-probability", "pk")
    if scope.allows(None):
        return found
    other = Q(candidate=None) | scope.where("candidate__village_id")
    return found.filter(scope.where("person__village_id") & other)


def review_pairs(scope: Scope) -> QuerySet[ReviewPair]:
    """Questions that wait for a human being, the likeliest first."""
    return all_pairs(scope).filter(ruling=None)


def pairs_counted(scope: Scope) -> list[PairCount]:
    """All questions of the areas, counted; once for everybody who sees them, until something is done."""
    kinds = ("decision", "sent_list_id", "person__village_id", "is_open")
    found = all_pairs(scope).order_by().annotate(is_open=Q(ruling=None)).values_list(*kinds)
    return kept("pairs", scope, lambda: [PairCount(*each) for each in found.annotate(n=Count("pk"))])


def pairs_waiting(scope: Scope) -> int:
    """How many wait for a human being."""
    return kept("waiting", scope, lambda: sum(each.n for each in pairs_counted(scope) if each.is_open))


def kept(name: str, scope: Scope, made: Callable[[], Answer]) -> Answer:
    """What was made of the questions of these areas under a name, until something is done; never None."""
    meant = (name, str(scope.allows(None)), *scope.areas, str(last_change()))
    key = f"pairs-{hashlib.sha256('|'.join(meant).encode()).hexdigest()}"
    found: Answer | None = caches["pages"].get(key)
    if found is None:
        found = made()
        caches["pages"].set(key, found, KEPT)
    return found
