"""Counts what pages tell of works: contribution due, deadlines, days without cover. Written beside the work, so that a
list of thousands of works, its sums and its map cost no more than reading them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
import polars as pl
from django.db import connection, transaction

from jangkau.core.kernel import JangkauError
from jangkau.core.measures.protection import days_before_cover, worker_gaps
from jangkau.core.rules import evaluate, evaluate_columns
from jangkau.programmes.construction.actions.budgets import match_lines
from jangkau.programmes.construction.models import Transition, Work
from jangkau.programmes.construction.states import BEFORE_PAYMENT, State
from jangkau.registry.access.actions import record
from jangkau.registry.lists.events import MeasuresRefreshed
from jangkau.registry.people.gateways import bulk

_WORK = {
    "work": pl.Int64(), "state": pl.String(), "value": pl.Int64(), "vat_included": pl.Boolean(),
    "by_wages": pl.Boolean(), "ordered_on": pl.Date(), "starts_on": pl.Date(), "ends_on": pl.Date(),
    "registered": pl.Boolean(), "registered_on": pl.Date(), "paid_on": pl.Date(), "paid": pl.Int64(),
}  # fmt: skip
_LINE = {
    "work": pl.Int64(), "id": pl.Int64(), "person_id": pl.Int64(), "daily_wage": pl.Int64(), "days": pl.Int32(),
    "starts_on": pl.Date(), "named_on": pl.Date(), "reported_on": pl.Date(), "ended_on": pl.Date(),
    "end_reported_on": pl.Date(),
}  # fmt: skip
COUNTED = (
    "value_now", "ends_now", "workers", "wages", "due", "register_by", "days_before_cover", "worker_days_lost",
    "workers_open", "workers_late", "days_late", "underpaid", "changes_waiting", "tell_by", "has_gap",
)  # fmt: skip


def assess_all(event: MeasuresRefreshed) -> None:
    """Counts every work anew for the day everybody was counted for; what was paid and has begun, runs."""
    begun = list(
        Work.objects.filter(state=State.PAID, starts_on__lte=event.as_of).values_list("pk", "starts_on").order_by("pk")
    )
    if begun:
        Transition.objects.bulk_create(
            Transition(work_id=number, before=State.PAID, after=State.RUNNING, on=on) for number, on in begun
        )
        Work.objects.filter(pk__in=[number for number, _ in begun]).update(state=State.RUNNING)
        record(by=None, action="works_began", subject="works", works=len(begun))
    assess(None, event.as_of)
    match_lines(None, event.as_of)


@transaction.atomic
def assess(numbers: Sequence[int] | None, as_of: date) -> None:
    """Counts the works with these numbers, or all of them, for a day."""
    works = _with_addenda(_read("construction_work", "id AS work", _WORK, "id", numbers), numbers)
    if works.is_empty():
        return
    lines = lines_with_gaps(
        _read("construction_rosterline", "work_id AS work", _LINE, "work_id", numbers), works, as_of
    )
    counted = works.join(_by_work(lines), on="work", how="left", maintain_order="left").with_columns(
        pl.col("workers", "worker_days_lost", "workers_open", "workers_late", "changes_waiting").fill_null(0),
        register_by=_deadline(works, pl.coalesce("ordered_on", "starts_on"), register_by),
        days_before_cover=days_before_cover(with_cover(works), as_of),
    )
    counted = counted.with_columns(due=_due(counted))
    cancelled = pl.col("state") == State.CANCELLED
    registered = pl.coalesce("registered_on", pl.lit(as_of))
    unproven = pl.col("state").is_in(BEFORE_PAYMENT) & ~pl.col("registered").fill_null(False)
    late = pl.when(pl.col("registered_on").is_not_null() | unproven).then(
        (registered - pl.col("register_by")).dt.total_days().clip(lower_bound=0)
    )
    counted = counted.with_columns(
        value_now=pl.col("value"), ends_now=pl.col("ends_on"), days_late=late.fill_null(0),
        underpaid=pl.when(pl.col("paid").is_not_null()).then((pl.col("due") - pl.col("paid")).clip(lower_bound=0))
        .fill_null(0),
    ).with_columns(
        pl.when(cancelled).then(0).otherwise(pl.col(name)).alias(name)
        for name in ("days_before_cover", "worker_days_lost", "workers_open", "workers_late", "days_late", "underpaid")
    )  # fmt: skip
    counted = counted.with_columns(
        has_gap=pl.any_horizontal(pl.col("worker_days_lost", "workers_open", "days_before_cover", "underpaid") > 0)
    )
    _write(counted, as_of)


def with_cover(works: pl.DataFrame) -> pl.DataFrame:
    """`works` with `cover_from`: the day of payment or of registration, the later one. A list that says registered
    without a day is taken at its word: from the first day."""
    known = pl.max_horizontal("registered_on", "paid_on")
    cover = pl.when(pl.col("registered_on").is_not_null() & pl.col("paid_on").is_not_null()).then(known)
    said = pl.col("registered").fill_null(False) & pl.col("registered_on").is_null() & pl.col("paid_on").is_null()
    return works.with_columns(cover_from=pl.when(said).then("starts_on").otherwise(cover))


def lines_with_gaps(lines: pl.DataFrame, works: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Roster lines with what core.measures.protection says of them."""
    facts = with_cover(works).select(
        "work", "cover_from", "registered_on", work_starts="starts_on", work_ends="ends_on"
    )
    joined = lines.join(facts, on="work", how="left", maintain_order="left").with_columns(
        first_on=pl.coalesce("starts_on", "work_starts"), last_on=pl.min_horizontal("ended_on", "work_ends")
    )
    came_later = pl.col("registered_on").is_not_null() & (
        pl.col("reported_on").is_null() | (pl.col("reported_on") > pl.col("registered_on"))
    )
    deadline = _deadline(joined, pl.when(came_later).then("first_on"), report_by)
    told = worker_gaps(joined.with_columns(report_by=deadline), as_of)
    told = told.with_columns(changes_to_tell())
    changed = pl.when(pl.col("waits")).then(pl.coalesce("ended_on", "first_on"))
    return told.with_columns(tell_by=_deadline(told, changed, report_by))


