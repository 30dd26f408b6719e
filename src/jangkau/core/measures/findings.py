"""What do lists show of an employer that has not met a duty? Not registered (pwbd), part of the workers (pds_tk), of
the wages (pds_upah), of the programmes (pds_program), arrears. A finding is a reason to look, not a judgement: counts
of licences are rough, so a few workers more than registered say nothing. Source: kinds of non-compliance as the
branches name them; what the law asks comes from core.rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

FINDINGS = ("pwbd", "pds_tk", "pds_upah", "pds_program", "arrears")
MISSING_SHARE = 0.15  # assumed: of the workers found, more than this must be missing
WAGE_MARGIN = 0.10  # assumed: a mean holds part-timers and newcomers; it must lie this much below the minimum wage
BELOW_SHARE = 0.25  # assumed: of the members, so many are recorded clearly below the firm's own lowest wage
FEWEST_BELOW = 2  # assumed: one may be a slip
SCALES = {"MIKRO": "micro", "KECIL": "small", "MENENGAH": "medium", "BESAR": "large"}
_SMALL = ("micro", "small")  # may pay less than the minimum wage, but not less than a floor of their own (PP 36/2021)


class Duties(NamedTuple):
    """What the law asks on a day: the minimum wage (whole rupiah; None where none is known), the programmes of
    every scale (micro, small, medium, large), the floor of wages in micro and small firms (as the minimum wage)."""

    minimum_wage: int | None
    programmes: Mapping[str, tuple[str, ...]]
    small_firm_wage: int | None = None


def find(employers: pl.DataFrame, duties: Duties) -> pl.DataFrame:
    """`employers` (see core.linkage.EMPLOYER_SCHEMA) with `finding`: codes of FINDINGS joined by |, else registered,
    else empty where nobody was found to be working; and `affected`, the workers whom the findings touch.

    Wages: the mean that the branch knows lies clearly below the lowest that the firm reports, or below the minimum
    wage for firms that are bound by it, or below the floor of licensed micro and small firms (a school or a village
    office is none); or the branch records many members clearly below that lowest wage.

    >>> firm = {"nib": None, "in_branch": True, "workers_found": 10, "workers_registered": 4,
    ...         "monthly_income": 2_000_000, "lowest_wage": None, "paid_below": None, "programmes": "jkk,jkm",
    ...         "scale": "Usaha Kecil", "arrears_months": 0}
    >>> duties = Duties(3_831_926, {"small": ("jkk", "jkm", "jht")})
    >>> unknown = {"lowest_wage": pl.Int64, "paid_below": pl.Int64}
    >>> find(pl.DataFrame(firm, schema_overrides=unknown), duties)["finding"].item()
    'pds_tk|pds_program'
    """
    registered, found = pl.col("workers_registered"), pl.col("workers_found")
    unknown = ~pl.col("in_branch") & (registered == 0)
    told = {
        "pwbd": unknown & (found.fill_null(0) > 0),
        "pds_tk": ~unknown & (registered < found * (1 - MISSING_SHARE)).fill_null(False),
        "pds_upah": ~unknown & (_mean_too_low(duties) | _members_below()),
        "pds_program": ~unknown & _lacks_programmes(duties),
        "arrears": pl.col("arrears_months").fill_null(0) > 0,
    }
    codes = pl.concat_list(pl.when(said).then(pl.lit(code)) for code, said in told.items()).list.drop_nulls()
    return (
        employers.with_columns(_scale=_scale())
        .with_columns(
            finding=pl.when(codes.list.len() > 0)
            .then(codes.list.join("|"))
            .when(unknown)
            .then(pl.lit(""))
            .otherwise(pl.lit("registered"))
        )
        .drop("_scale")
        .with_columns(affected=_affected())
    )


def _members_below() -> pl.Expr:
    below = pl.col("paid_below")
    return ((below >= FEWEST_BELOW) & (below >= pl.col("workers_registered") * BELOW_SHARE)).fill_null(False)


def _mean_too_low(duties: Duties) -> pl.Expr:
    """The mean that the branch knows lies clearly below what the firm itself reports or what binds it."""
    minimum, floor = (pl.lit(wage, dtype=pl.Int64) for wage in (duties.minimum_wage, duties.small_firm_wage))
    small = pl.col("_scale").is_in(_SMALL)
    owed = pl.max_horizontal(
        "lowest_wage", pl.when(~small).then(minimum), pl.when(small & pl.col("nib").is_not_null()).then(floor)
    )
    mean = pl.col("monthly_income")
    return ((mean > 0) & (mean < owed * (1 - WAGE_MARGIN))).fill_null(False)


def _affected() -> pl.Expr:
    """The workers whom the findings touch: who is missing, else everybody who is registered."""
    found, registered = pl.col("workers_found").fill_null(0), pl.col("workers_registered").fill_null(0)
    finding = pl.col("finding")
    missing = pl.when(finding.str.contains("pwbd|pds_tk")).then((found - registered).clip(0)).otherwise(0)
    others = pl.when(finding.str.contains("pds_upah|pds_program|arrears")).then(registered).otherwise(0)
    return (missing + others).cast(pl.Int64)


def _scale() -> pl.Expr:
    written = pl.col("scale").str.to_uppercase()
    return pl.coalesce(pl.when(written.str.contains(word)).then(pl.lit(scale)) for word, scale in SCALES.items())


def _lacks_programmes(duties: Duties) -> pl.Expr:
    """A programme of the scale is not among those that the branch tells."""
    had = pl.col("programmes").str.to_lowercase().str.split(",")
    return pl.any_horizontal(
        pl.lit(False),
        *(
            ((pl.col("_scale") == scale) & ~had.list.contains(programme)).fill_null(False)
            for scale, programmes in duties.programmes.items()
            for programme in programmes
        ),
    )
