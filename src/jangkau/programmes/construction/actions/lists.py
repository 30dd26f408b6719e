"""A published roster fills its work; a roster that is taken back takes its work along, but for what people have written
on it. Reactions to lists/events, inside the transaction of the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from django.utils import timezone

from jangkau.programmes.construction.models import RosterLine, Transition, Work
from jangkau.programmes.construction.states import State
from jangkau.registry.lists.events import ListPublished, ListTakenBack, MeasuringBegan
from jangkau.registry.lists.models import Appearance, Kind, SentList
from jangkau.registry.lists.queries.outcomes import rows_with_reasons
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.models import Person

NO_LONGER_LISTED = "tidak ada lagi pada daftar terbaru"
_ROW = {
    "line": pl.Int32(), "nik": pl.String(), "name": pl.String(), "address": pl.String(), "task": pl.String(),
    "daily_wage": pl.Int64(), "days": pl.Int32(),
}  # fmt: skip


def fill_from_list(event: ListPublished) -> None:
    """The work of a published roster, with a line for each of its workers. Doing it twice changes nothing."""
    if event.kind != Kind.JAKON or Work.objects.filter(list_number=event.number).exists():
        return
    item = SentList.objects.get(pk=event.number)
    told = _told(item)
    rows = _rows(item)
    work = _waiting_for(told)
    if work is None:
        work = Work.objects.create(list_number=item.pk, state=State.ROSTER_IN, noted_by=item.published_by, **told)
        Transition.objects.create(work=work, after=State.ROSTER_IN, on=_arrived(item), made_by=item.published_by)
        _add(work, rows, named_on=None)
        return
    Work.objects.filter(pk=work.pk).update(list_number=item.pk)
    if work.state == State.PLANNED:
        Transition.objects.create(
            work=work, before=work.state, after=State.ROSTER_IN, on=_arrived(item), made_by=item.published_by
        )
        Work.objects.filter(pk=work.pk).update(state=State.ROSTER_IN)
    _renew(work, rows, _arrived(item))


def drop_with_list(event: ListTakenBack) -> None:
    """The work of a roster that is taken back goes, unless somebody has written on it: then it waits, with its roster,
    for the list that takes the place of this one."""
    if event.kind != Kind.JAKON:
        return
    work = Work.objects.filter(list_number=event.number).first()
    if work is None:
        return
    written = work.addenda.exists() or work.transitions.count() > 1 or work.roster.filter(line=None).exists()
    if not written:
        work.delete()
        return
    Work.objects.filter(pk=work.pk).update(list_number=None)
    gone = work.roster.exclude(person=None).exclude(person_id__in=Person.objects.values("pk"))
    gone.update(person=None)
    work.roster.update(line=None)


def _told(item: SentList) -> dict[str, Any]:
    said = item.project
    return {
        "village_id": item.village_id,
        "activity": (said.get("activity") or item.title or item.file_name)[:200],
        "value": said.get("value"),
        "source": (said.get("source") or "")[:120],
        "executor": (said.get("executor") or "")[:200],
        "starts_on": _day(said.get("start")),
        "ends_on": _day(said.get("end")),
        "registered": said.get("registered"),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _arrived(item: SentList) -> date:
    return timezone.localdate(item.received_at)


def _waiting_for(told: dict[str, Any]) -> Work | None:
    """The one work without a list that this roster can only be of: same village, activity and first day."""
    same = Work.objects.filter(
        list_number=None,
        village_id=told["village_id"],
        activity__iexact=told["activity"],
        starts_on=told["starts_on"],
    )
    found = list(same.exclude(state__in=(State.CLOSED, State.CANCELLED))[:2])
    return found[0] if len(found) == 1 else None


def _rows(item: SentList) -> pl.DataFrame:
    """The workers of a roster in _ROW with their `person_id`, those included whose row waits; not those refused."""
    rows = rows_with_reasons(item).filter(
        (pl.col("state") == "data") & (pl.col("reason").is_null() | (pl.col("reason") != "refused"))
    )
    known = rows.collect_schema()
    named = rows.with_columns(task=pl.coalesce("position", "occupation")).select(
        pl.col(name).cast(kind) if name == "task" or name in known else pl.lit(None, dtype=kind).alias(name)
        for name, kind in _ROW.items()
    )
    stands = Appearance.objects.filter(sent_list=item).values_list("line", "person_id")
    people = pl.DataFrame(list(stands), schema={"line": pl.Int32(), "person_id": pl.Int64()}, orient="row")
    return named.collect().join(people.unique("line"), on="line", how="left", maintain_order="left")


def _add(work: Work, rows: pl.DataFrame, *, named_on: date | None) -> None:
    bulk.insert(
        RosterLine,
        rows.with_columns(
            pl.lit(work.pk, dtype=pl.Int64).alias("work_id"),
            pl.lit(named_on, dtype=pl.Date).alias("named_on"),
            pl.lit("").alias("ended_because"),
        ),
    )


def _renew(work: Work, rows: pl.DataFrame, on: date) -> None:
    """The roster as the new list has it: who was there already keeps what is written of them, who is new was named on
    `on`, who is missing left on `on`."""
    held = pl.DataFrame(
        list(work.roster.filter(ended_on=None).values_list("pk", "person_id", "nik", "name")),
        schema={"held": pl.Int64(), "person_id": pl.Int64(), "nik": pl.String(), "name": pl.String()},
        orient="row",
    )
    rest, kept = rows, []
    for key in ("person_id", "nik", "name"):
        same = rest.drop_nulls(key).join(held.drop_nulls(key).select("held", key).unique(key), on=key).unique("held")
        kept.append(same.select("held", "line", "person_id"))
        held = held.join(same, on="held", how="anti")
        rest = rest.join(same, on="line", how="anti")
    for number, line, person in pl.concat(kept).iter_rows():
        RosterLine.objects.filter(pk=number).update(line=line, person_id=person)
    first = not work.roster.exists()
    _add(work, rest, named_on=None if first else on)
    RosterLine.objects.filter(pk__in=held["held"].to_list()).update(ended_on=on, ended_because=NO_LONGER_LISTED)


def tell_builders(event: MeasuringBegan) -> None:
    """Who is on the roster of a work that runs on the day, and whether the work is registered, as far as is known."""
    follow_merges()
    day = event.as_of.isoformat()
    event.rosters.append(
        bulk.read(
            "SELECT w.village_id, r.person_id, w.registered FROM construction_rosterline r"
            " JOIN construction_work w ON w.id = r.work_id"
            " LEFT JOIN construction_transition t ON t.work_id = w.id AND t.after = 'closed'"
            " WHERE w.village_id IS NOT NULL AND r.person_id IS NOT NULL AND w.state <> 'cancelled'"
            " AND w.starts_on <= %s AND COALESCE(w.ends_now, w.ends_on) >= %s"
            ' AND (t.id IS NULL OR t."on" >= %s)'
            " AND COALESCE(r.starts_on, w.starts_on) <= %s AND (r.ended_on IS NULL OR r.ended_on >= %s)",
            {"village_code": pl.String(), "person_id": pl.Int64(), "registered": pl.Boolean()},
            (day,) * 5,
        )
    )


def follow_merges() -> None:
    """Lines stand with whom their row, or their person, stands with today: people are merged and parted."""
    moved = bulk.read(
        "SELECT r.id, a.person_id FROM construction_rosterline r JOIN construction_work w ON w.id = r.work_id"
        " JOIN lists_appearance a ON a.sent_list_id = w.list_number AND a.line = r.line"
        " WHERE r.person_id IS NULL OR r.person_id <> a.person_id"
        " UNION SELECT r.id, m.into_id FROM construction_rosterline r"
        " JOIN people_mergedperson m ON m.number = r.person_id WHERE r.line IS NULL",
        {"id": pl.Int64(), "person_id": pl.Int64()},
    )
    for number, person in moved.iter_rows():
        RosterLine.objects.filter(pk=number).update(person_id=person)
