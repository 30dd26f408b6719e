"""Who asks: a program with a key in the header `Authorization: Bearer`, and what its key allows."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from jangkau.registry.access.models import Permission, Token
from jangkau.registry.access.permissions import Scope, scope_of_token
from jangkau.registry.access.queries import token_of


class Key(HttpBearer):
    """A key that opens something today; `needs` is the permission it must carry, none for what all may ask."""

    def __init__(self, needs: Permission | None = None) -> None:
        self.needs = needs
        super().__init__()

    def authenticate(self, request: HttpRequest, key: str) -> Token | None:
        token = token_of(key, date.today())  # noqa: DTZ011  the day of the office that runs the server
        if token is None:
            return None
        if self.needs is not None and self.needs not in token.permissions:
            raise HttpError(403, f"needs:{self.needs}")
        return token


def token_in(request: HttpRequest) -> Token:
    """The token of the program that asks."""
    token = getattr(request, "auth", None)
    assert isinstance(token, Token)  # every route that calls this has a Key
    return token


def scope_in(request: HttpRequest) -> Scope:
    """What the program that asks may see."""
    return scope_of_token(token_in(request))
