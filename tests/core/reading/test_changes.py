"""Cells that a person changed are read like all others; the answer holds them in the sender's own workbook."""

from __future__ import annotations

import io

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reading.conftest import AREA, TODAY
from workbooks import data, workbook

from jangkau.core.kernel import Month, Refused
from jangkau.core.reading import ColumnReading, ListReading, read_file
from jangkau.core.reading.answers import corrected_workbook
from jangkau.core.reading.changes import Change, columns_of, edits_of, together
from jangkau.core.reading.told import Told

HEADER = ["NO", "NIK", "NAMA", "TANGGAL LAHIR", "L/P", "PEKERJAAN"]
ROWS = [
    [1, "3202014107905001", "SITI AMINAH", "01-07-1990", "P", "Tani"],
    [2, 3202011203809001, "UJANG SUKMANA", "31-02-1980", "L", "buruh tani"],
    [3, "3202010105909001", "ASEP HIDAYAT", "01-05-1990", "L", None],
]


@pytest.fixture
def reread(gazetteer):
    def reader(content: bytes, name: str = "a.xlsx", **more) -> ListReading:
        return read_file(content, name, gazetteer=gazetteer, area=AREA, as_of=TODAY, **more)

    return reader


def edits(found: ListReading, key: str, change: Change, *numbers: int) -> pl.DataFrame:
    """The edits of a change in the rows with these numbers, of all rows when there are none."""
    rows = found.rows.filter(pl.col("row").is_in(list(numbers))) if numbers else found.rows
    [column] = [column for column in columns_of([table.columns for table in found.tables]) if column.key == key]
    return edits_of(rows, column, change)


def test_a_changed_cell_is_read_again_and_its_problem_goes(reread):
    content = workbook([["DAFTAR PEKERJA"], HEADER, *ROWS])
    before = reread(content)
    assert data(before, "problems")[1] == ["date_unreadable"]
    change = edits(before, "birth_date", Change("12-03-1980"), 4)
    assert change.rows() == [("Sheet1", 4, "D", 3, "31-02-1980", "12-03-1980")]
    after = reread(content, edits=change)
    assert "date_unreadable" not in data(after, "problems")[1]
    assert after.rows["cells"].to_list()[3][3] == "12-03-1980"
    assert after.rows.drop("cells", "problems", "birth_date").equals(
        before.rows.drop("cells", "problems", "birth_date")
    )


def test_a_number_typed_over_a_number_cell_is_text(reread):
    content = workbook([HEADER, [1, 3202011203809000, "UJANG SUKMANA", "12-03-1980", "L", None], *ROWS[::2]])
    before = reread(content)
    assert "nik_precision_lost" in data(before, "problems")[0]
    after = reread(content, edits=edits(before, "nik", Change("3202011203809001"), 2))
    assert data(after, "nik")[0] == "3202011203809001"
    assert "nik_precision_lost" not in data(after, "problems")[0]


def test_an_emptied_key_loses_no_row(reread):
    content = workbook([HEADER, *ROWS])
    before = reread(content)
    after = reread(content, edits=edits(before, "name", Change()))
    assert data(after, "name") == [None, None, None]
    assert all("name_missing" in problems for problems in data(after, "problems"))


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (Change("Petani"), ["Petani", "Petani", "Petani"]),
        (Change(), ["", "", None]),
        (Change("Petani", find="tani"), [None, "buruh Petani", None]),
        (Change("Petani", find="tani", any_case=True), ["Petani", "buruh Petani", None]),
        (Change("Petani", find="tani", any_case=True, whole=True), ["Petani", None, None]),
        (Change("$0 (x)", find="Tani"), ["$0 (x)", None, None]),
        (Change("x", find="."), [None, None, None]),
    ],
)
def test_what_a_change_does_to_a_column(reread, change, after):
    found = edits(reread(workbook([HEADER, *ROWS])), "occupation", change)
    told = dict(found.select("row", "after").rows())
    assert [told.get(row) for row in (2, 3, 4)] == after


def test_one_column_over_several_sheets(reread):
    other = ["NAMA", "NIK", "PEKERJAAN"]
    content = workbook([HEADER, *ROWS], [other, *([row[2], row[1], row[5]] for row in ROWS)])
    found = edits(reread(content), "occupation", Change("Petani"))
    assert set(found.select("sheet", "letter").rows()) == {("Sheet1", "F"), ("Sheet2", "C")}
    assert set(data(reread(content, edits=found), "occupation")) == {"PETANI"}


def test_the_last_word_on_a_cell_holds(reread):
    found = reread(workbook([HEADER, *ROWS]))
    first, second = (edits(found, "occupation", Change(text), 2) for text in ("Nelayan", "Petani"))
    assert together([first, second])["after"].to_list() == ["Petani"]
    assert together([]).height == 0


def test_edits_of_cells_that_are_not_there_are_passed_over(reread):
    content = workbook([HEADER, *ROWS])
    found = edits(reread(content), "occupation", Change("Petani"), 2)
    nowhere = [found.with_columns(row=pl.lit(99, pl.Int32)), found.with_columns(letter=pl.lit("G"))]
    nowhere += [found.with_columns(sheet=pl.lit("X")), found.with_columns(position=pl.lit(70, pl.Int32))]
    assert reread(content, edits=pl.concat(nowhere)).rows.equals(reread(content).rows)


def test_nothing_to_find_and_endless_texts_are_refused():
    with pytest.raises(Refused, match="dicari"):
        Change("x", find="")
    with pytest.raises(Refused, match="paling panjang"):
        Change("x" * 1_001)


@settings(deadline=None)  # the first expression is compiled
@given(st.text(max_size=6), st.text(min_size=1, max_size=3), st.text(max_size=3), st.booleans())
def test_finding_is_plain_text(cell, find, text, whole):
    done = pl.DataFrame({"c": [cell]}).select(Change(text, find=find, whole=whole).applied(pl.col("c")))["c"][0]
    assert done == ((text if cell == find else cell) if whole else cell.replace(find, text))


def answered(content: bytes, name: str, found: ListReading, change: pl.DataFrame) -> bytes:
    return corrected_workbook(
        content, name, rows=found.rows, problems=found.problems, tables=found.tables, sentences={}, edits=change
    )


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_the_answer_holds_the_changes(reread, name):
    lines = [HEADER, *ROWS]
    content = workbook(lines) if name == "a.xlsx" else "\n".join(
        ";".join("" if cell is None else str(cell) for cell in line) for line in lines
    ).encode()  # fmt: skip
    before = reread(content, name)
    change = together(
        [edits(before, "birth_date", Change("12-03-1980"), 3), edits(before, "occupation", Change("=1+1"), 4)]
    )
    after = reread(content, name, edits=change)
    answer = answered(content, name, after, change)
    again = reread(answer, "a-diperbaiki.xlsx")
    fields = ("nik", "name", "birth_date", "sex", "problems")
    assert data(again, *fields) == data(after, *fields)
    cell = openpyxl.load_workbook(io.BytesIO(answer)).worksheets[0]["F4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_list_told_to_be_of_no_month_has_none(reread):
    content = workbook([["DATA PER 30 SEPTEMBER 2026"], HEADER, *ROWS])
    assert reread(content).month == Month(2026, 9)
    assert reread(content, told=Told(month="")).month is None


def test_columns_without_a_name_cannot_be_changed():
    assert columns_of([[ColumnReading("A", "", None, 0.0)]]) == []
