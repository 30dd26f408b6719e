"""How coverage developed, as far as the memberships at hand tell: a member counts in a month when it lies between the
start of the membership and three months after the last month paid. Gaps in between are not in the export, so the past
is a reading of today's list; without start months there is no history at all."""

from __future__ import annotations

import polars as pl

from jangkau.core.kernel import Month
from jangkau.core.measures.coverage import age_on, reading_on

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
    residents = placed.filter((pl.col("placed_by") != "outside") & ~pl.col("moved_out") & ~pl.col("deceased")).select(
        "person_id", "birth_date"
    )
    spans = usable.join(residents, on="person_id", how="inner").select("person_id", "birth_date", "since", "paid_until")
    return [_in_month(residents, spans, last.plus(-back)) for back in reversed(range(months))]


def _in_month(residents: pl.DataFrame, spans: pl.DataFrame, month: Month) -> tuple[Month, int, int]:
    reading = reading_on(month.last_day)
    of_age = age_on(month.last_day).is_between(reading.youngest, reading.oldest).fill_null(True)
    running = (pl.col("since") <= month.last_day) & (
        pl.col("paid_until") >= month.plus(-reading.grace_months).first_day
    )
    covered = spans.filter(of_age & running)["person_id"].n_unique()
    return month, residents.filter(of_age).height, covered
