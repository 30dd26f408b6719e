"""What a person said about a list wins over what stands in it."""

from datetime import date

import pytest
from workbooks import data, workbook

from jangkau.core.kernel import Month
from jangkau.core.reading import read_file
from jangkau.core.reading.sheets import from_grid
from jangkau.core.reading.tables import read_structure
from jangkau.core.reading.told import Told, layout_of

ANI, BUDI = "3202014107905001", "3202010203859002"
TITLE = ["DAFTAR PEKERJA DESA CITEPUS OKTOBER 2026"]
HEADERS = ["NO", "NAMA", "NIK", "TGL LAHIR", "KODE"]
ROWS = [[1, "ANI", ANI, "01-07-1990", "PETANI"], [2, "BUDI", BUDI, "02-03-1985", "BURUH"]]
LAYOUT = layout_of(HEADERS)


@pytest.fixture
def tell(gazetteer):
    from conftest import AREA, TODAY

    def reader(told: Told | None, headers=HEADERS, rows=ROWS):
        content = workbook([TITLE, headers, *rows])
        return read_file(content, "daftar.xlsx", gazetteer=gazetteer, area=AREA, as_of=TODAY, told=told)

    return reader


def test_nothing_told_changes_nothing(tell):
    assert tell(None).rows.equals(tell(Told()).rows)
    assert tell(None).village_code == "32.02.01.2003"


def test_kind_village_and_month_are_taken_from_what_was_told(tell):
    found = tell(Told(kind="fishers", village_code="32.02.16.2006", month=Month(2025, 1)))
    assert (found.kind, found.village_code, found.district_code, found.month) == (
        "fishers", "32.02.16.2006", "32.02.16", Month(2025, 1),
    )  # fmt: skip
    assert set(data(found, "village_code")) == {"32.02.16.2006"}


def test_a_list_may_be_told_to_have_no_village(tell):
    found = tell(Told(village_code=""))
    assert found.village_code is None
    assert set(data(found, "village_code")) == {None}


def test_a_column_is_what_was_told(tell):
    assert data(tell(None), "occupation") == [None, None]
    assert data(tell(Told(columns={(LAYOUT, 4): "occupation"})), "occupation") == ["PETANI", "BURUH"]


def test_a_field_given_to_another_column_leaves_the_one_that_had_it(tell):
    headers, rows = [*HEADERS[:4], "NAMA LENGKAP"], [[*row[:4], f"{row[1]} BINTI A"] for row in ROWS]
    found = tell(Told(columns={(layout_of(headers), 4): "name"}), headers, rows)
    assert data(found, "name") == ["ANI BINTI A", "BUDI BINTI A"]


def test_what_was_told_of_another_layout_is_not_used(tell):
    assert data(tell(Told(columns={(layout_of(HEADERS[:4]), 1): "ignored"})), "name") == ["ANI", "BUDI"]


def test_no_line_is_lost_when_the_columns_told_leave_no_rows(tell):
    found = tell(Told(columns={(LAYOUT, n): "ignored" for n in range(5)}))
    assert data(found, "name") == []
    assert found.rows.height == tell(None).rows.height


def test_layouts_are_told_apart_by_words_and_order():
    assert layout_of(["No.", " N I K", "nama", "", ""]) == layout_of(["NO", "NIK", "NAMA"])
    assert (
        len({layout_of(headers) for headers in (["NIK"], ["NAMA"], ["", "NIK"], ["NIK", "NAMA"], ["NAMA", "NIK"])}) == 5
    )
    assert layout_of(["", ""]) != layout_of(["", "", ""])


def test_dates_stay_dates_when_told(tell):
    found = tell(Told(columns={(LAYOUT, n): f for n, f in enumerate(["number", "name", "nik", "birth_date", "note"])}))
    assert data(found, "birth_date") == [date(1990, 7, 1), date(1985, 3, 2)]


PEOPLE = ("ANI SURYANI", "BUDI HERMAWAN", "CECEP WIGUNA")
STRANGE = [["urutan", "siapa", "kartu", "kerjaan"], *([str(n), name, "x", "Tani"] for n, name in enumerate(PEOPLE, 1))]


def structure(told, rows=STRANGE):
    grid = [["DESA CITEPUS", "", "", ""], *rows]
    return read_structure(from_grid("A", grid), told)


def test_a_header_that_nobody_recognises_is_told_and_then_known():
    assert structure(Told()).tables == []
    [shown] = structure(Told(header_row=2)).tables
    assert [column.header for column in shown.columns] == ["urutan", "siapa", "kartu", "kerjaan"]
    layout = layout_of([column.header for column in shown.columns])
    columns = {(layout, 0): "number", (layout, 1): "name", (layout, 3): "occupation"}
    for told in (Told(header_row=2, columns=columns), Told(columns=columns)):
        [table] = structure(told).tables
        assert (table.header_row, len(table.indexes), table.fields["name"]) == (2, 3, 1)


def test_a_table_told_to_have_no_header():
    [shown] = structure(Told(header_row=0), STRANGE[1:]).tables
    assert [column.header for column in shown.columns] == [""] * 4
    layout = layout_of([""] * 4)
    columns = {(layout, 0): "number", (layout, 1): "name", (layout, 3): "occupation"}
    assert len(structure(Told(columns=columns), STRANGE[1:]).tables[0].indexes) == 3


def test_a_header_row_that_does_not_exist_changes_nothing():
    assert structure(Told(header_row=99)).tables == []
