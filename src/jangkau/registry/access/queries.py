"""What the record of changes says, and whether it is whole."""

from __future__ import annotations

from typing import NamedTuple

from jangkau.core.kernel.chain import START
from jangkau.registry.access.models import AuditEvent


class Proof(NamedTuple):
    """The record counted again from its first event: the number of the first one that is not as it was written, and the
    digest to compare with one noted elsewhere (events cut off at the end leave a chain that is whole but shorter)."""

    events: int
    last_digest: str
    broken_at: int | None


def proof_of_record() -> Proof:
    """Walks the whole chain; reads in pieces, so that a long record needs little memory."""
    digest, events = START, 0
    for event in AuditEvent.objects.order_by("pk").iterator(chunk_size=5000):
        if event.pk != events + 1 or event.digest_on(digest) != event.digest:
            return Proof(events, digest, min(event.pk, events + 1))
        digest, events = event.digest, events + 1
    return Proof(events, digest, None)
