"""What is wrong with a row, where exactly, and never with a NIK or a name in the words."""

from datetime import date

import polars as pl
import pytest
from workbooks import data, workbook

from jangkau.core.kernel import PROBLEM_CODES
from jangkau.core.reading import PROBLEM_SCHEMA, fields
from jangkau.core.reading.duplicates import find_duplicates

ANI, BUDI, CECEP = "3202014107905001", "3202010203859002", "3202011512709003"
HEAD = ["NO", "NAMA", "NIK", "L/P", "TGL LAHIR", "ALAMAT", "PENGHASILAN", "KET"]


def people(*rows):
    return workbook([HEAD, *([n, *row] for n, row in enumerate(rows, 1))])


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        (["ANI", ANI, "P", "01-07-1990", "Kp. A", "Rp 1.000.000", ""], []),
        (["ANI", ANI, "L", "01-07-1990", "Kp. A", "", ""], ["nik_sex_mismatch"]),
        (["ANI", ANI, "P", "02-07-1990", "Kp. A", "", ""], ["nik_birthdate_mismatch"]),
        (["ANI", "9902014107905001", "P", "01-07-1990", "Kp. A", "", ""], ["nik_region_unknown"]),
        (["-", ANI, "P", "01-07-1990", "Kp. A", "", ""], ["name_missing"]),
        (["ANI", ANI, "P", "", "Kp. A", "", ""], ["date_missing"]),
        (["ANI", ANI, "P", "31-02-1990", "Kp. A", "", ""], ["date_unreadable"]),
        (["ANI", ANI, "P", "01-07-2090", "Kp. A", "", ""], ["date_implausible"]),
        (["ANI", ANI, "P", "01-07-1890", "Kp. A", "", ""], ["date_implausible"]),
        (["ANI", "", "P", "31-10-1960", "Kp. A", "", ""], ["nik_missing", "over_age"]),
        (["ANI", "", "P", "01-11-1960", "Kp. A", "", ""], ["nik_missing"]),
        (["ANI", "", "P", "01-11-2011", "Kp. A", "", ""], ["nik_missing", "under_age"]),
        (["ANI", "", "P", "31-10-2011", "Kp. A", "", ""], ["nik_missing"]),
        (["ANI", ANI, "P", "01-07-1990", "Kp. A", "tidak tentu", ""], ["wage_unreadable"]),
        (["ANI", ANI, "P", "01-07-1990", "Kp. A", "", "Pindah ke Garut"], ["moved_out_note"]),
        (["ALMH. ANI", ANI, "P", "01-07-1990", "Kp. A", "", ""], ["deceased"]),
        (["ANI", ANI, "P", "01-07-1990", "Kp. A", "", "sudah meninggal dunia"], ["deceased"]),
    ],
)
def test_one_problem_at_a_time(read, row, problems):
    assert data(read(people(row)), "problems") == [problems]


def test_ages_are_measured_on_the_day_asked_for_even_on_a_leap_day(read):
    row = ["ANI", "", "P", "28-02-1958", "Kp. A", "", ""]
    assert "over_age" in data(read(people(row), as_of=date(2024, 2, 29)), "problems")[0]


def test_a_problem_names_its_cell_and_never_the_person(read):
    found = read(people(["ANI ROHANI", "320201410790", "P", f"31-02-1990, {ANI}", "Kp. A", "1000 x " + ANI, ""]))
    assert found.problems.schema == PROBLEM_SCHEMA
    assert found.problems.select("code", "row", "cell").rows() == [
        ("date_unreadable", 2, "E2"),
        ("nik_length", 2, "C2"),
    ]
    shown = " ".join(found.problems["shown"])
    assert "31-02-1990" in shown and ANI not in shown and "ROHANI" not in shown
    assert set(found.problems["code"]) <= set(PROBLEM_CODES)


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A", "", ""],
            ["ANI ROHANII", ANI, "P", "01-07-1990", "Kp. A", "", ""],
            "duplicate_in_list",
        ),
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A", "", ""],
            ["DUDUNG", ANI, "P", "01-07-1990", "Kp. B", "", ""],
            "nik_shared",
        ),
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A", "", ""],
            ["ROHANI ANI", "", "P", "01-07-1990", "Kp. A", "", ""],
            "duplicate_in_list",
        ),
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A", "", ""],
            ["ANI ROHANI", "3202014107905010", "P", "01-07-1990", "Kp. A", "", ""],
            "duplicate_in_list",
        ),
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A", "", ""],
            ["ANA ROHANI", "", "P", "01-07-1990", "Kp. A", "", ""],
            None,
        ),
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A", "", ""],
            ["ANI ROHANI", BUDI, "P", "01-07-1990", "Kp. A", "", ""],
            None,
        ),
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A RT 1/2", "", ""],
            ["ANI ROHANI", "", "P", "", "Kampung A 01/02", "", ""],
            "duplicate_in_list",
        ),
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A RT 1/2", "", ""],
            ["ANI ROHANI", "", "P", "", "Kp. B 01/02", "", ""],
            None,
        ),
        (
            ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A RT 1/2", "", ""],
            ["ANI ROHANI", "", "P", "01-07-1990", "Kp. A RT 4/5", "", ""],
            None,
        ),
    ],
)
def test_the_same_person_twice_or_a_number_shared(read, first, second, problem):
    problems = data(read(people(first, second)), "problems")
    told = {"duplicate_in_list", "nik_shared"}
    assert not told & set(problems[0])
    assert told & set(problems[1]) == ({problem} if problem else set())


