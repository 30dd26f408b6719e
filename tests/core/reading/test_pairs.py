"""The quick search for people who stand twice in a list finds what comparing every pair of rows finds."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.reading import duplicates
from jangkau.core.reading.duplicates import _Row, find_duplicates
from jangkau.core.reading.pairs import pairs_in

NIKS = (None, "3202011203859001", "3202011203859010", "3202011203889001", "3202021203859001", "3202011303859001")
NAMES = (None, "ANI", "ANI R.", "ANI ROHANI", "AIN ROHANI", "ROHANI ANI", "BU ANI", "ANNI ROHANI", "ALMASYAH", "A. R")
SCHEMA = {"nik": pl.String, "nik_digits": pl.String, "name": pl.String, "birth_date": pl.Date, "rt": pl.String,
          "rw": pl.String, "address": pl.String}  # fmt: skip
people = st.tuples(
    st.sampled_from(NIKS),
    st.sampled_from((None, "320201120385900", "32020112038")),
    st.sampled_from(NAMES),
    st.sampled_from((None, date(1985, 3, 12), date(1985, 3, 13))),
    st.sampled_from((None, "1", "2")),
    st.sampled_from((None, "5")),
    st.sampled_from((None, "KP. SUKA")),
)


def slowly(rows: pl.DataFrame) -> tuple[list[bool], list[bool]]:
    """Every pair of rows, one after the other, by the rule that speaks of it."""
    found = [
        _Row(n, r["nik"], r["nik_digits"], r["name"], "".join(c for c in r["name"] or "" if c.isalpha()) or None,
             r["birth_date"], None if None in (r["rt"], r["rw"], r["address"]) else f"{r['rt']}/{r['rw']}/SUKA")
        for n, r in enumerate(rows.iter_rows(named=True))
    ]  # fmt: skip
    repeated, shared = np.zeros(len(found), dtype=np.bool_), np.zeros(len(found), dtype=np.bool_)
    for nik in {row.nik for row in found if row.nik}:
        duplicates._same_nik([row for row in found if row.nik == nik], repeated, shared)
    lacking = {row.birth_date for row in found if row.nik is None and len(row.squashed or "") >= 3}
    for other, row in combinations(found, 2):
        named = len(row.squashed or "") >= 3 and len(other.squashed or "") >= 3
        same_day = row.birth_date is not None and row.birth_date == other.birth_date
        if named and same_day:
            repeated[row.place] |= row.squashed == other.squashed and duplicates._same_name(row, other)
            repeated[row.place] |= row.birth_date in lacking and duplicates._same_day(row, other)
        if same_day and row.nik and other.nik and row.nik[12:] == other.nik[12:]:
            repeated[row.place] |= duplicates._near_nik(row, other)
        if named and row.home and (row.squashed, row.home) == (other.squashed, other.home):
            repeated[row.place] |= duplicates._same_home(row, other)
    return repeated.tolist(), shared.tolist()


@given(st.lists(people, min_size=1, max_size=14))
@settings(max_examples=300, deadline=None)
def test_the_quick_search_finds_what_every_pair_tells(drawn: list[tuple[object, ...]]) -> None:
    whole = [(nik, nik or digits, *rest) for nik, digits, *rest in drawn]
    rows = pl.DataFrame(whole, schema=SCHEMA, orient="row")
    repeated, shared = find_duplicates(rows)
    assert (repeated.to_list(), shared.to_list()) == slowly(rows)


def test_in_a_large_group_a_row_is_compared_with_those_just_before_it() -> None:
    done = np.zeros(6, dtype=np.bool_)
    groups = pl.Series([[0, 1, 2, 3], [4, 5]])
    pairs = {pair for later, earlier in pairs_in(groups, done, 2) for pair in zip(later, earlier, strict=True)}
    assert pairs == {(1, 0), (2, 1), (3, 2), (5, 4), (2, 0), (3, 1)}


def test_ten_thousand_namesakes_of_one_day_are_read_at_once() -> None:
    rows = pl.DataFrame({"name": ["SITI AMINAH"] * 10_000}, schema_overrides=SCHEMA).with_columns(
        birth_date=pl.lit(date(1980, 1, 1)),
        **{name: pl.lit(None, dtype=kind) for name, kind in SCHEMA.items() if name not in ("name", "birth_date")},
    )
    repeated, _ = find_duplicates(rows)
    assert repeated.sum() == 9_999
