"""Who is covered, cut by one property at a time: segment, sex, age, sector, occupation, size of the employer, wage,
agent, list. Counts people as the cube does (see `standing_of`); people of other properties than those on lists, and who
pays a contribution, are unknown. Sizes are those of BPS for firms; wages and sectors are bands of this project."""

from __future__ import annotations

import numpy as np
import polars as pl

from jangkau.core.measures.coverage import COVERED
from jangkau.core.measures.occupations import SECTOR_OF
from jangkau.core.measures.places import Placed, placed

DIMENSIONS = ("segment", "sex", "age_band", "sector", "trade", "employer_size", "wage_band", "payer", "agent")
PUBLISHED = DIMENSIONS[:-2]  # who pays tells who is covered; agents are people
LISTED = "list."  # begins the dimension of a kind of lists; its values are "on" and "off"
UNPLACED = ".00"  # ends the code of the people whose district is not known
UNKNOWN = "unknown"  # no list tells
EMPLOYER_SIZES = (("1-4", 4), ("5-19", 19), ("20-99", 99), ("100+", None))  # workers known by name
WAGE_BANDS = (("0-1", 1), ("1-2", 2), ("2-3", 3), ("3-5", 5), ("5+", None))  # million rupiah a month, lower bound in
MILLION = 1_000_000
LEVELS = {"regency": 5, "district": 8, "village": 13}
SLICE_SCHEMA = {
    "region_code": pl.String(),
    "level": pl.String(),
    "dimension": pl.String(),
    "value": pl.String(),
    "workers": pl.Int64(),
    "covered": pl.Int64(),
}


def employment_of(memberships: pl.DataFrame, incomes: pl.DataFrame) -> pl.DataFrame:
    """`person_id, employer_size, wage_band` of everybody of whom something is known. The size of an employer is the
    number of people with a membership there, the largest where somebody has several; the wage is the highest that a
    membership tells, else the income of `incomes`.

    `memberships` holds person_id i64, npp str, monthly_income i64 (rupiah); `incomes` person_id, monthly_income.

    >>> m = pl.DataFrame({"person_id": [1, 2], "npp": ["A", "A"], "monthly_income": [3_000_000, None]},
    ...                  schema_overrides={"monthly_income": pl.Int64})
    >>> employment_of(m, m.select("person_id", "monthly_income").clear()).sort("person_id").rows()
    [(1, '1-4', '3-5'), (2, '1-4', None)]
    """
    sizes = memberships.lazy().drop_nulls("npp").group_by("npp").agg(size=pl.col("person_id").n_unique().cast(pl.Int64))
    of_members = (
        memberships.lazy()
        .join(sizes, on="npp", how="left")
        .group_by("person_id")
        .agg(pl.col("size").max(), pl.col("monthly_income").max())
    )
    return (
        of_members.join(incomes.lazy(), on="person_id", how="full", suffix="_told", coalesce=True)
        .select(
            "person_id",
            employer_size=_band(pl.col("size"), [(name, most) for name, most in EMPLOYER_SIZES]),
            wage_band=_wage_band(_stated("monthly_income"), _stated("monthly_income_told")),
        )
        .filter(pl.any_horizontal(pl.col("employer_size", "wage_band").is_not_null()))
        .collect()
    )


def with_payers(standing: pl.DataFrame, funded: pl.Series) -> pl.DataFrame:
    """`standing` with the column payer: who pays the contributions of those who are covered. Wage earners: the
    "employer"; others in `funded` (person ids, i64): the "government"; all others pay themselves: "own".

    >>> who = pl.DataFrame({"person_id": [1, 2, 3], "segment": ["pu", "bpu", "bpu"], "state": ["grace"] * 3})
    >>> with_payers(who, pl.Series([1, 2]))["payer"].to_list()
    ['employer', 'government', 'own']
    """
    payer = (
        pl.when(~pl.col("state").is_in(COVERED))
        .then(None)
        .when(pl.col("segment") == "pu")
        .then(pl.lit("employer"))
        .when(pl.col("person_id").is_in(funded.implode()))
        .then(pl.lit("government"))
        .otherwise(pl.lit("own"))
    )
    return standing.with_columns(payer=payer)