def changes_to_tell() -> pl.Expr:
    """`waits`: did somebody come or leave after the work was registered, and the branch was not told yet?"""
    came = pl.col("reported_on").is_null() & pl.col("ended_on").is_null()
    left = pl.col("reported_on").is_not_null() & pl.col("ended_on").is_not_null() & pl.col("end_reported_on").is_null()
    return (pl.col("registered_on").is_not_null() & (came | left)).alias("waits")


def register_by(day: date) -> date | None:
    """The last day to register a work ordered on a day; None where the law of the day or its holidays are unknown."""
    return _asked("jakon_deadlines", "ordered_on", day.isoformat(), "register_by")


def report_by(day: date) -> date | None:
    """The last day to tell the branch of a worker who came or left on a day."""
    return _asked("jakon_change_deadline", "changed_on", day.isoformat(), "report_by")


@lru_cache(maxsize=4_000)
def _asked(rule: str, name: str, day: str, output: str) -> date | None:
    try:
        found = evaluate(rule, {name: day}).values[output]
    except JangkauError:
        return None
    assert isinstance(found, date)
    return found


def _deadline(frame: pl.DataFrame, days: pl.Expr, rule: Callable[[date], date | None]) -> pl.Series:
    asked = frame.select(days.alias("day")).to_series()
    known = asked.drop_nulls().unique()
    found = pl.Series([rule(day) for day in known], dtype=pl.Date)
    return asked.replace_strict(known, found, default=None, return_dtype=pl.Date) if len(known) else asked


def _read(
    table: str, key: str, schema: dict[str, pl.DataType], column: str, numbers: Sequence[int] | None
) -> pl.DataFrame:
    chosen = "" if numbers is None else f" WHERE {column} IN ({', '.join('%s' for _ in numbers)})"
    names = ", ".join([key, *list(schema)[1:]])
    return bulk.read(f"SELECT {names} FROM {table}{chosen} ORDER BY id", schema, list(numbers or ()))


def _with_addenda(works: pl.DataFrame, numbers: Sequence[int] | None) -> pl.DataFrame:
    schema = {"work": pl.Int64(), "new_value": pl.Int64(), "new_end": pl.Date()}
    chosen = "" if numbers is None else f" WHERE work_id IN ({', '.join('%s' for _ in numbers)})"
    said = bulk.read(
        f"SELECT work_id, value, ends_on FROM construction_addendum{chosen} ORDER BY id", schema, list(numbers or ())
    )
    last = said.group_by("work").agg(pl.col("new_value", "new_end").drop_nulls().last())
    return (
        works.join(last, on="work", how="left", maintain_order="left")
        .with_columns(value=pl.coalesce("new_value", "value"), ends_on=pl.coalesce("new_end", "ends_on"))
        .drop("new_value", "new_end")
    )


def _by_work(lines: pl.DataFrame) -> pl.DataFrame:
    here, known = pl.col("ended_on").is_null(), pl.col("person_id").is_not_null()
    pay = pl.col("daily_wage") * pl.col("days")
    return lines.group_by("work").agg(
        workers=pl.col("person_id").filter(here & known).n_unique() + (here & ~known).sum(),
        wages=pl.when(pay.is_not_null().any()).then(pay.sum()),
        worker_days_lost=pl.col("days_lost").sum(),
        workers_open=pl.col("is_open").sum(),
        workers_late=pl.col("is_late").sum(),
        changes_waiting=pl.col("waits").sum(),
        tell_by=pl.col("tell_by").filter("waits").min(),
    )


def _due(works: pl.DataFrame) -> pl.Series:
    """The contribution of each work in whole rupiah by core.rules; null where value, wages or the month are unknown."""
    due: dict[int, int] = {}
    asked = works.drop_nulls("starts_on").with_columns(month=pl.col("starts_on").dt.strftime("%Y-%m"))
    by_wages = asked.filter(pl.col("by_wages")).drop_nulls("wages")
    by_value = asked.filter(~pl.col("by_wages")).drop_nulls("value")
    for (month, vat), own in by_value.group_by("month", "vat_included"):
        given = {"contract_value": own["value"].to_numpy(), "vat_included": vat, "month": month}
        due |= _total(own, given)
    for (month,), own in by_wages.group_by("month"):
        due |= _total(own, {"wage": own["wages"].to_numpy(), "month": month})
    return works["work"].replace_strict(due, default=None, return_dtype=pl.Int64)


def _total(own: pl.DataFrame, given: dict[str, object]) -> dict[int, int]:
    try:
        total = evaluate_columns("jakon_contribution", given)["total"]
    except JangkauError:  # a month before the law: nothing is known
        return {}
    return dict(zip(own["work"].to_list(), np.broadcast_to(np.asarray(total), own.height).tolist(), strict=True))


def _write(counted: pl.DataFrame, as_of: date) -> None:
    rows = counted.select(*COUNTED, pl.lit(as_of).alias("assessed_on"), "work").rows()
    changes = ", ".join(f"{name} = %s" for name in (*COUNTED, "assessed_on"))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE construction_work SET {changes} WHERE id = %s", rows)
