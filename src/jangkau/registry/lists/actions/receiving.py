"""Takes files in: each list kept once, under its hash; the same bytes a second time are the same list. A zip is
only the wrapping: every file in it is a list of its own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from jangkau.core.reading import is_archive, unpack
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList, State


@transaction.atomic
def receive_list(source: Path, *, path: str, by: User | None) -> tuple[SentList, bool]:
    """Keeps the file at `source`, known to the sender as `path`. Returns the list and whether it is new here."""
    sha256 = store.hash_of(source)
    known = SentList.objects.filter(sha256=sha256).first()
    if known is not None and known.forgotten_at is None:
        return known, False
    store.keep_original(source, sha256)
    if known is not None:
        return _received_again(known, by), True
    received = SentList.objects.create(sha256=sha256, path=path, received_by=by)
    record(by=by, action="list_received", subject=f"list {received.pk}")
    return received, True


def _received_again(item: SentList, by: User | None) -> SentList:
    """A list that was forgotten is sent again: its original is there once more."""
    item.forgotten_at = item.forgotten_by = None
    if item.state == State.FORGOTTEN:
        item.state, item.received_at, item.taken_back_at, item.published_at = State.RECEIVED, timezone.now(), None, None
    item.save()
    record(by=by, action="list_received", subject=f"list {item.pk}", again=True)
    return item


def receive_lists(source: Path, *, path: str, by: User | None) -> list[tuple[SentList, bool]]:
    """Keeps the list at `source`, or every list in the zip there under the path "archive.zip/inner.xlsx". Raises
    Refused or Corrupt for a zip that cannot be unpacked."""
    content = source.read_bytes()
    if not is_archive(content):
        return [receive_list(source, path=path, by=by)]
    received = []
    with TemporaryDirectory() as folder:
        beside = Path(folder) / "list"
        for inner, unpacked in unpack(content, path):
            beside.write_bytes(unpacked)
            received.append(receive_list(beside, path=f"{path}/{inner}", by=by))
    return received
