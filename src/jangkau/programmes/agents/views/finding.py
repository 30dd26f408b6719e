"""The agent an address names, for somebody who may see that agent."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from jangkau.core.kernel import JangkauError
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.models import Agent
from jangkau.registry.access.permissions import Scope, scope_of


def agent_and_scope(request: HttpRequest, number: int) -> tuple[Agent, Scope]:
    """Raises Http404 for an agent outside the areas of whoever asks."""
    scope = scope_of(request.user)
    found = queries.agents(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found, scope


def complain(request: HttpRequest, error: JangkauError) -> None:
    """The sentence of an error, above the page that follows."""
    messages.error(request, error.sentence(get_language() or "id"))
