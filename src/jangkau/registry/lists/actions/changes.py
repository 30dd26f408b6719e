"""The work on changed cells of a list: look at what a change would do, apply it, undo it. Neither the file nor what was
read of it is written over: changes are kept one after the other and laid over the file whenever it is read. Every step
may be repeated after a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.core.reading.changes import Change, RowFilter, column_with, edits_of
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.reading import assignment_of, layouts_known, read_lists
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.gateways.readers import read_all, try_one
from jangkau.registry.lists.models import ListChange, SentList
from jangkau.registry.lists.queries import columns_in

FEW_ROWS = 5_000  # a list this short that was read before is read sooner than a process of its own is started


def try_change(change: ListChange, *, as_of: date) -> None:
    """Finds out which cells a proposed change alters, and which problems would go and come. Raises Refused when the
    list could not be read that way."""
    item = change.sent_list
    columns = columns_in(item)
    rows = store.scan_frame(store.folder_of(item.sha256) / store.ROWS)
    rows = rows.filter(RowFilter(**change.rows).condition(columns)).select("sheet", "row", "table", "cells")
    edits = edits_of(rows.collect(), column_with(columns, change.column), Change(**change.change))
    place = store.change_place(item.sha256, change.pk)
    store.write_frame(edits, place)
    given = assignment_of(item, layouts_known(item), as_of)
    [seen] = read_all([replace(given, changes=(*given.changes, place))], _processes(item), try_one)
    if seen.error:
        raise Refused(seen.error["id"], seen.error["en"])
    change.cells, change.gone, change.come = edits.height, seen.values["gone"], seen.values["come"]
    with transaction.atomic():
        change.save(update_fields=["cells", "gone", "come"])
        subject = f"list {item.pk}"
        record(by=change.asked_by, action="change_tried", subject=subject, change=change.pk, cells=change.cells)


def apply_change(change: ListChange, *, as_of: date, by: User | None) -> None:
    """Applies a change that was looked at, and reads the list again."""
    if change.applied_at is None:
        _note(change, "applied", by=by)
    read_lists([change.sent_list], as_of=as_of, processes=_processes(change.sent_list))


def undo_change(change: ListChange, *, as_of: date, by: User | None) -> None:
    """Undoes a change and reads the list again; a proposal rested on it and goes too."""
    if change.undone_at is None:
        with transaction.atomic():
            discard_proposals(change.sent_list)
            _note(change, "undone", by=by)
    read_lists([change.sent_list], as_of=as_of, processes=_processes(change.sent_list))


def _processes(item: SentList) -> int:
    return 0 if item.rows <= FEW_ROWS else 1


@transaction.atomic
def _note(change: ListChange, step: str, *, by: User | None) -> None:
    setattr(change, f"{step}_at", timezone.now())
    setattr(change, f"{step}_by", by)
    change.save(update_fields=[f"{step}_at", f"{step}_by"])
    subject = f"list {change.sent_list_id}"
    record(by=by, action=f"change_{step}", subject=subject, change=change.pk, cells=change.cells)


@transaction.atomic
def discard_proposals(item: SentList) -> None:
    """Forgets what was proposed for a list and not applied."""
    for proposed in item.changes.filter(applied_at__isnull=True):
        store.change_place(item.sha256, proposed.pk).unlink(missing_ok=True)
        proposed.delete()
