"""How many days did builders work without cover, and who works without it today? Cover of a work begins with its first
payment; a worker who comes later is covered from the first day when the branch is told within the time the law gives,
else not between the end of that time and the day it was told. Source: Permenaker 5/2021; Perdir 22/PERDIR.02/072022."""

from __future__ import annotations

from datetime import date

import polars as pl

_DAY = pl.duration(days=1)


def worker_gaps(lines: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """`lines` with `days_lost` (calendar days from the first day up to `as_of` without cover), `is_open` (at work on
    `as_of` without cover) and `is_late` (named after the first day). Columns asked for, dates or null: `first_on`;
    `last_on` (null: still at work); `cover_from` (null: the work has no cover); `named_on`; `report_by` (null: was
    on the roster that was registered) and `reported_on` (null: not yet).

    >>> day = lambda n: date(2026, 10, n)
    >>> names = ["first_on", "last_on", "cover_from", "named_on", "report_by", "reported_on"]
    >>> workers = [(day(1), None, day(5), None, None, None), (day(1), day(20), None, day(3), None, None)]
    >>> lines = pl.DataFrame(workers, schema=dict.fromkeys(names, pl.Date), orient="row")
    >>> worker_gaps(lines, day(31)).select("days_lost", "is_open", "is_late").rows()
    [(4, False, False), (20, False, True)]
    """
    today = pl.lit(as_of)
    last = pl.min_horizontal(pl.col("last_on").fill_null(as_of), today)
    uncovered = _days("first_on", pl.min_horizontal(last, pl.col("cover_from").fill_null(date.max) - _DAY))
    window = pl.col("report_by") + _DAY
    told = pl.col("reported_on").fill_null(date.max)
    unreported = _days(
        pl.max_horizontal("first_on", "cover_from", window), pl.min_horizontal(last, told - _DAY),
        when=pl.all_horizontal(pl.col("first_on", "cover_from", "report_by").is_not_null()),
    )  # fmt: skip
    at_work = (pl.col("first_on") <= today) & (pl.col("last_on").fill_null(date.max) >= today)
    bare = pl.col("cover_from").is_null() | (pl.col("cover_from") > today)
    past = (pl.col("report_by") < today).fill_null(False) & (told > today)
    return lines.with_columns(
        days_lost=(uncovered + unreported).cast(pl.Int32),
        is_open=(at_work & (bare | past)).fill_null(False),
        is_late=(pl.col("named_on") > pl.col("first_on")).fill_null(False),
    )


def days_before_cover(works: pl.DataFrame, as_of: date) -> pl.Series:
    """Calendar days on which each work ran before its cover began, up to `as_of`: `starts_on, ends_on, cover_from`.

    >>> works = pl.DataFrame({"starts_on": [date(2026, 9, 14)], "ends_on": [date(2026, 10, 6)], "cover_from": [None]},
    ...     schema=dict.fromkeys(["starts_on", "ends_on", "cover_from"], pl.Date))
    >>> days_before_cover(works, date(2026, 10, 31)).to_list()
    [23]
    """
    last = pl.min_horizontal(pl.col("ends_on").fill_null(as_of), pl.lit(as_of))
    until = pl.min_horizontal(last, pl.col("cover_from").fill_null(date.max) - _DAY)
    return works.select(_days("starts_on", until).alias("days_before_cover").cast(pl.Int32)).to_series()


def _days(first: str | pl.Expr, last: pl.Expr, when: pl.Expr | None = None) -> pl.Expr:
    """Days from `first` to `last`, both counted; 0 when there is none or a date is missing."""
    start = pl.col(first) if isinstance(first, str) else first
    count = ((last - start).dt.total_days() + 1).clip(lower_bound=0).fill_null(0)
    return count if when is None else pl.when(when).then(count).otherwise(0)
