"""Forgets lists that were kept as long as they may be: the file as sent, and for most kinds the rows; what was counted
stays, and so does the record of what happened to the list."""

from __future__ import annotations

import shutil

from django.db import transaction
from django.utils import timezone

from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.publishing import take_back_list
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList, State


@transaction.atomic
def forget_list(item: SentList, *, rows: bool, by: User | None) -> None:
    """Deletes the original of a list; with `rows`, everything that was read from it: a published list is taken back
    first, so people who stand on no other list leave the register. A second time changes nothing."""
    item = SentList.objects.select_for_update().get(pk=item.pk)
    if item.forgotten_at is not None:
        return
    held = item.rows
    if rows:
        if item.state == State.PUBLISHED:
            take_back_list(item, by=by)
        item.changes.all().delete()
        item.state, item.rows, item.rows_of_people = State.FORGOTTEN, 0, 0
        item.tables, item.problem_counts, item.report, item.project, item.held, item.title = [], {}, {}, {}, [], ""
    item.forgotten_at, item.forgotten_by = timezone.now(), by
    item.save()
    record(by=by, action="list_forgotten", subject=f"list {item.pk}", rows=held if rows else 0)
    transaction.on_commit(lambda: _sweep(item))


def sweep() -> None:
    """Deletes the files of lists that were forgotten just before a process died."""
    for item in SentList.objects.filter(forgotten_at__isnull=False):
        _sweep(item)


def _sweep(item: SentList) -> None:
    folder = store.folder_of(item.sha256)
    if item.state == State.FORGOTTEN:
        shutil.rmtree(folder, ignore_errors=True)
    (folder / store.ORIGINAL).unlink(missing_ok=True)
    shutil.rmtree(folder / "books", ignore_errors=True)
