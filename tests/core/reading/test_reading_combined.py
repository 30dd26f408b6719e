"""What is one cell in the list and two values here, and what is three columns and one value; tables side by side."""

from __future__ import annotations

from datetime import date

import pytest
from workbooks import data, workbook

PEOPLE = [
    ("3202014107905001", "ANI SURYANI", date(1990, 7, 1), "P"),
    ("3202010203859002", "BUDI HERMAWAN", date(1985, 3, 2), "L"),
    ("3202011509819003", "CECEP WIGUNA", date(1981, 9, 15), "L"),
    ("3202015012889004", "DEDEH ROHAENI", date(1988, 12, 10), "P"),
]
WITH_NAMES = [(nik, name) for nik, name, *_ in PEOPLE]


@pytest.mark.parametrize("form", ["{name} / {nik}", "{nik} - {name}", "{name} ({nik})", "{name}\nNIK: {nik}"])
@pytest.mark.parametrize("head", ["NAMA / NIK", "NAMA DAN NIK", "NIK-NAMA", "NAMA"])
def test_name_and_nik_in_one_cell(read, form, head):
    lines = [[n, form.format(name=name, nik=nik), born, sex] for n, (nik, name, born, sex) in enumerate(PEOPLE, 1)]
    found = read(workbook([["NO", head, "TGL LAHIR", "L/P"], *lines, [5, "EUIS, BELUM ADA", "", "P"]]))
    assert data(found, "nik", "name")[:4] == WITH_NAMES
    assert data(found, "name", "problems")[4] == ("EUIS, BELUM ADA", ["date_missing", "nik_missing"])
    assert [column.letter for column in found.tables[0].columns] == ["A", "B", "B", "C", "D"]


def test_a_number_in_an_address_is_no_nik(read):
    lines = [[n, name, f"Kp. Cibuntu KK {nik}"] for n, (nik, name, *_) in enumerate(PEOPLE, 1)]
    assert data(read(workbook([["NO", "NAMA", "ALAMAT"], *lines])), "nik") == [None] * 4


def test_two_tables_side_by_side_with_their_columns_in_another_order(read):
    head = ["NO", "NIK", "NAMA", "L/P", "", "NO", "NAMA", "NIK"]
    (a, b, c, d) = PEOPLE
    lines = [[1, a[0], a[1], a[3], "", 3, c[1], c[0]], [2, b[0], b[1], b[3], "", 4, d[1], d[0]]]
    found = read(workbook([head, *lines]))
    assert sorted(data(found, "nik", "name")) == sorted(WITH_NAMES)
    assert data(found, "row", "part") == [(2, None), (3, None), (2, "F"), (3, "F")]


def test_parts_of_a_birth_and_marks_of_a_sex_without_a_header_above(read):
    lines = [
        [n, name, nik, born.day, born.month, born.year, "v" if sex == "L" else "", "v" if sex == "P" else "", "Kp. X"]
        for n, (nik, name, born, sex) in enumerate(PEOPLE, 1)
    ]
    found = read(workbook([["NO", "NAMA", "NIK", "TGL", "BLN", "THN", "L", "P", "ALAMAT"], *lines]))
    assert data(found, "nik", "name", "birth_date", "sex") == PEOPLE


def test_a_birth_over_three_columns_of_which_one_cannot_be_read(read):
    lines = [[n, name, nik, b.day, f"{b:%b}", b.year] for n, (nik, name, b, _) in enumerate(PEOPLE, 1)]
    found = read(workbook([["NO", "NAMA", "NIK", "TGL LAHIR", "", ""], *lines, [5, "EUIS", "", "?", 3, 1985]]))
    assert data(found, "birth_date")[:4] == [born for _, _, born, _ in PEOPLE]
    assert data(found, "birth_date", "birth_place", "problems")[4] == (None, None, ["date_unreadable", "nik_missing"])
