"""What a person asks for before a list is published: cells changed, looked at first, applied, undone, the last change
first. Each is done by the worker (`actions/changes.py`)."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.core.reading.changes import Change, RowFilter, column_with
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.changes import discard_proposals
from jangkau.registry.lists.actions.jobs import Start, ask_for
from jangkau.registry.lists.actions.understanding import require_changeable
from jangkau.registry.lists.models import ListChange, SentList
from jangkau.registry.lists.queries import columns_in, last_change, proposal_of_another


@transaction.atomic
def propose_change(
    item: SentList, *, rows: RowFilter, column: str, change: Change, by: User | None, start: Start
) -> ListChange:
    """Has a change looked at; it takes the place of one that the same person proposed before and did not apply. Raises
    Refused for a list that is published or being worked on, for a column that it does not have, and while the proposal
    of somebody else waits."""
    require_changeable(item)
    _require_no_other(item, by=by)
    columns = columns_in(item)
    column_with(columns, column)
    rows.condition(columns)
    discard_proposals(item)
    proposed = ListChange.objects.create(
        sent_list=item, rows=asdict(rows), column=column, change=asdict(change), asked_by=by
    )
    record(by=by, action="change_proposed", subject=f"list {item.pk}", change=proposed.pk)
    ask_for("try_change", [item], by=by, start=start, change=proposed)
    return proposed


@transaction.atomic
def ask_to_apply(change: ListChange, *, by: User | None, start: Start) -> None:
    """Has a change applied that was looked at. Raises Refused when it alters nothing or was applied already."""
    require_changeable(change.sent_list)
    if change.applied_at or not change.cells:
        raise Refused("Perubahan ini tidak mengubah apa pun.", "This change alters nothing.")
    ask_for("apply_change", [change.sent_list], by=by, start=start, change=change)


@transaction.atomic
def ask_to_undo(change: ListChange, *, by: User | None, start: Start) -> None:
    """Has the last change undone. Raises Refused for any other, and while the proposal of somebody else rests on it."""
    require_changeable(change.sent_list)
    _require_no_other(change.sent_list, by=by)
    if change != last_change(change.sent_list):
        raise Refused(
            "Batalkan dulu perubahan yang sesudahnya; yang terakhir lebih dulu.",
            "Undo the changes after it first; the last one comes first.",
        )
    ask_for("undo_change", [change.sent_list], by=by, start=start, change=change)


def _require_no_other(item: SentList, *, by: User | None) -> None:
    if proposal_of_another(item, by):
        raise Refused(
            "Perubahan yang diusulkan orang lain masih menunggu di daftar ini. Lihat dulu, lalu terapkan atau buang.",
            "A change proposed by somebody else still waits in this list. Look at it first, then apply or drop it.",
        )


@transaction.atomic
def discard_change(change: ListChange, *, by: User | None) -> None:
    """Forgets a change that was proposed. Raises Refused when the list is being worked on."""
    require_changeable(change.sent_list)
    discard_proposals(change.sent_list)
    record(by=by, action="change_discarded", subject=f"list {change.sent_list_id}")
