"""The tables of a day as they may be handed out: coverage by place and segment, and the slices of the regency and,
where every district is large enough, of its districts. What is hidden is decided over all of them together, so that
none tells what another hides. Slices of villages, agents and states are left out: they are not published."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from jangkau.core.measures.disclosure import APART, COUNTS, THRESHOLD, KeptBack, protect
from jangkau.core.measures.occupations import SECTOR_OF
from jangkau.core.measures.slices import LISTED, PUBLISHED, UNKNOWN, UNPLACED

NAMED = "named"  # the people who are counted by name: slices add up to them, not to the estimate of the coverage table
FEWEST_IN_DISTRICT = 500  # assumed: where a district has fewer people, nearly all its slices would be hidden
_KEY = ("region_code", "level", "dimension", "value")
_OF = ("of_dimension", "of_value")


class PublicTables(NamedTuple):
    """The coverage table and the slices of a day for everybody, null where a count may tell of a person."""

    coverage: pl.DataFrame
    slices: pl.DataFrame


def public_tables(coverage: pl.DataFrame, slices: pl.DataFrame, *, threshold: int = THRESHOLD) -> PublicTables:
    """`coverage` (see `coverage_table`): `workers, covered, percent` null where a count may tell of a person, and
    `suppressed` (bool) instead of `allocated`, which says more than the counts do. `slices` (see `slices`) of the
    regency and large districts, with the same columns for the dimensions of PUBLISHED but the segment, which stands in
    the coverage table, and for lists; the row "named" is all people counted by name.

    >>> coverage = pl.DataFrame({"as_of": ["2026-10-31"], "region_code": ["32.02"], "level": ["regency"],
    ...     "segment": ["all"], "workers": [9], "covered": [3], "percent": [33.33], "allocated": [0]})
    >>> told = public_tables(coverage, pl.DataFrame({"region_code": ["32.02"] * 2, "level": ["regency"] * 2,
    ...     "dimension": ["sex"] * 2, "value": ["L", "P"], "workers": [5, 4], "covered": [3, 0]}))
    >>> told.coverage.select("workers", "covered", "suppressed").row(0)
    (9, None, True)
    """
    told = _as_published(coverage)
    sliced = _with_parents(slices)
    nothing = pl.lit(None, dtype=pl.String)
    every = pl.concat([told.select(*_KEY, "workers", "covered", **dict.fromkeys(_OF, nothing)), sliced])
    safe = protect(every, threshold=threshold, kept_back=_estimates(told, sliced))
    of_coverage = safe.head(told.height).select("workers", "covered", "percent", "suppressed")
    kept = [name for name in coverage.columns if name not in (*of_coverage.columns, "allocated")]
    whole = coverage.select(kept).hstack(of_coverage).select(*coverage.drop("allocated").columns, "suppressed")
    return PublicTables(whole, safe.slice(told.height).select(*_KEY, *COUNTS, "percent", "suppressed"))


def _as_published(coverage: pl.DataFrame) -> pl.DataFrame:
    apart = pl.col("segment").is_in(APART)
    return coverage.select(
        "region_code",
        "level",
        "workers",
        "covered",
        dimension=pl.when(apart).then(pl.col("segment")).otherwise(pl.lit("segment")),
        value=pl.col("segment"),
    )


def _with_parents(slices: pl.DataFrame) -> pl.DataFrame:
    """The slices that are published, what each adds up to, and a row for all people named in the region."""
    shown = [name for name in PUBLISHED if name != "segment"]
    of_districts = slices.filter(pl.col("level") == "district", pl.col("dimension") == "sex")
    placed = of_districts.filter(~pl.col("region_code").str.ends_with(UNPLACED)).group_by("region_code")
    sizes = placed.agg(pl.col("workers").sum())["workers"]
    large = sizes.len() > 0 and bool((sizes >= FEWEST_IN_DISTRICT).all())
    kept = slices.filter(
        pl.col("level").is_in(["regency", "district"] if large else ["regency"]),
        pl.col("dimension").is_in(shown) | pl.col("dimension").str.starts_with(LISTED),
    )
    of_trade = pl.col("dimension") == "trade"
    sector = pl.col("value").replace_strict(SECTOR_OF, default=UNKNOWN, return_dtype=pl.String)
    parts = kept.with_columns(
        of_dimension=pl.when(of_trade).then(pl.lit("sector")).otherwise(pl.lit(NAMED)),
        of_value=pl.when(of_trade).then(sector).otherwise(pl.lit(NAMED)),
    )
    one = parts.filter(pl.col("dimension") == "sex").group_by("region_code", "level").agg(
        pl.col("workers", "covered").sum()
    )  # fmt: skip
    apart = {"dimension": NAMED, "value": NAMED, "of_dimension": "", "of_value": ""}
    whole = one.sort("region_code").with_columns(**{name: pl.lit(text) for name, text in apart.items()})
    columns = (*_KEY, "workers", "covered", *_OF)
    return pl.concat([whole.select(columns), parts.select(columns)])


def _estimates(told: pl.DataFrame, sliced: pl.DataFrame) -> list[KeptBack]:
    """The people of the coverage table whom nobody named there: they join the two tables, and no table shows them."""
    named = {row["region_code"]: row for row in sliced.filter(pl.col("dimension") == NAMED).iter_rows(named=True)}
    found = []
    for row in told.filter(pl.col("dimension") == "all").iter_rows(named=True):
        part = named.get(row["region_code"])
        if part is None:
            continue
        workers, covered = row["workers"] - part["workers"], row["covered"] - part["covered"]
        if workers >= covered >= 0:  # else the estimate holds fewer than were named, and joins nothing
            code = row["region_code"]
            found.append(KeptBack((code, "all", "all"), (code, NAMED, NAMED), workers, covered))
    return found
