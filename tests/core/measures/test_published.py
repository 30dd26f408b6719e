"""Figures of others: what may be measured from them, what stays a quotation, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.kernel import Refused
from jangkau.core.measures.published import (
    COLUMNS,
    WrongCell,
    figure_from,
    figures_from,
    official_parts,
    people_missing,
    starting_set,
    target_of_year,
    target_path,
)

LETTER = {"family": "UCJ", "region_code": "32.02", "segment": "pu", "on": "2026-06-30", "status": "verified",
          "source": "Surat 1/2026"}  # fmt: skip


def told(**changes: str) -> dict[str, str]:
    return LETTER | changes


def loaded(*rows: dict[str, str]):
    return figures_from(rows)


def both(kind: str, pu: str, bpu: str, on: str = "2026-06-30") -> list[dict[str, str]]:
    return [told(kind=kind, segment="pu", people=pu, on=on), told(kind=kind, segment="bpu", people=bpu, on=on)]


def test_the_starting_set_names_a_source_for_every_figure_and_no_denominator_for_sukabumi():
    figures = starting_set()
    assert all(f.source.startswith("https://") for f in figures)
    own = [f for f in figures if f.region_code == "32.02"]
    assert [(f.percent, f.on) for f in own] == [(37.7, date(2024, 12, 20)), (41.0, date(2025, 7, 14))]
    assert all(f.denominator is None for f in own)
    assert {f.region_name for f in figures} >= {"Jawa Barat", "Kota Sukabumi", "Kabupaten Garut", "Kota Pangkal Pinang"}


def test_a_printed_quotient_that_is_not_the_printed_percentage_is_told():
    doubtful = [(f.region_code, f.percent) for f in starting_set() if f.contradicts_itself]
    assert doubtful == [("32", 31.85)]


def test_members_alone_or_a_denominator_of_another_year_measure_nothing():
    day = date(2026, 7, 1)
    active = both("active", "10", "20")
    assert official_parts(loaded(*active), "32.02", day) == "no_eligible"
    assert official_parts(loaded(*active, *both("eligible", "50", "60", on="2025-12-31")), "32.02", day) == "other_year"
    assert official_parts(loaded(*active, *both("eligible", "50", "60")[:1]), "32.02", day) == "no_segment"
    assert official_parts(loaded(*both("eligible", "50", "60")), "32.02", day) == "no_active"
    later = both("active", "10", "20", on="2026-08-01")
    assert official_parts(loaded(*later, *both("eligible", "50", "60")), "32.02", day) == "no_active"


def test_members_of_two_days_are_never_added_up():
    early, late = both("active", "10", "20", on="2026-05-31"), both("active", "11", "21")
    parts = official_parts(loaded(*early, late[0], *both("eligible", "50", "60")), "32.02", date(2026, 7, 1))
    assert parts == "no_segment"
    parts = official_parts(loaded(*early, *late, *both("eligible", "50", "60")), "32.02", date(2026, 7, 1))
    assert (parts.active, parts.on) == ({"bpu": 21, "pu": 11}, date(2026, 6, 30))


def test_a_path_has_only_the_years_somebody_published():
    path = target_path(starting_set(), "RPJMN 2025-2029", "")
    assert target_of_year(path, 2028).on.year == 2026
    assert target_of_year(path, 2024) is None
    assert {f.family for f in starting_set() if f.kind == "target" and f.percent in (32.15, 52.15)} == {
        "RPJMN 2025-2029", "UCJ Kemendagri/BPJSTK"
    }  # fmt: skip


@given(st.integers(0, 10_000), st.integers(0, 10**7), st.integers(0, 10**7))
def test_the_missing_people_reach_the_target_and_one_fewer_does_not(hundredths, eligible, active):
    missing = people_missing(hundredths / 100, eligible, active)
    assert (active + missing) * 10_000 >= eligible * hundredths
    assert not missing or (active + missing - 1) * 10_000 < eligible * hundredths


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"kind": "quoted"}, "percent"),
        ({"kind": "eligible"}, "people"),
        ({"kind": "eligible", "people": "12", "percent": "4"}, "people"),
        ({"kind": "quoted", "percent": "empat"}, "percent"),
        ({"kind": "quoted", "percent": "41", "source": ""}, "source"),
        ({"kind": "quoted", "percent": "41", "region_code": "32.02.01"}, "region_code"),
        ({"kind": "quoted", "percent": "41", "region_code": "Sukabumi"}, "region_code"),
        ({"kind": "quoted", "percent": "41", "on": "kemarin"}, "on"),
        ({"kind": "quoted", "percent": "41", "status": "pasti"}, "status"),
        ({"kind": "quoted", "percent": "41", "numerator": "-3"}, "numerator"),
    ],
)
def test_a_wrong_cell_is_named(changes, column):
    with pytest.raises(WrongCell) as refused:
        figure_from(told(**changes))
    assert refused.value.column == column
    with pytest.raises(Refused, match=rf"Baris 3, kolom {column}:"):
        figures_from([told(kind="quoted", percent="41"), told(**changes)])


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=12)))
def test_any_text_is_a_figure_or_a_sentence(row):
    try:
        figure_from(told(kind="quoted", percent="41") | row)
    except WrongCell as refused:
        assert refused.indonesian and refused.english
