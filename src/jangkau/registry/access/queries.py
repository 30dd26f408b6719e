"""Accounts and roles; keys of programs; what the record of changes says, and whether it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from jangkau.core.kernel.chain import START, chained
from jangkau.registry.access.models import LOOKS, Assignment, AuditEvent, ColumnOpening, Role, Token, User
from jangkau.registry.access.permissions import Scope, digest_of_key

# tell of the work alone, or of its middle: kept pages show the employers with the measures, which are told next
UNSEEN = ("job_publish", "plan_made", "plan_applied", "employers_composed")
_NOT_LOOKS, _SEEN = (  # written out: SQLite finds no such index by parameters
    "NOT (action IN ({}))".format(", ".join(f"'{each}'" for each in actions)) for actions in (LOOKS, UNSEEN)
)
_NEWEST = f"SELECT id FROM access_auditevent WHERE {_NOT_LOOKS} AND {_SEEN} ORDER BY id DESC LIMIT 1"


class Proof(NamedTuple):
    """The record counted again from its first event: the number of the first one that is not as it was written, and the
    digest to compare with one noted elsewhere (events cut off at the end leave a chain that is whole but shorter)."""

    events: int
    last_digest: str
    broken_at: int | None


def last_event() -> int:
    """The number of the newest event of the record of changes; 0 before the first."""
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def last_change() -> int:
    """The number of the newest event that may change what pages show: neither a look at somebody, nor `UNSEEN`."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        found = cursor.fetchone()
    return found[0] if found else 0


def proof_of_record() -> Proof:
    """Walks the whole chain; reads in pieces, so that a long record needs little memory."""
    digest, events = START, 0
    for event in AuditEvent.objects.order_by("pk").iterator(chunk_size=5000):
        if event.pk != events + 1 or event.digest_on(digest) != event.digest:
            return Proof(events, digest, min(event.pk, events + 1))
        digest, events = event.digest, events + 1
    return Proof(events, digest, None)


def tokens(scope: Scope) -> QuerySet[Token]:
    """The keys somebody may see: an administrator all, everybody else their own."""
    found = Token.objects.select_related("user").order_by("-pk")
    return found if scope.allows(settings.JANGKAU_AREA) else found.filter(user=scope.user)


def token_of(key: str, today: date) -> Token | None:
    """The token that a key belongs to, if it opens anything today."""
    found = Token.objects.filter(sha256=digest_of_key(key), revoked_at=None, ends_on__gte=today)
    return found.select_related("user").first()


def accounts(scope: Scope) -> QuerySet[User]:
    """The accounts an administrator looks after: all, or those with a role in their areas."""
    found = User.objects.order_by("username")
    if scope.allows(None):
        return found
    return found.filter(pk__in=roles(scope).values("user_id"))


def roles(scope: Scope) -> QuerySet[Assignment]:
    """Who holds which role in the areas of the scope, ended ones too, by account."""
    inside = Q(pk__in=[])
    for area in scope.areas:
        inside |= Q(area_code=area) | Q(area_code__startswith=area + ".")
    found = Assignment.objects.filter(inside).select_related("user", "given_by", "on_behalf_of", "reviewed_by")
    return found.order_by("user__username", "area_code", "pk")


def glass_unseen(scope: Scope) -> QuerySet[Assignment]:
    """Emergency accesses at which no administrator has looked yet."""
    return roles(scope).filter(role=Role.GLASS, reviewed_at=None)


def openings() -> QuerySet[ColumnOpening]:
    """What agreements opened or are to open, newest first; the same for everybody."""
    found = ColumnOpening.objects.select_related("proposed_by", "confirmed_by", "ended_by")
    return found.order_by("-pk")


def events(*, action: str = "", subject: str = "", by: str = "", since: date | None = None, until: date | None = None
           ) -> QuerySet[AuditEvent]:  # fmt: skip
    """The record, newest first, narrowed to what is given: days are those of the office, both included."""
    found = AuditEvent.objects.select_related("by").order_by("-pk")
    asked = {
        "action": action, "subject": subject, "by__username": by, "at__date__gte": since, "at__date__lte": until,
    }  # fmt: skip
    return found.filter(**{name: value for name, value in asked.items() if value})


def record_lines(found: Iterable[AuditEvent]) -> Iterator[str]:
    """Events as JSON lines that prove themselves: each with its digest and that of the event before it."""
    for event in found:
        before = AuditEvent.objects.filter(pk=event.pk - 1).values_list("digest", flat=True).first() or START
        at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
        told = {
            "id": event.pk, "at": at, "by": event.by_id, "who": event.by.username if event.by else None,
            "action": event.action, "subject": event.subject, "detail": event.detail, "before": before,
            "digest": event.digest,
        }  # fmt: skip
        yield json.dumps(told, ensure_ascii=False) + "\n"


def first_false_line(lines: Iterable[str]) -> int | None:
    """The first line (counted from 1) of an exported record that is not as it was written; None when all are. Events
    that follow each other must stand on each other. Needs no register."""
    last: tuple[int, str] | None = None
    for number, line in enumerate(lines, 1):
        try:
            told = json.loads(line)
            entry = [told[name] for name in ("id", "at", "by", "action", "subject", "detail")]
            good = chained(told["before"], entry) == told["digest"]
            if last and told["id"] == last[0] + 1:
                good = good and told["before"] == last[1]
            if not good or (last and told["id"] <= last[0]):
                return number
            last = told["id"], told["digest"]
        except (ValueError, KeyError, TypeError):
            return number
    return None
