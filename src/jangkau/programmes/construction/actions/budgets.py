"""The works that village budgets hold, and which of them became a project: late and missing ones come to light."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
from django.utils import timezone

from jangkau.core.linkage.budgets import match_budget
from jangkau.programmes.construction.models import BudgetLine, Work
from jangkau.programmes.construction.states import BEFORE_PAYMENT, State
from jangkau.registry.lists.events import ListPublished, ListTakenBack
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.lists.queries import measured_on
from jangkau.registry.lists.queries.outcomes import rows_with_reasons
from jangkau.registry.people.gateways import bulk

_LINE = {
    "line": pl.Int64(), "village_code": pl.String(), "activity": pl.String(), "value": pl.Int64(),
    "starts_on": pl.Date(),
}  # fmt: skip
_BEFORE = {"id": pl.Int64(), "work_id": pl.Int64(), "likeness": pl.Float64(), "finding": pl.String()}
_WORK = {"work": pl.Int64(), **{name: kind for name, kind in _LINE.items() if name != "line"}, "state": pl.String(),
         "registered": pl.Boolean(), "first_on": pl.Date()}  # fmt: skip
Finding = BudgetLine.Finding


def fill_budget(event: ListPublished) -> None:
    """The lines of a published budget list. Doing it twice changes nothing."""
    if event.kind != Kind.VILLAGE_BUDGET or BudgetLine.objects.filter(list_number=event.number).exists():
        return
    item = SentList.objects.get(pk=event.number)
    rows = rows_with_reasons(item).filter((pl.col("state") == "data") & pl.col("activity").is_not_null())
    bulk.insert(
        BudgetLine,
        rows.select(
            "line", "fund", "value", pl.lit(item.pk, dtype=pl.Int64).alias("list_number"),
            village_id="village_code", activity=pl.col("activity").str.slice(0, 300), starts_on="since",
            ends_on="until", finding=pl.lit(Finding.UPCOMING.value),
        ).collect(),
    )  # fmt: skip
    match_lines(None, measured_on() or timezone.localdate())


def drop_budget(event: ListTakenBack) -> None:
    """The lines of a budget list that is taken back go."""
    if event.kind == Kind.VILLAGE_BUDGET:
        BudgetLine.objects.filter(list_number=event.number).delete()


def match_lines(villages: Sequence[str] | None, as_of: date) -> None:
    """Says of every budget line of these villages (None: of all) which work it became and what is lacking on a day."""
    chosen = "" if villages is None else f" WHERE village_id IN ({', '.join('%s' for _ in villages)})"
    given = list(villages or ())
    lines = bulk.read(
        "SELECT id, village_id, activity, value, starts_on, id, work_id, likeness, finding"
        f" FROM construction_budgetline{chosen} ORDER BY id",
        _LINE | _BEFORE, given,
    )  # fmt: skip
    if lines.is_empty():
        return
    works = bulk.read(
        "SELECT id, village_id, activity, COALESCE(value_now, value), starts_on, state, registered, starts_on"
        f" FROM construction_work{chosen} ORDER BY id",
        _WORK, given,
    ).filter(pl.col("state") != State.CANCELLED)  # fmt: skip
    matched = (
        lines.select(*_LINE)
        .join(match_budget(lines.select(*_LINE), works), on="line", how="left", maintain_order="left")
        .join(works.select("work", "state", "registered", "first_on"), on="work", how="left", maintain_order="left")
    )
    begun = pl.coalesce("first_on", "starts_on") <= pl.lit(as_of)
    proven = ~pl.col("state").is_in(BEFORE_PAYMENT) | pl.col("registered").fill_null(False)
    told = matched.with_columns(
        finding=pl.when(pl.col("work").is_null())
        .then(pl.when(begun.fill_null(True)).then(pl.lit(Finding.MISSING)).otherwise(pl.lit(Finding.UPCOMING)))
        .when(proven).then(pl.lit(Finding.REGISTERED))
        .when(begun.fill_null(False)).then(pl.lit(Finding.UNREGISTERED))
        .otherwise(pl.lit(Finding.WAITING))
    )  # fmt: skip
    said = told.select(pl.col("line").alias("id"), pl.col("work").alias("work_id"), "likeness", "finding")
    differ = pl.any_horizontal(~pl.col(name).eq_missing(lines[name]) for name in said.columns)
    bulk.update(BudgetLine, said.filter(differ))


def match_of(work: Work, as_of: date) -> None:
    """The same for the village of a work that was written down or changed."""
    if work.village_id:
        match_lines([work.village_id], as_of)