def slices(standing: pl.DataFrame, on_lists: pl.DataFrame, area: str) -> pl.DataFrame:
    """`region_code, level, dimension, value, workers, covered` of the regency `area`, its districts and its villages,
    in people; what nobody counted has stands in no row. The values of a dimension add up to the people counted there,
    and regions to the region around; people whose district is not known stand under the district `area`.00.

    `standing` has the columns of `standing_of` and those of `employment_of`, `payer` and `agent`; `on_lists` has
    person_id, kind.

    >>> who = dict(person_id=1, village_code="32.02.01.2001", district_code="32.02.01", segment="bpu", sex="P",
    ...     age_band=None, trade="fisher", employer_size=None, wage_band=None, payer="own", agent=None, state="grace")
    >>> standing = pl.DataFrame([who | {"not_counted": None}])
    >>> told = slices(standing, pl.DataFrame({"person_id": [1], "kind": ["workers"]}), "32.02")
    >>> told.filter(level="district", dimension="list.workers").select("value", "workers", "covered").rows()
    [('on', 1, 1)]
    """
    counted = standing.filter(pl.col("not_counted").is_null())
    covered = counted["state"].is_in(COVERED).to_numpy()
    region = _regions(counted, area + UNPLACED)
    parts = {name: _tally(region, placed(counted[name]), covered) for name in DIMENSIONS if name != "sector"}
    sector = pl.col("value").replace_strict(SECTOR_OF, default=None, return_dtype=pl.String)
    parts["sector"] = parts["trade"].with_columns(value=sector)
    people = counted["person_id"].to_numpy()
    for (kind,), listed in on_lists.group_by("kind"):
        numbers = listed["person_id"].to_numpy()
        named = np.zeros(1 + max(people.max(initial=0), numbers.max()), dtype=np.int64)  # by number: few are missing
        named[numbers] = 1
        if (on := named[people]).any():
            parts[f"{LISTED}{kind}"] = _tally(region, Placed(pl.Series(["off", "on"]), on), covered)
    value = pl.col("value").fill_null(UNKNOWN)
    return _at_all_levels(pl.concat(part.with_columns(value, dimension=pl.lit(name)) for name, part in parts.items()))


def _regions(people: pl.DataFrame, unplaced: str) -> Placed:
    """The village of each, else the district, else `unplaced`."""
    village, district = placed(people["village_code"]), placed(people["district_code"])
    places = np.where(
        village.values.is_not_null().to_numpy()[village.places], village.places, len(village.values) + district.places
    )
    return Placed(pl.concat([village.values, district.values]).fill_null(unplaced), places)


def _tally(region: Placed, value: Placed, covered: np.ndarray) -> pl.DataFrame:
    """`region, value, workers, covered`: how many lines there are of each, and how many of them are covered."""
    width = len(value.values)
    kinds = region.places * width + value.places
    workers = np.bincount(kinds)
    found = np.flatnonzero(workers)
    return pl.DataFrame({
        "region": region.values.gather(found // width),
        "value": value.values.gather(found % width),
        "workers": workers[found],
        "covered": np.bincount(kinds[covered], minlength=len(workers))[found],
    })  # fmt: skip


def _at_all_levels(of_regions: pl.DataFrame) -> pl.DataFrame:
    frames = [
        of_regions.filter(pl.col("region").str.len_chars() >= width)
        .group_by("dimension", "value", region_code=pl.col("region").str.slice(0, width))
        .agg(pl.col("workers", "covered").sum())
        .with_columns(level=pl.lit(level))
        for level, width in LEVELS.items()
    ]
    return pl.concat(frames).select(*SLICE_SCHEMA).sort("region_code", "dimension", "value")


def _stated(column: str) -> pl.Expr:
    return pl.when(pl.col(column) > 0).then(pl.col(column))


def _wage_band(*told: pl.Expr) -> pl.Expr:
    millions = pl.coalesce(*told) // MILLION
    return _band(millions, [(name, None if below is None else below - 1) for name, below in WAGE_BANDS])


def _band(value: pl.Expr, bands: list[tuple[str, int | None]]) -> pl.Expr:
    """The first band whose largest value is not exceeded; null where the value is."""
    return pl.coalesce(
        pl.when(value.is_not_null() if most is None else value <= most).then(pl.lit(name)) for name, most in bands
    )
