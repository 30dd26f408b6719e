"""Two readings of a list: every row of both is told once, and found again by what is surest."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.reading import ROW_SCHEMA
from jangkau.core.reading.differences import DIFFERENCE_SCHEMA, compare, name_without_dates

BLANK = dict.fromkeys(ROW_SCHEMA) | {"state": "data", "deceased": False, "moved_out": False}
SITI, UJANG = "3202014107905001", "3202011203809001"
BORN = date(1990, 7, 1)


def frame(*rows: dict) -> pl.DataFrame:
    return pl.DataFrame([BLANK | row for row in rows], ROW_SCHEMA)


def changes(old, new) -> list[tuple]:
    return compare(frame(*old), frame(*new)).rows.rows()


def test_rows_are_told_in_the_order_of_the_new_list_then_the_vanished():
    old = [{"name": "A", "nik": "1"}, {"name": "B", "nik": "2"}, {"name": "C", "nik": "3"}]
    new = [{"name": "D", "nik": "4"}, {"name": "C", "nik": "3"}, {"name": "A2", "nik": "1"}]
    assert changes(old, new) == [
        ("new", None, 0, []),
        ("unchanged", 2, 1, []),
        ("changed", 0, 2, ["name"]),
        ("vanished", 1, None, []),
    ]


def test_lines_count_what_is_no_data_too():
    title = {"state": "not_data", "problems": ["title"]}
    found = changes([title, {"name": "A", "nik": "1"}], [title, title, {"name": "A", "nik": "1"}])
    assert found == [("unchanged", 1, 2, [])]


def test_a_repaired_nik_is_a_change_not_a_new_person():
    old = [{"name": "SITI", "nik": "320201410790500", "birth_date": BORN}]
    assert changes(old, [{"name": "SITI", "nik": SITI, "birth_date": BORN}]) == [("changed", 0, 0, ["nik"])]


def test_without_documents_name_and_rt_rw_find_the_row_again():
    old = [{"name": "SITI", "rt": "001", "rw": "002", "occupation": "PETANI"}]
    new = [{"name": "SITI", "rt": "001", "rw": "002", "occupation": "BURUH", "nik": SITI}]
    assert changes(old, new) == [("changed", 0, 0, ["occupation"])]  # only one list has NIKs: not compared


def test_neighbours_of_one_name_with_other_documents_are_two_people():
    where = {"name": "UJANG", "rt": "001", "rw": "002"}
    old = [where | {"nik": UJANG, "birth_date": date(1980, 3, 12)}]
    new = [where | {"nik": SITI, "birth_date": BORN}]
    assert [row[0] for row in changes(old, new)] == ["new", "vanished"]


def test_a_nik_that_a_family_shares_goes_to_the_same_names():
    old = [{"name": "UJANG", "nik": UJANG}, {"name": "SITI", "nik": UJANG}]
    assert changes(old, old[::-1]) == [("unchanged", 1, 0, []), ("unchanged", 0, 1, [])]


def test_the_same_person_twice_answers_once_each():
    row = {"name": "SITI", "nik": SITI}
    assert changes([row], [row, row]) == [("unchanged", 0, 0, []), ("new", None, 1, [])]


def test_memberships_of_one_person_are_kept_apart_by_kpj():
    old = [{"name": "SITI", "nik": SITI, "kpj": "1"}, {"name": "SITI", "nik": SITI, "kpj": "2"}]
    assert [row[:3] for row in changes(old, old[1:])] == [("unchanged", 1, 0), ("vanished", 0, None)]


def test_a_column_that_one_list_leaves_out_changed_nobody():
    assert changes([{"name": "A", "nik": "1", "phone": "08123"}], [{"name": "A", "nik": "1"}]) == [
        ("unchanged", 0, 0, [])
    ]


@pytest.mark.parametrize("key", [{"npp": "JJ1"}, {"nib": "123"}, {"employer": "PT X"}])
def test_employers_are_found_by_their_numbers_or_name(key):
    old, new = [{"employer": "PT X", "scale": "KECIL"} | key], [{"employer": "PT X", "scale": "MIKRO"} | key]
    assert changes(old, new) == [("changed", 0, 0, ["scale"])]


def test_lists_without_rows_compare():
    assert changes([], []) == []
    assert changes([], [{"name": "A"}]) == [("new", None, 0, [])]
    assert compare(frame(), frame()).rows.schema == DIFFERENCE_SCHEMA


person = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["A", "B", "C", None]),
        "nik": st.sampled_from(["1", "2", None]),
        "birth_date": st.sampled_from([BORN, date(1980, 3, 12), None]),
        "rt": st.sampled_from(["001", None]),
        "rw": st.sampled_from(["001", None]),
        "employer": st.sampled_from(["PT X", None]),
        "state": st.sampled_from(["data", "data", "not_data"]),
    }
)


@settings(deadline=None, max_examples=60)
@given(st.lists(person, max_size=12), st.lists(person, max_size=12))
def test_every_row_of_both_lists_is_told_exactly_once(old, new):
    found = compare(frame(*old), frame(*new)).rows
    for line, rows in (("old_line", old), ("new_line", new)):
        told = sorted(found[line].drop_nulls().to_list())
        assert told == [n for n, row in enumerate(rows) if row["state"] == "data"]


@settings(deadline=None, max_examples=40)
@given(st.lists(person, max_size=12))
def test_a_list_compared_with_itself_has_no_new_and_no_vanished_people(rows):
    named = [row for row in rows if row["nik"] or (row["name"] and row["birth_date"])]
    counts = compare(frame(*named), frame(*named)).counts
    assert (counts["new"], counts["vanished"], counts["changed"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a/Nelayan Sept 2026.xlsx", "a/Nelayan Okt 2026.xlsx", True),
        ("a/Nelayan-01-09-2026.xlsx", "a/nelayan_02.csv", True),
        ("a/Nelayan.xlsx", "b/Nelayan.xlsx", False),
        ("a/Nelayan.xlsx", "a/Petani.xlsx", False),
    ],
)
def test_names_that_differ_in_dates_alone_are_the_same_list(one, other, same):
    assert (name_without_dates(one) == name_without_dates(other)) is same
