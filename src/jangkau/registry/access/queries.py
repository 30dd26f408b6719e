"""Keys of programs; what the record of changes says, and whether it is whole."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from jangkau.core.kernel.chain import START
from jangkau.registry.access.models import AuditEvent, Token
from jangkau.registry.access.permissions import Scope, digest_of_key


class Proof(NamedTuple):
    """The record counted again from its first event: the number of the first one that is not as it was written, and the
    digest to compare with one noted elsewhere (events cut off at the end leave a chain that is whole but shorter)."""

    events: int
    last_digest: str
    broken_at: int | None


def last_event() -> int:
    """The number of the newest event of the record of changes; 0 before the first."""
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


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
