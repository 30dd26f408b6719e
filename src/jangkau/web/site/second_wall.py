"""While a request is answered the database shows only people of the areas of whoever asks, where a role says so
(JANGKAU_WEB_ROLE). Programs are let in by their key (web/api/permissions.py), everybody else by their session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jangkau.registry.access.gateways import wall
from jangkau.registry.access.permissions import scope_of


class SecondWallMiddleware:
    """Stands after the one that knows the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not wall.stands():
            return self.get_response(request)
        with wall.behind_wall():
            wall.narrow(scope_of(request.user))
            return self.get_response(request)
