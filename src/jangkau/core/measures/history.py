"""How coverage developed, as far as the memberships at hand tell: a member counts in a month when it lies between the
start of the membership and three months after the last month paid. Gaps in between are not in the export, so the past
is a reading of today's list; without start months there is no history at all."""

from __future__ import annotations

import polars as pl

from jangkau.core.kernel import Month
from jangkau.core.measures.coverage import reading_on

ENOUGH_STARTS = 0.9  # share of memberships that must state their start


def coverage_history(
    placed: pl.DataFrame, memberships: pl.DataFrame, last: Month, months: int
) -> list[tuple[Month, int, int]]:
    """`(month, workers, covered)` for the `months` months up to `last`, by the people counted at the end of each month;
    empty when too few memberships state when they began.

    `placed` as for `standing_of`; `memberships` needs person_id, since, paid_until.
    """
    usable = memberships.filter(pl.col("paid_until").is_not_null())
    if usable.height == 0 or usable["since"].is_not_null().mean() < ENOUGH_STARTS:  # type: ignore[operator]  # not empty
        return []
    here = (pl.col("placed_by") != "outside") & ~pl.col("moved_out") & ~pl.col("deceased")
    residents = placed.filter(here).select("person_id", born=_day_number(pl.col("birth_date")))
    spans = usable.join(residents, on="person_id", how="inner").select("person_id", "born", "since", "paid_until")
    often = spans["person_id"].is_duplicated()
    days = residents["born"].drop_nulls().sort()
    undated = residents.height - len(days)
    return [
        _in_month(days, undated, spans.filter(~often), spans.filter(often), last.plus(-back))
        for back in reversed(range(months))
    ]


def _in_month(
    days: pl.Series, undated: int, once: pl.DataFrame, often: pl.DataFrame, month: Month
) -> tuple[Month, int, int]:
    """Workers are counted in the sorted `days` of birth (the `undated` always count); the covered among memberships of
    people with one (`once`) and with several (`often`)."""
    reading = reading_on(month.last_day)
    today = month.last_day.year * 10_000 + month.last_day.month * 100 + month.last_day.day
    oldest, youngest = today - 10_000 * (reading.oldest + 1), today - 10_000 * reading.youngest
    workers = undated + int(days.search_sorted(youngest, side="right")) - int(days.search_sorted(oldest, side="right"))
    running = (
        ((pl.col("born") > oldest) & (pl.col("born") <= youngest)).fill_null(True)
        & (pl.col("since") <= month.last_day)
        & (pl.col("paid_until") >= month.plus(-reading.grace_months).first_day)
    )
    covered = int(once.select(running.sum()).item()) + often.filter(running)["person_id"].n_unique()
    return month, workers, covered


def _day_number(day: pl.Expr) -> pl.Expr:
    """yyyymmdd: somebody has completed n years when the number of today is larger by n * 10,000 or more."""
    return day.dt.year() * 10_000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day().cast(pl.Int32)
