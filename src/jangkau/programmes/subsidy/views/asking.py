"""What the pages of the room share: which scheme is meant, and the lists whose rows may be proposed."""

from __future__ import annotations

from django.http import Http404

from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.queries import schemes
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.models import State as ListState
from jangkau.registry.lists.queries import lists
from jangkau.registry.lists.states import PERSON_KINDS

LISTS_OFFERED = 100


def scheme_or_404(scope: Scope, number: int) -> Scheme:
    found = schemes(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def lists_offered(scope: Scope) -> list[SentList]:
    """The published lists of people, newest first."""
    published = lists(scope).filter(state=ListState.PUBLISHED, kind__in=PERSON_KINDS, rows_of_people__gt=0)
    return list(published[:LISTS_OFFERED])