def test_a_shortened_name_is_the_same_person_unless_it_stands_on_the_next_line(read):
    ani, short, other = (
        ["ANI ROHANI", "-", "P", "01-07-1990", "Kp. A RT 1/2"],
        ["ANI R.", ANI, "P", "01-07-1990", "Kp. A RT 1/2"],
        ["BUDI", BUDI, "L", "02-03-1985", "Kp. B RT 1/2"],
    )
    assert "duplicate_in_list" not in data(read(people(ani, short, other)), "problems")[1]
    assert "duplicate_in_list" in data(read(people(ani, other, short)), "problems")[2]


def test_damaged_numbers_still_tell_people_apart(read):
    rows = workbook(
        [
            ["NO", "NAMA", "NIK", "TGL LAHIR"],
            [1, "ANI ROHANI", 3202014107905000, "01-07-1990"],
            [2, "ANI ROHANI", 3202014107909990, "01-07-1990"],
            [3, "ANI ROHANI", 3202014107905000, "01-07-1990"],
            [4, "ANI ROHANI", "32020141079050011", "01-07-1990"],
        ]
    )
    problems = data(read(rows), "problems")
    assert ["duplicate_in_list" in p for p in problems] == [False, False, True, True]


def frame(*rows):
    columns = ["nik", "nik_digits", "name", "birth_date", "rt", "rw", "address"]
    types = [pl.String, pl.String, pl.String, pl.Date, pl.String, pl.String, pl.String]
    return pl.DataFrame(rows, schema=dict(zip(columns, types, strict=True)), orient="row")


def test_rows_without_names_are_judged_by_their_dates():
    repeated, shared = find_duplicates(
        frame(
            (ANI, ANI, None, date(1990, 7, 1), None, None, None),
            (ANI, ANI, "X Y", date(1990, 7, 1), None, None, None),
            (ANI, ANI, "X Y", date(1991, 7, 1), None, None, None),
            (ANI, ANI, "P Q", date(1992, 7, 1), None, None, None),
        )
    )
    assert repeated.to_list() == [False, True, True, False] and shared.to_list() == [False, False, False, True]


def test_a_birthday_of_very_many_is_compared_by_equal_names_alone():
    many = [
        (None, None, f"ORANG {chr(65 + n // 26)}{chr(65 + n % 26)} SATU", date(1970, 1, 1), None, None, None)
        for n in range(450)
    ]
    repeated, _ = find_duplicates(frame(*many, many[0]))
    assert repeated.arg_true().to_list() == [450]


def test_a_long_list_with_other_lines_keeps_its_order(read, monkeypatch):
    rows = [["NO", "NAMA", "NIK"]]
    for n in range(30):
        rows += [[n, f"ORANG {chr(65 + n)}", ""], ["JUMLAH", 1]]
    content = workbook(rows, [["NO", "NAMA", "NIK"], [1, "ANI", ANI]])
    few = read(content).rows
    monkeypatch.setattr(fields, "_FEW", 3)
    many = read(content).rows
    assert few.equals(many)
    assert few["row"].to_list() == [*range(1, 62), 1, 2]


def test_two_tables_that_take_turns_keep_the_order_of_the_file(read):
    one, two = ["NO", "NAMA", "NIK"], ["NO", "NIK", "NAMA"]
    found = read(workbook([one, [1, "ANI", ANI], two, [1, BUDI, "BUDI"], one, [2, "CECEP", CECEP]]))
    assert found.rows["row"].to_list() == [1, 2, 3, 4, 5, 6]
    assert data(found, "name") == ["ANI", "BUDI", "CECEP"] and len(found.tables) == 2


def test_a_shared_number_belongs_to_the_person_whose_birth_date_is_in_it(read):
    dudung, ani = (
        ["DUDUNG", ANI, "P", "05-05-1980", "Kp. B", "", ""],
        ["ANI ROHANI", ANI, "P", "01-07-1990", "Kp. A", "", ""],
    )
    problems = data(read(people(dudung, ani, dudung)), "problems")
    assert ["nik_shared" in p for p in problems] == [True, False, True]
    assert ["duplicate_in_list" in p for p in problems] == [False, False, True]


def test_namesakes_of_neighbouring_districts_keep_their_numbers_apart(read):
    rows = [["ANI ROHANI", nik, "P", "01-07-1990", "", "", ""] for nik in (ANI, "3202024107905001")]
    assert data(read(people(*rows)), "problems") == [[], []]
    typo = ["ANI ROHANI", "3220014107905001", "P", "01-07-1990", "", "", ""]
    assert "duplicate_in_list" in data(read(people(rows[0], typo)), "problems")[1]
