"""Events that outreach lists tell: kept when a list is published, taken back with it. A line that tells of an event
somebody planned (same place, kind, firm and day) holds that event instead of standing beside it."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.conf import settings
from django.db import transaction

from jangkau.core.linkage.named_firms import match_named_firms
from jangkau.core.reading.activities import event_kinds
from jangkau.programmes.outreach.actions.measuring import measure_effect, tell_reached
from jangkau.programmes.outreach.actions.recognising import recognise_again
from jangkau.programmes.outreach.models import Event, EventChange
from jangkau.programmes.outreach.states import VILLAGE_CODE, State
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.events import ListPublished, ListTakenBack, MeasuresRefreshed
from jangkau.registry.lists.models import Kind as ListKind
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.queries import rows_and_problems
from jangkau.registry.people.gateways import bulk

NO_DAY = date(1900, 1, 1)  # a list told none
_KEY = ["place_id", "kind", "employer_name", "day"]
_PLACED = ["kind", "employer_name", "day", "title"]  # what else is the same of a line whose village nobody understood
_SLICE = 500


@transaction.atomic
def keep_log(told: ListPublished) -> None:
    """Writes the events of an outreach list that was published."""
    if told.kind != ListKind.OUTREACH:
        return
    _forget(told.number)
    events = _events_of(told.number)
    planned = _planned()
    found = _met(events, planned, _KEY)
    placed = pl.col("place_id").str.len_chars().fill_null(0) < VILLAGE_CODE  # an officer has said where it was
    left = planned.join(found, on="event_id", how="anti")
    again = _met(found.filter(placed & pl.col("event_id").is_null()).drop("event_id"), left, _PLACED)
    found = pl.concat([found.filter(~placed | pl.col("event_id").is_not_null()), again])
    bulk.insert(Event, found.filter(pl.col("event_id").is_null()).drop("event_id").sort("line"))
    _hold_planned(found.drop_nulls("event_id"), told.number)
    name_employers()
    tell_reached()


@transaction.atomic
def forget_log(told: ListTakenBack) -> None:
    """Takes back what an outreach list told."""
    if told.kind == ListKind.OUTREACH:
        _forget(told.number)
        tell_reached()


def follow_measures(told: MeasuresRefreshed) -> None:
    """After a measuring employers have other numbers, people may be known who were not, and the day is another."""
    name_employers()
    recognise_again()
    tell_reached(told.as_of)
    measure_effect(told.as_of)


def _events_of(number: int) -> pl.DataFrame:
    """The events of a list in the columns of the table."""
    rows, _ = rows_and_problems(Scope((settings.JANGKAU_AREA,)), SentList.objects.get(pk=number))
    rows = rows.with_row_index("line").filter(pl.col("state") == "data")
    named = pl.col("employer").fill_null("")
    otherwise = (
        pl.when(named != "").then(pl.lit("factory"))
        .when(pl.col("village_code").is_null()).then(pl.lit("district"))
        .otherwise(pl.lit("village"))
    )  # fmt: skip
    return rows.select(
        "line",
        kind=pl.coalesce(event_kinds(pl.col("activity")), otherwise),
        state=pl.lit(State.HELD.value),
        title=pl.coalesce("address", "activity", pl.lit("")).str.slice(0, 200),
        place_id=pl.coalesce("village_code", "district_code"),
        employer_name=named.str.slice(0, 200),
        held_on="since",
        day=pl.col("since").fill_null(NO_DAY),
        attendance="workers",
        cost="value",
        list_number=pl.lit(number),
        series=pl.lit(""), team=pl.lit(""), speaker=pl.lit(""), result=pl.lit(""),
    )  # fmt: skip


def _met(events: pl.DataFrame, planned: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """`events` with `event_id` of what somebody entered, where both say the same of `key`; one line to one event."""
    nth = pl.int_range(pl.len()).over(key).alias("nth")
    numbers = planned.with_columns(nth).select(*key, "nth", "event_id")
    return events.with_columns(nth).join(numbers, on=[*key, "nth"], how="left", maintain_order="left").drop("nth")


def _planned() -> pl.DataFrame:
    """Events that somebody entered and no list told of yet, in the columns that a line is matched by."""
    found = Event.objects.filter(entered_at__isnull=False, list_number=None).exclude(state=State.CANCELLED)
    schema = {
        "event_id": pl.Int64,
        "place_id": pl.String,
        "kind": pl.String,
        "employer_name": pl.String,
        "day": pl.Date,
        "title": pl.String,
    }
    return pl.DataFrame(list(found.order_by("pk").values_list("pk", *_KEY, "title")), schema=schema, orient="row")


def _hold_planned(found: pl.DataFrame, number: int) -> None:
    events = Event.objects.in_bulk(found["event_id"].to_list())
    changes = []
    for row in found.iter_rows(named=True):
        event = events[row["event_id"]]
        before = {
            "state": event.state, "attendance": event.attendance, "held": event.held_on is not None,
            "cost": event.cost,
        }  # fmt: skip
        event.list_number, event.line = number, row["line"]
        event.state, event.held_on = State.HELD, row["held_on"]
        event.attendance = row["attendance"] if event.attendance is None else event.attendance
        event.cost = row["cost"] if event.cost is None else event.cost
        changes.append(EventChange(event=event, state=State.HELD, list_number=number, before=before))
    fields = ["list_number", "line", "state", "held_on", "attendance", "cost"]
    Event.objects.bulk_update(events.values(), fields, batch_size=_SLICE)
    EventChange.objects.bulk_create(changes, batch_size=_SLICE)


def _forget(number: int) -> None:
    """The events of a list go; those that somebody planned or worked on stay, as they were before the list."""
    told = Event.objects.filter(list_number=number)
    for event in told.filter(entered_at__isnull=False):
        change = event.changes.filter(list_number=number).order_by("pk").last()
        if change is not None and change.before:
            event.state, event.attendance = change.before["state"], change.before["attendance"]
            event.held_on = event.held_on if change.before["held"] else None
            event.cost = change.before.get("cost", event.cost)
            EventChange.objects.create(event=event, state=event.state, list_number=number)
        event.list_number = event.line = None
        event.save()
    told._raw_delete("default")


def name_employers() -> None:
    """Finds the employer of every event again by name and district; the event then stands in its village."""
    events = bulk.read(
        "SELECT id, employer_name, place_id, employer_id FROM outreach_event WHERE employer_name <> ''",
        {"event_id": pl.Int64(), "employer": pl.String(), "place_id": pl.String(), "before": pl.Int64()},
    ).with_columns(district_code=pl.col("place_id").str.slice(0, 8))
    if events.is_empty():
        return
    firms = bulk.read(
        "SELECT id, name, district_id, village_id FROM people_employer WHERE name IS NOT NULL ORDER BY id",
        {"employer_id": pl.Int64(), "name": pl.String(), "district_code": pl.String(), "village_id": pl.String()},
    ).with_columns(district_code=pl.coalesce("district_code", pl.col("village_id").str.slice(0, 8)))
    found = events.with_columns(employer_id=match_named_firms(events, firms)).join(
        firms.select("employer_id", "village_id"), on="employer_id", how="left"
    )
    place = pl.coalesce("village_id", "place_id")
    changed = found.filter(~pl.col("employer_id").eq_missing(pl.col("before")) | ~place.eq_missing(pl.col("place_id")))
    Event.objects.bulk_update(
        [
            Event(pk=pk, employer_id=employer, place_id=at)
            for pk, employer, at in changed.select("event_id", "employer_id", place).iter_rows()
        ],
        ["employer_id", "place_id"],
        batch_size=_SLICE,
    )
