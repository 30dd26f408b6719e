"""The list that an address names, for whoever asks: with what they may do in its place, or not found."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import SentList


def list_or_404(request: HttpRequest, number: int, **like: object) -> tuple[Scope, SentList]:
    """The list with this number that its reader may see and that is `like` this (fields of SentList), and the scope as
    it answers for this list."""
    scope = scope_of(request.user)
    found = queries.lists(scope).filter(pk=number, **like).first()
    if found is None:
        raise Http404
    return queries.scope_at(scope, found), found
