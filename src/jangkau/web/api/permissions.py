"""Who asks: a program with a key in the header `Authorization: Bearer`, and what its key allows."""

from __future__ import annotations

import time
from datetime import date

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from jangkau.registry.access.gateways import wall
from jangkau.registry.access.models import Permission, Token
from jangkau.registry.access.permissions import Scope, scope_of_token
from jangkau.registry.access.queries import token_of
from jangkau.web.api.gateways import limits


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
        token.needs = self.needs
        wall.narrow(scope_of_token(token, self.needs))
        return token


class KeyLimit(BaseThrottle):
    """So many requests of one key in a minute of the clock, counted over all processes."""

    def __init__(self, requests: int) -> None:
        self.requests, self.clock = requests, time.time

    def allow_request(self, request: HttpRequest) -> bool:
        return limits.count_one(token_in(request).sha256, int(self.clock() // 60)) <= self.requests

    def wait(self) -> float:
        return 60 - self.clock() % 60


def token_in(request: HttpRequest) -> Token:
    """The token of the program that asks."""
    token = getattr(request, "auth", None)
    assert isinstance(token, Token)  # every route that calls this has a Key
    return token


def scope_in(request: HttpRequest) -> Scope:
    """What the program that asks may see."""
    return scope_of_token(token_in(request), token_in(request).needs)
