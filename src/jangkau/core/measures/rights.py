"""Who was covered on the day on which something happened to them? Compares deaths and accidents with the memberships
that ran on the day. Whether a death came by work, and who the heirs are, no list tells. PP 44/2015, PP 82/2019."""

from __future__ import annotations

import polars as pl

from jangkau.core.measures.coverage import reading_on

RIGHTS = ("person_id", "event_on", "segment", "first_covered_on", "paid_until", "monthly_income", "state")


def rights_on(events: pl.DataFrame, memberships: pl.DataFrame, programme: str = "jkm") -> pl.DataFrame:
    """One line for each event on whose day a membership ran, in the columns of RIGHTS, by person_id: the one paid
    longest (of equal ones the older), and `state`: paid_up, or grace where months were open (then the branch must say
    whether the right holds). Memberships without the programme (programmes stated, it not among them) give no right.

    `events`: person_id i64, event_on date. `memberships`: person_id i64, segment str, programmes str, since date,
    paid_until date, monthly_income i64. A month paid after the event counts as paid until then.

    >>> from datetime import date
    >>> deaths = pl.DataFrame({"person_id": [1, 2], "event_on": [date(2026, 5, 10)] * 2})
    >>> paid = {"segment": "bpu", "programmes": "jkk,jkm", "since": date(2024, 1, 1), "monthly_income": 1_500_000}
    >>> rows = [paid | {"person_id": 1, "paid_until": date(2026, 5, 1)},
    ...         paid | {"person_id": 2, "paid_until": date(2025, 5, 1)}]
    >>> rights_on(deaths, pl.DataFrame(rows)).select("person_id", "state").rows()
    [(1, 'paid_up')]
    """
    open_months = _ordinal("event_on") - _ordinal("paid_until")
    due = pl.when(pl.col("segment") == "pu").then(1).otherwise(0)
    grace = pl.col("event_on").map_elements(lambda day: reading_on(day).grace_months, return_dtype=pl.Int64)
    return (
        memberships.join(events.drop_nulls(), on="person_id", how="inner")
        .filter(
            pl.col("since") <= pl.col("event_on"),
            pl.col("paid_until").is_not_null(),
            open_months <= grace,
            pl.col("programmes").str.to_lowercase().str.contains(rf"\b{programme}\b").fill_null(True),
        )
        .with_columns(state=pl.when(open_months <= due).then(pl.lit("paid_up")).otherwise(pl.lit("grace")))
        .sort("person_id", pl.col("paid_until"), pl.col("since"), descending=[False, True, False])
        .unique("person_id", keep="first", maintain_order=True)
        .rename({"since": "first_covered_on"})
        .select(RIGHTS)
    )


def _ordinal(column: str) -> pl.Expr:
    return pl.col(column).dt.year() * 12 + pl.col(column).dt.month()
