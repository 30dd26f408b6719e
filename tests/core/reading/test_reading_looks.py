"""What Excel shows and values do not tell: hidden rows and columns are read and named, struck out people are marked."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from workbooks import data

PEOPLE = [
    ("3202014107905001", "ANI SURYANI"),
    ("3202010203859002", "BUDI HERMAWAN"),
    ("3202011509819003", "CECEP WIGUNA"),
    ("3202015012889004", "DEDEH ROHAENI"),
]


def book(look=lambda book, page: None, struck=()) -> bytes:
    """A list from row 1; `struck`: (row, column) of PEOPLE whose text is struck out."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        plain, stroke = made.add_format(), made.add_format({"font_strikeout": True})
        page = made.add_worksheet("RW 1 & 2")
        page.write_row(0, 0, ["NO", "NIK", "NAMA", "ALAMAT"])
        for n, (nik, name) in enumerate(PEOPLE):
            for column, value in enumerate((n + 1, nik, name, "Kp. Cibuntu")):
                page.write(n + 1, column, value, stroke if (n, column) in struck else plain)
        look(made, page)
    return stream.getvalue()


def test_hidden_rows_and_columns_are_read_and_named(read):
    def look(made, page):
        for row in (2, 3, 9):  # the last one holds nothing
            page.set_row(row, None, None, {"hidden": True})
        page.set_column("C:C", None, None, {"hidden": True})
        page.set_column("F:XFD", None, None, {"hidden": True})

    found = read(book(look))
    assert data(found, "nik", "name") == PEOPLE
    [hidden] = found.hidden
    assert (hidden.sheet, hidden.rows, hidden.columns) == ("RW 1 & 2", "3-4", "C")


def test_rows_that_a_filter_hides(read):
    def look(made, page):
        page.autofilter("A1:D5")
        page.filter_column("C", "x == ANI*")
        page.set_row(4, options={"hidden": True})

    assert [one.rows for one in read(book(look)).hidden] == ["5"]


def test_nothing_hidden_nothing_said(read):
    found = read(book())
    assert found.hidden == () and not any(data(found, "problems"))


@pytest.mark.parametrize("column", [1, 2])
def test_a_struck_out_name_or_nik_is_marked_and_stays_a_row(read, column):
    found = read(book(struck={(1, column), (3, column)}))
    assert data(found, "problems") == [[], ["struck_out"], [], ["struck_out"]]
    assert found.problems["cell"].to_list() == ["C3", "C5"]
    assert not any(data(found, "deceased")) and not any(data(found, "moved_out"))


def test_a_stroke_elsewhere_says_nothing(read):
    assert not any(data(read(book(struck={(1, 0), (2, 3)})), "problems"))
