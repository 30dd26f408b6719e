"""What a person says about a list wins over what was understood; what they say of its columns is remembered for the
sender and the layout, and applied to the next list until somebody has it forgotten."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Month, Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.jobs import Start, ask_for
from jangkau.registry.lists.actions.layouts import sender_of
from jangkau.registry.lists.models import Job, KnownLayout, Plan, SentList
from jangkau.registry.lists.states import CHANGEABLE

Columns = Mapping[str, Mapping[int, str]]  # layout -> position -> field


@transaction.atomic
def tell_list(
    item: SentList,
    *,
    kind: str,
    village: str,
    month: Month | None,
    columns: Columns,
    header_row: int | None = None,
    by: User | None,
    start: Start,
) -> Job:
    """Keeps what a person confirmed or changed, and has the list read again by it. `village` "" for a list of no
    village, `month` None for a list of no month, `header_row` None when nothing is said of it. Raises
    Refused for a list that is published or being worked on."""
    require_changeable(item)
    item.told = {"kind": kind, "village": village, "month": str(month) if month else ""}
    if header_row is not None:
        item.told["header_row"] = header_row
    item.save(update_fields=["told"])
    for layout, fields in columns.items():
        _confirm(item, layout, fields, by=by)
    record(by=by, action="list_told", subject=f"list {item.pk}", **item.told)
    return ask_for("read", [item], by=by, start=start)


def _confirm(item: SentList, layout: str, fields: Mapping[int, str], *, by: User | None) -> None:
    sender = sender_of(item)
    known, _ = KnownLayout.objects.update_or_create(
        key=hashlib.sha256(f"{layout}\n{sender}".encode()).hexdigest(),
        defaults={
            "sender": sender,
            "layout": layout,
            "columns": {str(position): field for position, field in fields.items()},
            "confirmed_at": timezone.now(),
            "confirmed_by": by,
        },
    )
    record(by=by, action="layout_confirmed", subject=f"layout {known.pk}", list=item.pk, columns=len(fields))


@transaction.atomic
def forget_layout(known: KnownLayout, item: SentList, *, by: User | None, start: Start) -> None:
    """Forgets a confirmed layout; `item`, on whose page this was asked, is read again without it unless published."""
    if item.state in CHANGEABLE:
        require_changeable(item)
        ask_for("read", [item], by=by, start=start)
    record(by=by, action="layout_forgotten", subject=f"layout {known.pk}", list=item.pk, uses=known.uses)
    known.delete()


def require_changeable(item: SentList) -> None:
    """Raises Refused for a list that is published, or that somebody works on."""
    if item.state not in CHANGEABLE:
        raise Refused(
            "Daftar yang dipublikasikan tidak dapat diubah. Tarik kembali dulu.",
            "A list that is published cannot be changed. Take it back first.",
        )
    working = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).exclude(kind="book")
    busy = working.values_list("lists", flat=True)
    planned = Plan.objects.filter(applied_at__isnull=True).values_list("lists", flat=True)
    if any(item.pk in lists for lists in (*busy, *planned)):
        raise Refused(
            "Daftar ini sedang dikerjakan. Coba lagi sesudah selesai.",
            "This list is being worked on. Try again when that has ended.",
        )
