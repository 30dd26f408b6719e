"""What every agent's members paid, month by month: each month from enrolment to the last month paid counts as paid
(branches tell only the last), with the contribution that core.rules asks of the member's income in that month."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

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
    dated = rows.drop_nulls("registered_on")
    if dated.is_empty():
        return pl.DataFrame(schema=_MONTH_SCHEMA)
    agents, agent = np.unique(dated["agent_id"].to_numpy(), return_inverse=True)
    start = _ordinals(dated["registered_on"])
    until = np.minimum(_ordinals(dated["paid_until"]), now)
    kinds = dated.select(
        income=pl.col("income").fill_null(0),
        jht=pl.col("has").fill_null("").str.to_uppercase().str.contains("JHT"),
        transport=(trade_of(pl.col("trade")) == "driver").fill_null(False),
    )
    distinct = kinds.unique(maintain_order=True).with_row_index("kind")
    kind = kinds.join(distinct, on=["income", "jht", "transport"], how="left", maintain_order="left")["kind"].to_numpy()
    frames = []
    amounts_of: dict[int, np.ndarray | None] = {}  # the law changes in few months
    changes = _changes_of_the_law()
    for month in range(int(start.min()), now + 1):
        pays = (start <= month) & (month <= until)
        fresh = np.bincount(agent[start == month], minlength=len(agents))
        payers = np.bincount(agent[pays], minlength=len(agents))
        version = bisect_right(changes, month)
        if version not in amounts_of:
            amounts_of[version] = _contributions(distinct, Month.from_ordinal(month))
        amounts = amounts_of[version]
        some = np.flatnonzero(fresh + payers)
        told = pl.DataFrame({
            "agent_id": agents[some], "recruits": fresh[some], "payers": payers[some],
        })  # fmt: skip
        paid = pl.Series(_sums(agent[pays], amounts[kind[pays]], len(agents))[some]) if amounts is not None else None
        frames.append(
            told.with_columns(
                month=pl.lit(Month.from_ordinal(month).first_day),
                contributions=pl.lit(None, dtype=pl.Int64) if paid is None else paid,
            )
        )
    return pl.concat(frames).select(pl.col(name).cast(dtype) for name, dtype in _MONTH_SCHEMA.items())


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


def _sums(agent: np.ndarray, amounts: np.ndarray, agents: int) -> np.ndarray:
    """Whole rupiah by agent; not with bincount, whose weights are floating-point numbers."""
    sums = np.zeros(agents, dtype=np.int64)
    np.add.at(sums, agent, amounts)
    return sums


def _ordinals(days: pl.Series) -> np.ndarray:
    """Months since year 0; a missing day lies before all."""
    return (days.dt.year().cast(pl.Int64) * 12 + days.dt.month() - 1).fill_null(-1).to_numpy()
