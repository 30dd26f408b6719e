"""Is this person counted, and covered, on a day? Counted: alive, lives in the area, 15 to 64 years old. Covered: the
last month paid on some membership lies at most three months before the month of the day; paid up: the month that is due
has been paid. Source: public contract of this project; the three months are a reading, flagged as assumed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple

import polars as pl

from jangkau.core.kernel import Month, Unknown

STATES = ("paid_up", "grace", "lapsed", "never")
COVERED = STATES[:2]


class CoverageReading(NamedTuple):
    """What "covered" and "counted" mean from a month on. Months of grace, ages in completed years (both inclusive)."""

    valid_from: Month
    grace_months: int
    youngest: int
    oldest: int
    status: str


READINGS = (CoverageReading(Month(2014, 1), grace_months=3, youngest=15, oldest=64, status="assumed"),)


def reading_on(day: date) -> CoverageReading:
    """The reading in force on `day`; raises Unknown before the first.

    >>> reading_on(date(2026, 10, 31)).grace_months
    3
    """
    for reading in reversed(READINGS):
        if reading.valid_from <= Month.of(day):
            return reading
    raise Unknown(
        f"Belum ada pengertian “terlindungi” untuk {day:%Y-%m}. Pilih tanggal sejak {READINGS[0].valid_from}.",
        f"There is no reading of “covered” for {day:%Y-%m}. Choose a day from {READINGS[0].valid_from} on.",
    )


def member_states(memberships: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The best state of every person over all memberships: `person_id, state, since, until` with state one of paid_up,
    grace (covered, but the due month is open) and lapsed; `until` is the first day of the last month paid. Memberships
    that begin after the day are not there yet.

    `memberships` holds person_id i64, segment str, since date, paid_until date. Wage earners (pu) pay by the 15th of
    the following month, so the month due is the one before; others pay for the running month. Source: PP 44/2015,
    PP 46/2015.

    >>> m = pl.DataFrame({"person_id": [1, 2], "segment": ["pu", "bpu"], "since": [date(2020, 1, 1)] * 2,
    ...                   "paid_until": [date(2026, 9, 1), date(2026, 6, 1)]})
    >>> member_states(m, date(2026, 10, 31))["state"].to_list()
    ['paid_up', 'lapsed']
    """
    months_open = pl.lit(Month.of(as_of).ordinal) - _month_index("paid_until")
    due = pl.when(pl.col("segment") == "pu").then(1).otherwise(0)
    rank = (
        pl.when(months_open <= due)
        .then(0)
        .when(months_open <= reading_on(as_of).grace_months)
        .then(1)
        .otherwise(2)
        .cast(pl.Int8)
    )
    return (
        memberships.lazy()
        .filter(pl.col("person_id").is_not_null() & (pl.col("since") <= as_of).fill_null(True))
        .with_columns(rank=rank)
        .group_by("person_id")
        .agg(pl.col("rank").min(), pl.col("since").min(), until=pl.col("paid_until").max())
        .with_columns(state=pl.col("rank").replace_strict({0: STATES[0], 1: STATES[1], 2: STATES[2]}))
        .select("person_id", "state", "since", "until")
        .sort("person_id")
        .collect()
    )


def at_least(years: int, as_of: date) -> pl.Expr:
    """Has whoever was born on the column birth_date completed so many years on `as_of`? Null where that is unknown.

    >>> pl.DataFrame({"birth_date": [date(2011, 10, 31), date(2011, 11, 1)]}).select(
    ...     at_least(15, date(2026, 10, 31))).to_series().to_list()
    [True, False]
    """
    year = as_of.year - years
    day = min(as_of.day, monthrange(year, as_of.month)[1])  # 29 February
    return pl.col("birth_date") <= date(year, as_of.month, day)


def age_on(as_of: date) -> pl.Expr:
    """Completed years of the column birth_date on `as_of`; null where the birth date is unknown."""
    born = pl.col("birth_date")
    before_birthday = (born.dt.month() > as_of.month) | ((born.dt.month() == as_of.month) & (born.dt.day() > as_of.day))
    return pl.lit(as_of.year) - born.dt.year() - before_birthday.cast(pl.Int32)


def why_not_counted(as_of: date) -> pl.Expr:
    """The reason why a person is left out of the count (deceased, moved_out, outside, over_age, under_age), else null.
    Needs deceased, moved_out, placed_by, birth_date. Without a birth date a person is counted: lists name workers."""
    reading = reading_on(as_of)
    return (
        pl.when(pl.col("deceased"))
        .then(pl.lit("deceased"))
        .when(pl.col("moved_out"))
        .then(pl.lit("moved_out"))
        .when(pl.col("placed_by") == "outside")
        .then(pl.lit("outside"))
        .when(at_least(reading.oldest + 1, as_of))
        .then(pl.lit("over_age"))
        .when(~at_least(reading.youngest, as_of))
        .then(pl.lit("under_age"))
    )


def _month_index(column: str) -> pl.Expr:
    return pl.col(column).dt.year() * 12 + pl.col(column).dt.month().cast(pl.Int32) - 1
