"""Do members who were enrolled stay? The share who still pay 1, 3, 6, 12 ... months after the month of enrolment, by
the product-limit method of Kaplan and Meier (1958), with Greenwood's variance and the interval of Rothman (1978): the
score interval at the effective number of people, which holds its limits at 0 and 1 and in small groups. Whoever still
pays is followed no further than the last month in which a stop would show; who died did not leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from jangkau.core.kernel import Month
from jangkau.core.measures.coverage import reading_on

HORIZON = 60  # months that a curve shows
MILESTONES = (1, 3, 6, 12, 24, 36, 60)
_Z = 1.959964  # 95 %
CURVE_SCHEMA: dict[str, pl.DataType] = {
    "month": pl.Int64(), "at_risk": pl.Int64(), "lapsed": pl.Int64(), "share": pl.Float64(), "low": pl.Float64(),
    "high": pl.Float64(),
}  # fmt: skip


def followed(recruits: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """`recruits` with `months` (how long each was followed, whole months after the month of enrolment) and `stopped`
    (True: had stopped paying in that month). Needs `registered_on, paid_until` (dates; the first day of the last month
    paid) and `died`. Left out: who is in no membership list, and who enrolled too lately to have stopped visibly.

    >>> frame = pl.DataFrame({"registered_on": [date(2026, 1, 9)] * 2, "died": [False, False],
    ...                       "paid_until": [date(2026, 3, 1), date(2026, 10, 1)]})
    >>> followed(frame, date(2026, 10, 31)).select("months", "stopped").rows()
    [(3, True), (6, False)]
    """
    seen = Month.of(as_of).ordinal - reading_on(as_of).grace_months  # until this month everybody's state is known
    start, last = _ordinal("registered_on"), _ordinal("paid_until")
    stays = last >= seen
    kept = recruits.drop_nulls(["registered_on", "paid_until"]).with_columns(
        months=pl.when(stays)
        .then(seen - start)
        .when("died")
        .then(pl.min_horizontal(last, seen) - start)
        .otherwise((last - start).clip(0) + 1)
        .cast(pl.Int64),
        stopped=~stays & ~pl.col("died"),
    )
    return kept.filter(pl.col("months") >= 0)


def survival(followed: pl.DataFrame, by: Sequence[str] = (), horizon: int = HORIZON) -> pl.DataFrame:
    """The curve of every group: the columns `by`, then CURVE_SCHEMA, one line for each month 0 to `horizon` up to which
    somebody was followed. `followed`: `months`, `stopped`, the columns `by`, and perhaps `n` people a line (else one).

    >>> curve = survival(pl.DataFrame({"months": [1, 2, 2, 5], "stopped": [True, False, True, False]}))
    >>> curve.select("month", "at_risk", pl.col("share").round(3)).rows()[:4]
    [(0, 4, 1.0), (1, 4, 0.75), (2, 3, 0.5), (3, 1, 0.5)]
    """
    people = pl.col("n") if "n" in followed.columns else pl.lit(1)
    counted = (
        followed.with_columns(_n=people, month=pl.col("months").clip(0, horizon + 1))
        .group_by(*by, "month")
        .agg(all=pl.col("_n").sum(), lapsed=pl.col("_n").filter("stopped").sum())
    )
    months = pl.DataFrame({"month": range(horizon + 2)}, schema={"month": pl.Int64})
    groups = counted.select(by).unique() if by else pl.DataFrame({"_": [0]})
    grid = groups.join(months, how="cross").join(counted, on=[*by, "month"], how="left").sort(*by, "month")
    whole: list[str | pl.Expr] = list(by) or [pl.lit(0)]
    n = pl.col("all").fill_null(0).cum_sum(reverse=True).over(whole).cast(pl.Int64)
    table = grid.with_columns(at_risk=n, lapsed=pl.col("lapsed").fill_null(0).cast(pl.Int64))
    table = table.filter((pl.col("at_risk") > 0) & (pl.col("month") <= horizon))
    left, d = pl.col("at_risk"), pl.col("lapsed")
    table = table.with_columns(
        share=(1 - d / left).cum_prod().over(whole), _g=(d / (left * (left - d))).cum_sum().over(whole)
    )
    share, spread = pl.col("share"), pl.col("_g")
    # Greenwood: variance = share^2 * spread; a binomial share of so many people has the same variance
    effective = pl.when((share > 0) & (share < 1)).then((1 - share) / (share * spread)).otherwise(left)
    table = table.with_columns(_m=effective)
    m = pl.col("_m")
    middle = (share + _Z**2 / (2 * m)) / (1 + _Z**2 / m)
    half = _Z / (1 + _Z**2 / m) * (share * (1 - share) / m + _Z**2 / (4 * m**2)).sqrt()
    table = table.with_columns(low=(middle - half).clip(0, 1), high=(middle + half).clip(0, 1))
    return table.select(*by, *(pl.col(name).cast(kind) for name, kind in CURVE_SCHEMA.items()))


def at_month(curve: pl.DataFrame, month: int) -> pl.DataFrame:
    """The line of every group at a month; groups in which nobody was followed so long have none.

    >>> at_month(survival(pl.DataFrame({"months": [1, 2], "stopped": [True, False]})), 2)["share"].item()
    0.5
    """
    return curve.filter(pl.col("month") == month)


def _ordinal(column: str) -> pl.Expr:
    return pl.col(column).dt.year().cast(pl.Int64) * 12 + pl.col(column).dt.month().cast(pl.Int64) - 1
