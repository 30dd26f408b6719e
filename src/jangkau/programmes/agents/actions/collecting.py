"""What every agent's members paid, month by month: each month from enrolment to the last month paid counts as paid
(branches tell only the last), with the contribution that core.rules asks of the member's income in that month."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.kernel import Month
from jangkau.core.measures import trade_of
from jangkau.core.rules import NoRuleInForce, evaluate_columns, parameters, rules


def collected(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """`agent_id, month, recruits, payers, contributions` (rupiah; null where no rule is known for the month) of all
    agents in `rows`, months with nothing left out; nothing after the month of `as_of`. An income that is not known
    counts as the lowest tier."""
    now = Month.of(as_of).ordinal
    dated = rows.drop_nulls("registered_on").filter(pl.col("registered_on") < Month.from_ordinal(now + 1).first_day)
    if dated.is_empty():
        return pl.DataFrame(schema=_MONTH_SCHEMA)
    agents, agent = np.unique(dated["agent_id"].to_numpy(), return_inverse=True)
    start = _ordinals(dated["registered_on"])
    end = np.minimum(_ordinals(dated["paid_until"]), now) + 1
    first = int(start.min())
    shape = (len(agents), now + 2 - first)
    fresh = _between(shape, agent, start - first, start - first + 1, 1)
    payers = _between(shape, agent, start - first, end - first, 1)
    paid, known = np.zeros(shape, dtype=np.int64), np.zeros(shape[1], dtype=bool)
    kinds, kind = _kinds(dated)
    changes = [first, *(month for month in _changes_of_the_law() if first < month <= now), now + 1]
    for since, until in pairwise(changes):  # the law changes in few months
        amounts = _contributions(kinds, Month.from_ordinal(since))
        if amounts is None:
            continue
        known[since - first : until - first] = True
        paid += _between(shape, agent, np.maximum(start, since) - first, np.minimum(end, until) - first, amounts[kind])
    which, month = np.nonzero(fresh + payers)  # by agent and month, as the table's index
    months = pl.Series([Month.from_ordinal(first + n).first_day for n in range(shape[1])])
    told = pl.DataFrame({
        "agent_id": agents[which], "month": months.gather(month), "recruits": fresh[which, month],
        "payers": payers[which, month], "contributions": paid[which, month],
    })  # fmt: skip
    told = told.with_columns(contributions=pl.when(pl.Series(known[month])).then("contributions"))
    return told.select(pl.col(name).cast(dtype) for name, dtype in _MONTH_SCHEMA.items())


def _between(shape: tuple[int, int], row: np.ndarray, since: np.ndarray, until: np.ndarray, amount: Any) -> np.ndarray:
    """A table with `amount` added to its row in every column from `since` up to but without `until`."""
    some = since < until
    each = np.broadcast_to(np.asarray(amount, dtype=np.int64), since.shape)[some]
    steps = np.zeros(shape, dtype=np.int64)  # whole numbers: not with bincount, whose weights are floating-point
    np.add.at(steps, (row[some], since[some]), each)
    np.subtract.at(steps, (row[some], until[some]), each)
    return steps.cumsum(axis=1)


def _kinds(rows: pl.DataFrame) -> tuple[pl.DataFrame, np.ndarray]:
    """The kinds of members (`income, jht, transport`) that the law tells apart, and which kind every row is."""
    kinds = rows.select(
        income=pl.col("income").fill_null(0),
        jht=pl.col("has").fill_null("").str.to_uppercase().str.contains("JHT"),
        transport=(trade_of(pl.col("trade")) == "driver").fill_null(False),
    )
    distinct = kinds.unique(maintain_order=True).with_row_index("kind")
    kind = kinds.join(distinct, on=["income", "jht", "transport"], how="left", maintain_order="left")["kind"]
    return distinct, kind.to_numpy()


_MONTH_SCHEMA: dict[str, pl.DataType] = {
    "agent_id": pl.Int64(), "month": pl.Date(), "recruits": pl.Int64(), "payers": pl.Int64(),
    "contributions": pl.Int64(),
}  # fmt: skip


def _changes_of_the_law() -> list[int]:
    """The months in which a parameter of the contribution changes; between them amounts stay the same. A change within
    a month holds from the next: the law of a month is that of its first day."""
    law = parameters()
    used = {
        name for form in rules()["bpu_contribution"].forms for q in form.quantities.values() for name in q.arguments
    }
    days = {
        day
        for name in used & set(law)
        for value in law[name].values
        for day in (value.since, value.until and value.until + timedelta(days=1))
        if day
    }
    return sorted({Month.of(day).plus(day.day > 1).ordinal for day in days})


def _contributions(kinds: pl.DataFrame, month: Month) -> np.ndarray | None:
    """The contribution of every kind of member in a month, or None where no rule is known."""
    amounts = np.zeros(kinds.height, dtype=np.int64)
    for jht in (False, True):
        chosen = np.flatnonzero(kinds["jht"].to_numpy() == jht)
        if not len(chosen):
            continue
        part = kinds[chosen]
        given = {
            "income": part["income"].to_numpy(), "month": str(month), "funding": "own", "jht": jht,
            "sector": np.where(part["transport"].to_numpy(), "transport", "other"),
        }  # fmt: skip
        try:
            amounts[chosen] = np.asarray(evaluate_columns("bpu_contribution", given)["total"], dtype=np.int64)
        except NoRuleInForce:
            return None
    return amounts


def _ordinals(days: pl.Series) -> np.ndarray:
    """Months since year 0; a missing day lies before all."""
    return (days.dt.year().cast(pl.Int64) * 12 + days.dt.month() - 1).fill_null(-1).to_numpy()
