"""What happened between two days? The covered of the later day are the covered of the earlier one and those who came,
less those who went; every person who makes the difference is counted once, under one reason. Stock and flow stay apart:
a list that names the same people again moves nobody. Source: labour accounting (stock, flow, reclassification)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jangkau.core.measures.coverage import COVERED

CAME = ("first", "reactivated", "counted_again", "moved_in")
WENT = ("lapsed", "deceased", "moved_out", "over_age", "under_age", "outside", "withdrawn", "moved_away")
CHANGES = ("before", *CAME, *WENT, "after")
COMPARED = ("person_id", "state", "not_counted", "district_code", "village_code", "segment")  # of a standing


def changes_between(before: pl.DataFrame, after: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """The covered by the columns `by` of a standing (see `standing_of`): one line for each of their values, with the
    covered `before` and `after` (people, i64) and the numbers between in the columns of CHANGES: before + CAME - WENT =
    after on every line.

    *first*: no membership was known before; *reactivated*: it had lapsed; *counted_again*: left out before (age, place,
    by mistake dead); *moved_in* and *moved_away*: covered on both days, under other values of `by`; *withdrawn*: the
    list that told the membership was taken back, or the person is on no list any more.

    >>> who = {"person_id": [1, 2], "segment": ["pu", "bpu"], "not_counted": [None, None]}
    >>> before = pl.DataFrame(who | {"state": ["paid_up", "never"]}, schema_overrides={"not_counted": pl.String})
    >>> after = pl.DataFrame(who | {"state": ["lapsed", "grace"]}, schema_overrides={"not_counted": pl.String})
    >>> changes_between(before, after).select("before", "first", "lapsed", "after").row(0)
    (1, 1, 1, 1)
    """
    return _counted(_paired(before, after, by), by)


def _paired(before: pl.DataFrame, after: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Everybody who was or is covered, with both days side by side and why they came or went: one line for all people
    (`people`) of whom the same is said."""
    needed = ["person_id", "state", "not_counted", *columns]
    paired = before.lazy().select(needed).join(after.lazy().select(needed), on="person_id", how="full", suffix="_after")
    was, now = _covered(""), _covered("_after")
    told = paired.filter(was | now).with_columns(was=was, now=now, why_came=_why_came(), why_went=_why_went())
    alike = told.drop("person_id", "state", "not_counted", "person_id_after", "state_after", "not_counted_after")
    return alike.group_by(pl.all()).agg(people=pl.len().cast(pl.Int64)).collect()


def _counted(paired: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    was, now = pl.col("was"), pl.col("now")
    elsewhere = pl.any_horizontal(pl.lit(False), *(pl.col(name).ne_missing(pl.col(f"{name}_after")) for name in by))
    told = paired.lazy().with_columns(
        came=pl.when(now & ~was).then("why_came").when(was & now & elsewhere).then(pl.lit("moved_in")),
        went=pl.when(was & ~now).then("why_went").when(was & now & elsewhere).then(pl.lit("moved_away")),
    )
    earlier = told.filter("was").select(*by, "people", change="went").with_columns(stock=pl.lit("before"))
    later = told.filter("now").select(*(pl.col(f"{name}_after").alias(name) for name in by), "people", change="came")
    lines = pl.concat([earlier, later.with_columns(stock=pl.lit("after"))]).collect()
    counts = [pl.col("people").filter(stock=name).sum().alias(name) for name in ("before", "after")]
    counts += [pl.col("people").filter(change=name).sum().alias(name) for name in (*CAME, *WENT)]
    table = lines.group_by(*by).agg(counts).sort(*by) if by else lines.select(counts)
    return table.select(*by, *CHANGES)


def changes_by_region(before: pl.DataFrame, after: pl.DataFrame, area: str) -> pl.DataFrame:
    """`region_code, segment` (all, pu, bpu) and the columns of CHANGES for the regency `area`, its districts and its
    villages. People whose village nobody stated stand in the lines of their district and of the regency alone.

    >>> who = {"person_id": [1], "district_code": ["32.02.01"], "village_code": [None], "segment": ["pu"]}
    >>> stood = who | {"state": ["never"], "not_counted": [None]}
    >>> before = pl.DataFrame(stood, schema_overrides={"not_counted": pl.String})
    >>> told = changes_by_region(before, before.with_columns(state=pl.lit("grace")), "32.02")
    >>> told.select("region_code", "segment", "first").rows()[1:3]
    [('32.02', 'pu', 1), ('32.02.01', 'all', 1)]
    """
    ever = pl.concat([day.filter(_covered("")).select("person_id") for day in (before, after)]).unique()
    was, now = (day.join(ever, on="person_id", how="semi") for day in (before, after))
    paired = _paired(was, now, ("district_code", "village_code", "segment"))
    tables = []
    for place in ("", "district_code", "village_code"):
        regions = {f"region_code{day}": pl.col(f"{place}{day}") if place else pl.lit(area) for day in ("", "_after")}
        placed = paired.with_columns(**regions)
        tables.append(_counted(placed, ("region_code",)).with_columns(segment=pl.lit("all")))
        tables.append(_counted(placed, ("region_code", "segment")))
    columns = ("region_code", "segment", *CHANGES)
    return pl.concat([table.select(columns) for table in tables]).drop_nulls().sort("region_code", "segment")


def _covered(day: str) -> pl.Expr:
    counted = pl.col(f"not_counted{day}").is_null()
    return (counted & pl.col(f"state{day}").is_in(COVERED)).fill_null(False)


def _why_came() -> pl.Expr:
    known = pl.col("state").fill_null("never")
    return (
        pl.when(pl.col("not_counted").is_not_null() & known.is_in(COVERED))
        .then(pl.lit("counted_again"))
        .when(known == "never")
        .then(pl.lit("first"))
        .otherwise(pl.lit("reactivated"))
    )


def _why_went() -> pl.Expr:
    why = pl.col("not_counted_after")
    return (
        pl.when(why.is_in(["deceased", "moved_out", "over_age", "under_age", "outside"]))
        .then(why)
        .when(pl.col("state_after") == "lapsed")
        .then(pl.lit("lapsed"))
        .otherwise(pl.lit("withdrawn"))
    )
