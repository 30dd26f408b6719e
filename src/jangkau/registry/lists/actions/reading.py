"""Reads received lists, several at a time, and keeps what was understood of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings
from django.db import transaction

from jangkau.registry.access.actions import record
from jangkau.registry.access.gateways import seal
from jangkau.registry.lists.actions.layouts import note_layouts_used, sender_of, told_of
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.gateways.readers import Assignment, Outcome, read_all
from jangkau.registry.lists.models import KnownLayout, SentList, State
from jangkau.registry.lists.queries import changes_applied


def read_lists(
    lists: Iterable[SentList],
    *,
    as_of: date,
    processes: int = 1,
    progress: Callable[[int], None] = lambda done: None,
    meanwhile: Callable[[], bool] = lambda: False,
) -> list[SentList]:
    """Reads every list given, in their order; returns them with state read or unreadable. One list that cannot be read
    does not stop the others; a disk that takes nothing does: raises Refused. `meanwhile`: see call_confined."""
    todo = list(lists)
    known = [layouts_known(item) for item in todo]
    assignments = [assignment_of(item, layouts, as_of) for item, layouts in zip(todo, known, strict=True)]
    outcomes = read_all(assignments, processes, meanwhile=meanwhile)
    for position, (item, outcome) in enumerate(zip(todo, outcomes, strict=True)):
        if outcome.stopped:
            raise outcome.stopped
        _keep(item, outcome, known[position])
        progress(position + 1)
    return todo


def layouts_known(item: SentList) -> list[KnownLayout]:
    """The layouts that were confirmed for the sender of a list."""
    return list(KnownLayout.objects.filter(sender=sender_of(item)).order_by("pk"))


def assignment_of(item: SentList, known: list[KnownLayout], as_of: date) -> Assignment:
    """A list with all that persons said of it and changed in it, as it is given to the reader."""
    changes = tuple(store.change_place(item.sha256, change.pk) for change in changes_applied(item))
    told = told_of(item, known)
    return Assignment(
        store.folder_of(item.sha256), item.path, settings.JANGKAU_AREA, as_of, told, changes, seal.key_place()
    )


@transaction.atomic
def _keep(item: SentList, outcome: Outcome, known: list[KnownLayout]) -> None:
    (store.folder_of(item.sha256) / store.LINKS).unlink(missing_ok=True)  # its lines may mean other rows now
    item.state = State.UNREADABLE if outcome.error else State.READ
    item.error = outcome.error
    for name, value in outcome.values.items():
        setattr(item, name, value)
    note_layouts_used(item, known)
    item.save(update_fields=["state", "error", "told", *outcome.values])
    record(by=None, action=f"list_{item.state}", subject=f"list {item.pk}")
