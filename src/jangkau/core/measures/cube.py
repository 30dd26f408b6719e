"""How many, where, of which kind: the small table that pages read instead of a million people, and the coverage table
made from it. People without a stated village are shared over the villages of their district in proportion to the
members of their segment that lists name there (the usual treatment of "not stated" in censuses); the number so placed
is told in `allocated`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from jangkau.core.kernel import RegionCode
from jangkau.core.measures.coverage import COVERED, at_least, member_states, why_not_counted
from jangkau.core.measures.occupations import trade_of
from jangkau.core.measures.places import placed

AGE_BANDS = (("15-24", 24), ("25-34", 34), ("35-44", 44), ("45-54", 54), ("55-64", 64))
CUBE_KEY = ("village_code", "district_code", "placed_by", "segment", "sex", "age_band", "trade", "state")
STANDING = (*CUBE_KEY, "not_counted", "native", "employed")
SEGMENTS = ("all", "pu", "bpu", "jakon")


def standing_of(
    placed: pl.DataFrame,
    memberships: pl.DataFrame,
    as_of: date,
    *,
    native_digits: str,
    states: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """How every person stands on the day: `person_id`, the columns of CUBE_KEY (state: paid_up, grace, lapsed, never),
    `not_counted` (the reason; null: counted), `native` (the NIK was issued here: starts with `native_digits`) and
    `employed` (some membership names an employer).

    `placed` is what `place_people` gives, with birth_date, sex, segment, occupation, deceased, moved_out; `states` what
    `member_states` tells of the memberships, where it was asked before.
    """
    states = member_states(memberships, as_of) if states is None else states
    # a regency names a million people and a few hundred occupations
    trades = placed.lazy().select("occupation").unique().with_columns(trade=trade_of(pl.col("occupation")))
    band = pl.coalesce([pl.when(~at_least(oldest + 1, as_of)).then(pl.lit(name)) for name, oldest in AGE_BANDS])
    return (
        placed.lazy()
        .join(states.lazy().select("person_id", "state"), on="person_id", how="left", maintain_order="left")
        .join(trades, on="occupation", how="left", maintain_order="left")
        .with_columns(
            state=pl.col("state").fill_null("never"),
            age_band=band,
            not_counted=why_not_counted(as_of),
            native=pl.col("nik").str.starts_with(native_digits).fill_null(True),
        )
        .select("person_id", *STANDING)
        .collect()
        .rechunk()
    )


def build_cube(standing: pl.DataFrame) -> pl.DataFrame:
    """Counts of people (`people`, i64) by everything that `standing_of` tells of them, sorted."""
    columns = {name: placed(standing[name]) for name in STANDING}
    key = np.zeros(standing.height, dtype=np.int64)
    for values, places in columns.values():  # the lowest number for the first in order
        key = key * len(values) + places
    counted = pl.DataFrame({"key": key}).group_by("key").agg(people=pl.len().cast(pl.Int64)).sort("key")
    told, rest = {"people": counted["people"]}, counted["key"].to_numpy()
    for name, (values, _) in reversed(columns.items()):
        rest, place = np.divmod(rest, max(1, len(values)))
        told[name] = values.gather(place)
    return pl.DataFrame({name: told[name] for name in (*STANDING, "people")})


def coverage_table(
    cube: pl.DataFrame, villages: Sequence[str], area: RegionCode, as_of: date, jakon: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The public coverage table: `as_of, region_code, level, segment, workers, covered, percent, allocated` for the
    regency, every district and every village of `villages` (codes), by segment all, pu, bpu and jakon; sorted.
    `percent` (0-100, two decimals, half up) is null where nobody is counted: not measurable, never 0.

    `jakon` holds `village_code, workers, covered`: people on village works that run on the day, reported apart.
    """
    counted = cube.filter(pl.col("not_counted").is_null()).with_columns(
        covered=pl.when(pl.col("state").is_in(COVERED)).then(pl.col("people")).otherwise(0)
    )
    named = counted.filter(pl.col("village_code").is_not_null())
    by_village = _allocate(named, counted, cube, villages)
    if jakon is not None:
        by_village = pl.concat(
            [
                by_village,
                jakon.select("village_code", "workers", "covered", segment=pl.lit("jakon"), allocated=pl.lit(0)),
            ],
            how="diagonal_relaxed",
        )
    every = by_village.filter(pl.col("segment") != "jakon").with_columns(segment=pl.lit("all"))
    long = pl.concat([by_village, every], how="diagonal_relaxed")
    frames = [
        _at_level(long, level, width, codes)
        for level, width, codes in (
            ("regency", 5, [str(area)]),
            ("district", 8, sorted({code[:8] for code in villages})),
            ("village", 13, sorted(villages)),
        )
    ]
    return pl.concat(frames).select(
        pl.lit(as_of).alias("as_of"),
        "region_code",
        "level",
        "segment",
        "workers",
        "covered",
        percent=pl.when(pl.col("workers") > 0).then(
            (((pl.col("covered") * 10000 * 2 + pl.col("workers")) // (pl.col("workers") * 2)) / 100).round(2)
        ),
        allocated="allocated",
    )


def _at_level(long: pl.DataFrame, level: str, width: int, codes: list[str]) -> pl.DataFrame:
    sums = (
        long.with_columns(region_code=pl.col("village_code").str.slice(0, width))
        .group_by("region_code", "segment")
        .agg(pl.col("workers", "covered", "allocated").sum().cast(pl.Int64))
    )
    order = pl.DataFrame({"segment": SEGMENTS, "_order": range(len(SEGMENTS))})
    frame = pl.DataFrame({"region_code": codes}, schema={"region_code": pl.String}).join(order, how="cross")
    return (
        frame.join(sums, on=["region_code", "segment"], how="left")
        .with_columns(pl.col("workers", "covered", "allocated").fill_null(0), level=pl.lit(level))
        .sort("region_code", "_order")
        .drop("_order")
    )


def _allocate(named: pl.DataFrame, counted: pl.DataFrame, cube: pl.DataFrame, villages: Sequence[str]) -> pl.DataFrame:
    """Named people by village and segment, plus the share of the people whose village nobody stated."""
    base = named.group_by("village_code", "segment").agg(
        workers=pl.col("people").sum(), covered=pl.col("covered").sum()
    )
    member = pl.col("people").filter(pl.col("state") != "never").sum()
    weights = (
        pl.DataFrame({"village_code": sorted(villages)}, schema={"village_code": pl.String})
        .join(pl.DataFrame({"segment": ["bpu", "pu"]}), how="cross")
        .join(named.group_by("village_code", "segment").agg(members=member), on=["village_code", "segment"], how="left")
        .join(named.group_by("village_code").agg(pl.col("people").sum()), on="village_code", how="left")
        .with_columns(pl.col("members", "people").fill_null(0), district_code=pl.col("village_code").str.slice(0, 8))
    )
    unplaced = _unplaced(named, counted, cube)
    by_district = _share_out(unplaced.filter(pl.col("district_code").is_null()), weights, [], "district_code")
    unplaced = pl.concat([unplaced.drop_nulls("district_code"), by_district], how="diagonal_relaxed")
    unplaced = unplaced.group_by("district_code", "segment").agg(pl.col("workers", "covered").sum())
    shared = _share_out(unplaced, weights, ["district_code"], "village_code").with_columns(allocated=pl.col("workers"))
    return (
        pl.concat([base.with_columns(allocated=pl.lit(0, dtype=pl.Int64)), shared], how="diagonal_relaxed")
        .group_by("village_code", "segment")
        .agg(pl.col("workers", "covered", "allocated").sum())
        .sort("village_code", "segment")
    )


def _share_out(groups: pl.DataFrame, weights: pl.DataFrame, within: list[str], to: str) -> pl.DataFrame:
    """Shares `workers` and `covered` of each group over the regions `to` (inside the group's `within`), in proportion
    to the members of the same segment that lists name there: who is missing from the village lists is taken to live
    where the members on them live. Where lists name no such member, in proportion to all people."""
    frames = []
    for group in groups.sort(*within, "segment").iter_rows(named=True):
        there = weights.filter(pl.col("segment") == group["segment"], *(pl.col(key) == group[key] for key in within))
        if there.is_empty():  # a district without villages of its own in the area
            there = weights.filter(pl.col("segment") == group["segment"])
        parts = there.group_by(to).agg(pl.col("members", "people").sum()).sort(to)
        weight = (parts["members"] if parts["members"].sum() else parts["people"]).to_list()
        people = largest_remainder(group["workers"], weight)
        covered = largest_remainder(group["covered"], weight)
        frames.append(
            parts.select(
                to,
                segment=pl.lit(group["segment"]),
                workers=pl.Series(people, dtype=pl.Int64),
                covered=pl.min_horizontal(pl.Series(covered, dtype=pl.Int64), pl.Series(people, dtype=pl.Int64)),
            )
        )
    schema = {to: pl.String(), "segment": pl.String(), "workers": pl.Int64(), "covered": pl.Int64()}
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)


def _unplaced(named: pl.DataFrame, counted: pl.DataFrame, cube: pl.DataFrame) -> pl.DataFrame:
    """`district_code, segment, workers, covered` of people without a stated village. Employees born elsewhere look like
    commuters one by one; that some of them live here is known from the members whose address is known: with f of these
    born elsewhere, n natives without an address stand for n / (1 - f) residents, and the difference is taken from the
    presumed commuters (never more than there are)."""
    home = (
        counted.filter(pl.col("village_code").is_null() & (pl.col("placed_by") != "outside"))
        .group_by("district_code", "segment", "employed")
        .agg(workers=pl.col("people").sum(), covered=pl.col("covered").sum())
    )
    known = (
        named.filter(pl.col("employed"))
        .group_by("district_code")
        .agg(share=((~pl.col("native")).cast(pl.Int64) * pl.col("people")).sum() / pl.col("people").sum())
    )
    commuters = (
        cube.filter((pl.col("not_counted") == "outside") & pl.col("village_code").is_null())
        .group_by("district_code", "segment")
        .agg(presumed=pl.col("people").sum())
    )
    extra = (
        pl.when(pl.col("employed") & (pl.col("share") < 1))
        .then((pl.col("workers") * pl.col("share") / (1 - pl.col("share"))).round(0))
        .otherwise(0)
        .fill_null(0)
        .cast(pl.Int64)
    )
    return (
        home.join(known, on="district_code", how="left", nulls_equal=True)
        .join(commuters, on=["district_code", "segment"], how="left", nulls_equal=True)
        .with_columns(extra=pl.min_horizontal(extra, pl.col("presumed").fill_null(0)))
        .with_columns(
            covered=pl.col("covered")
            + (pl.col("extra") * pl.col("covered") / pl.col("workers")).round(0).cast(pl.Int64),
            workers=pl.col("workers") + pl.col("extra"),
        )
        .group_by("district_code", "segment")
        .agg(pl.col("workers", "covered").sum())
        .sort("district_code", "segment")
    )


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers that add up to `total`, in proportion to `weights` (largest remainders first, ties by position);
    equal shares where all weights are 0.

    >>> largest_remainder(10, [1, 1, 1])
    [4, 3, 3]
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    floors = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(floors)]:
        floors[i] += 1
    return floors
