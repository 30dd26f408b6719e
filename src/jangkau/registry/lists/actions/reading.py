"""Reads received lists, several at a time, and keeps what was understood of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings
from django.db import transaction

from jangkau.registry.access.actions import record
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.gateways.readers import Assignment, Outcome, read_all
from jangkau.registry.lists.models import SentList, State


def read_lists(
    lists: Iterable[SentList],
    *,
    as_of: date,
    processes: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> list[SentList]:
    """Reads every list given, in their order; returns them with state read or unreadable. One list that cannot be read
    does not stop the others."""
    todo = list(lists)
    assignments = [Assignment(store.folder_of(i.sha256), i.path, settings.JANGKAU_AREA, as_of) for i in todo]
    for position, (item, outcome) in enumerate(zip(todo, read_all(assignments, processes), strict=True)):
        _keep(item, outcome)
        progress(position + 1)
    return todo


@transaction.atomic
def _keep(item: SentList, outcome: Outcome) -> None:
    item.state = State.UNREADABLE if outcome.error else State.READ
    item.error = outcome.error
    for name, value in outcome.values.items():
        setattr(item, name, value)
    item.save(update_fields=["state", "error", *outcome.values])
    record(by=None, action=f"list_{item.state}", subject=f"list {item.pk}")
