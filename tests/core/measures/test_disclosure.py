"""Nobody who reads all published tables together can tell that a hidden count is small."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from jangkau.core.measures.disclosure import COUNTS, THRESHOLD, Sum, hidden_counts, protect, sums_of

SEGMENTS = ("pu", "bpu")


def regency(counts: list[list[tuple[int, int]]]) -> pl.DataFrame:
    """A table of all levels from (workers, covered) by village and segment; villages stand in districts of three."""
    rows = [
        (f"32.02.{place // 3 + 1:02d}.{2001 + place}", segment, workers, min(covered, workers))
        for place, village in enumerate(counts)
        for segment, (workers, covered) in zip(SEGMENTS, village, strict=True)
    ]
    villages = pl.DataFrame(rows, schema=["code", "value", "workers", "covered"], orient="row")
    frames = []
    for level, width in (("regency", 5), ("district", 8), ("village", 13)):
        region = villages.with_columns(region_code=pl.col("code").str.slice(0, width))
        sums = [pl.col("workers", "covered").sum()]
        part = region.group_by("region_code", "value").agg(sums).with_columns(dimension=pl.lit("segment"))
        whole = region.group_by("region_code").agg(sums).with_columns(dimension=pl.lit("all"), value=pl.lit("all"))
        both = pl.concat([part, whole], how="diagonal").with_columns(level=pl.lit(level))
        frames.append(both)
    return pl.concat(frames).sort("region_code", "dimension", "value")


def most_by_integers(cell: int, counts: np.ndarray, hidden: np.ndarray, sums: list[Sum]) -> float:
    """What an attacker with integer programming finds; written apart from the code it tests."""
    lines = np.zeros((len(sums), counts.size))
    for line, total in zip(lines, sums, strict=True):
        line[total.whole] -= 1
        for part in total.parts:
            line[part] += 1
    shown = np.where(hidden, 0, counts)
    bounds = Bounds(shown, np.where(hidden, np.inf, counts))
    goal = np.zeros(counts.size)
    goal[cell] = -1
    found = milp(goal, constraints=LinearConstraint(lines, 0, 0), bounds=bounds, integrality=np.ones(counts.size))
    return np.inf if found.status != 0 else round(-found.fun)


people = st.one_of(st.integers(0, 6), st.integers(0, 60))
villages = st.lists(st.lists(st.tuples(people, people), min_size=2, max_size=2), min_size=1, max_size=7)


@settings(max_examples=60, deadline=None)
@given(villages)
def test_an_attacker_who_adds_and_subtracts_everything_finds_no_small_count(counts):
    table = regency(counts).with_columns(uncovered=pl.col("workers") - pl.col("covered"))
    true = np.concatenate([table[name].to_numpy() for name in COUNTS])
    sums = sums_of(table)
    assert all(true[s.whole] == true[list(s.parts)].sum() for s in sums)
    hidden = hidden_counts(true, sums)
    small = (true > 0) & (true < THRESHOLD)
    assert hidden[small].all()
    if hidden.all():
        return
    for cell in np.flatnonzero(small):
        assert most_by_integers(int(cell), true, hidden, sums) >= THRESHOLD


@settings(max_examples=30, deadline=None)
@given(villages)
def test_what_is_shown_is_true_and_percent_is_shown_only_with_its_counts(counts):
    table = regency(counts)
    told = protect(table)
    assert told.select("region_code", "dimension", "value").equals(table.select("region_code", "dimension", "value"))
    for before, after in zip(table.iter_rows(named=True), told.iter_rows(named=True), strict=True):
        for name in ("workers", "covered"):
            assert after[name] in (None, before[name])
        assert (after["percent"] is None) or None not in (after["workers"], after["covered"])
        assert after["suppressed"] == (None in (after["workers"], after["covered"], after["uncovered"]))


def test_a_village_of_two_members_takes_a_neighbour_and_no_more_with_it():
    told = protect(regency([[(40, 2), (60, 20)], [(50, 20), (50, 9)], [(70, 30), (80, 31)]]))
    hidden = told.filter("suppressed").select("region_code", "value")
    assert ("32.02.01.2001", "pu") in hidden.rows()
    assert told.filter(level="district")["suppressed"].sum() == 0
    assert told.filter(level="regency")["suppressed"].sum() == 0
    assert 2 <= hidden.height <= 6


def test_nothing_small_nothing_hidden():
    table = regency([[(40, 12), (60, 20)], [(50, 20), (50, 9)]])
    assert not protect(table)["suppressed"].any()


def test_the_whole_stands_alone_when_everything_is_small():
    told = protect(regency([[(2, 1), (1, 0)]]))
    assert told["workers"].drop_nulls().to_list() == []


def test_works_on_villages_stand_apart():
    table = pl.concat(
        [
            regency([[(40, 12), (60, 20)], [(50, 20), (50, 9)]]),
            pl.DataFrame(
                {
                    "region_code": ["32.02.01.2001", "32.02.01.2002", "32.02.01"],
                    "level": ["village", "village", "district"],
                    "dimension": ["jakon"] * 3,
                    "value": ["jakon"] * 3,
                    "workers": [12, 9, 21],
                    "covered": [3, 0, 3],
                }
            ),
        ],
        how="diagonal_relaxed",
    )
    told = protect(table)
    assert not told.filter(pl.col("dimension") != "jakon")["suppressed"].any()
    assert told.filter(dimension="jakon", value="jakon", level="district")["covered"].to_list() == [None]
