"""Takes a file in: kept once, under its hash; the same bytes a second time are the same list."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList


@transaction.atomic
def receive_list(source: Path, *, path: str, by: User | None) -> tuple[SentList, bool]:
    """Keeps the file at `source`, known to the sender as `path`. Returns the list and whether it is new here."""
    sha256 = store.hash_of(source)
    known = SentList.objects.filter(sha256=sha256).first()
    if known is not None:
        return known, False
    store.keep_original(source, sha256)
    received = SentList.objects.create(sha256=sha256, path=path, received_by=by)
    record(by=by, action="list_received", subject=f"list {received.pk}")
    return received, True
