"""A list takes the place of older ones as a difference: who stands in both keeps the lines in the database and the
values of the register, what is new comes, what vanished goes. Called inside the transaction that publishes the list."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl
from django.utils import timezone

from jangkau.registry.access.actions import record
from jangkau.registry.access.events import announce
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.repeats import with_nth
from jangkau.registry.lists.actions.standing import compose_from_rows, memberships_in
from jangkau.registry.lists.events import ListTakenBack
from jangkau.registry.lists.models import Appearance, Kind, ReviewPair, SentList, State
from jangkau.registry.lists.states import MEMBER_KINDS
from jangkau.registry.people.actions import change_memberships, replace_project
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.gateways.snapshots import last_person_id

_STAND: dict[str, pl.DataType] = {
    "id": pl.Int64(), "sent_list_id": pl.Int64(), "line": pl.Int32(), "person_id": pl.Int64(),
}  # fmt: skip


def supersede(item: SentList, olds: list[SentList], linked: pl.DataFrame, *, by: User | None) -> None:
    """Gives what `olds` brought to `item`, whose rows are `linked` (line, person_id) and whose people are stored. Who
    stood in the old lists alone is composed from other rows, or leaves the register."""
    numbers = [old.pk for old in olds]
    stood = _stood(numbers)
    with ThreadPoolExecutor(1) as beside:  # files are read while the database writes
        member_lists = [(old, stood.filter(pl.col("sent_list_id") == old.pk)) for old in olds] + [(item, linked)]
        told = [beside.submit(memberships_in, *each) for each in member_lists if item.kind in MEMBER_KINDS]
        _change_appearances(stood, linked, numbers, item.pk)
        if told:
            *before, after = (each.result() for each in told)
            change_memberships(numbers, item.pk, pl.concat(before), after)
    ReviewPair.objects.filter(sent_list__in=olds)._raw_delete("default")
    left = stood.join(linked, on="person_id", how="anti")["person_id"].unique()
    gone = compose_from_rows(left)
    for old in olds:
        replace_project(old.pk, None)
        note_taken_back(old, people=stood["person_id"].n_unique(), gone=gone, by=by)


def note_taken_back(item: SentList, *, people: int, gone: int, by: User | None) -> None:
    """The list is published no more: `people` stood on it, of whom `gone` left the register."""
    item.state, item.taken_back_at, item.taken_back_by = State.TAKEN_BACK, timezone.now(), by
    item.last_person_number = last_person_id()
    item.save(update_fields=["state", "taken_back_at", "taken_back_by", "last_person_number"])
    record(by=by, action="list_taken_back", subject=f"list {item.pk}", people=people, gone=gone)
    announce(ListTakenBack(item.pk, Kind(item.kind)))


def _stood(lists: list[int]) -> pl.DataFrame:
    """Who stands in the rows of these lists today."""
    numbers = ", ".join(map(str, lists))
    return bulk.read(
        f"SELECT id, sent_list_id, line, person_id FROM lists_appearance WHERE sent_list_id IN ({numbers}) ORDER BY id",
        _STAND,
    )


def _change_appearances(stood: pl.DataFrame, linked: pl.DataFrame, olds: list[int], number: int) -> None:
    """A line of the table goes on standing for its person, in another row of another list."""
    before = with_nth(stood.select("id", "person_id", was="line"), "person_id")
    after = with_nth(linked.select("line", "person_id", sent_list_id=pl.lit(number, dtype=pl.Int64)), "person_id")
    on = ["person_id", "nth"]
    kept = before.join(after, on=on)
    if bulk.writes_anew():  # then each row once: it is also looked at once for its list when all is committed
        bulk.update(Appearance, kept.select("id", "line", "sent_list_id"))
    else:
        Appearance.objects.filter(sent_list_id__in=olds).update(sent_list_id=number)  # all at once: half the time
        bulk.update(Appearance, kept.filter(pl.col("line") != pl.col("was")).select("id", "line"))
    bulk.delete(Appearance, before.join(after, on=on, how="anti")["id"])
    bulk.insert(Appearance, after.join(before, on=on, how="anti").select("line", "person_id", "sent_list_id"))
