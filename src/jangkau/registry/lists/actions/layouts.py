"""Layouts that a person confirmed for a sender: which of them speak of a list, and which were used to read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.db.models import F

from jangkau.core.kernel import Month
from jangkau.core.reading.told import Told, layout_of
from jangkau.registry.access.actions import record
from jangkau.registry.lists.models import Kind, KnownLayout, SentList


def sender_of(item: SentList) -> str:
    """Who sends lists like this one: the folder they come in; for a file without a folder, who uploads it."""
    folder = item.path.replace("\\", "/").rpartition("/")[0]
    return folder or f"user {item.received_by_id or ''}".strip()


def told_of(item: SentList, known: Iterable[KnownLayout]) -> Told:
    """All that persons said about a list: about itself, and about the layouts `known` of its sender."""
    kind = item.told.get("kind")
    return Told(
        kind=None if kind == Kind.UNKNOWN else kind,
        village_code=item.told.get("village"),
        month=_month(item.told.get("month")),
        columns={(one.layout, int(at)): field for one in known for at, field in one.columns.items()},
        header_row=item.told.get("header_row"),
    )


def _month(said: str | None) -> Month | Literal[""] | None:
    return Month.parse(said) if said else "" if said == "" else None


def note_layouts_used(item: SentList, known: Iterable[KnownLayout]) -> None:
    """Writes down by which layouts a list was read; called inside the transaction that keeps the reading."""
    layouts = {layout_of([column["header"] for column in table["columns"]]) for table in item.tables}
    used = [one for one in known if one.layout in layouts]
    before = item.told.get("layouts", [])
    for one in used:
        if one.pk not in before:
            KnownLayout.objects.filter(pk=one.pk).update(uses=F("uses") + 1)
            record(by=None, action="layout_used", subject=f"layout {one.pk}", list=item.pk)
    item.told = {**item.told, "layouts": [one.pk for one in used]} if used or before else item.told
