"""A village's list goes back with its problems marked, the village repairs what is marked and sends it again: nothing
is left to repair, and what nobody touched looks as it did. For every layout; what the village knows is the truth."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.reading import ListReading, read_file
from jangkau.core.reading.answers import NOTES, corrected_name, corrected_workbook
from jangkau.core.synthetic import InventedRegency, WrittenLists, invent, write_lists
from jangkau.core.synthetic.layouts import LAYOUTS
from jangkau.core.synthetic.villages import district_works

AS_OF = date(2026, 10, 31)
MESS = 3.0  # times the usual slips
Person = dict[str, object]
People = dict[tuple[str, int], Person]  # by sheet and row


NAMES = (
    "Mekarwangi", "Cikondang", "Sindanglaya", "Pasirjaya", "Karangsetia", "Bojongrahayu", "Tanjungsalam", "Wanakerta",
    "Legokhuni", "Kutabima", "Jatimulus", "Girinata",
)  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """A regency of twelve villages with names of their own."""
    lines = ["33|Jawa Tengah|-7.2|110.1", "33.01|Kabupaten Cilacap|-7.6|109.0", "33.02|Kabupaten Banyumas|-7.5|109.2"]
    lines += ["33.01.01|Satriamukti|-7.6|109.0", "33.02.01|Purwabaru|-7.5|109.2", "33.02.01.2001|Kalimeneng|-7.5|109.2"]
    lines += [f"33.01.01.2{number:03d}|{name}|-7.6|109.{number}" for number, name in enumerate(NAMES, 1)]
    return Gazetteer.parse("\n".join(lines))


@pytest.fixture(scope="module")
def small(gazetteer: Gazetteer) -> InventedRegency:
    return invent(gazetteer, area=RegionCode("33.01"), workers=1_500, seed=3, as_of=AS_OF)


@pytest.fixture(scope="module")
def sent(small: InventedRegency, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WrittenLists]:
    folder = tmp_path_factory.mktemp("lists")
    return folder, write_lists(small, folder, mess=MESS)


def dressed(content: bytes) -> bytes:
    """The workbook with colours, fonts, lines and widths, as officers like them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    thin = Side("thin", color="808080")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    cell.border = Border(thin, thin, thin, thin)
                    cell.font = Font(name="Tahoma", size=9 + cell.row % 3, bold=cell.row < 4)
                    if (cell.row + cell.column) % 5 == 0:
                        cell.fill = PatternFill("solid", fgColor="DDEBF7")
        sheet.column_dimensions["B"].width = 31.5
        sheet.row_dimensions[1].height = 28
        sheet.freeze_panes = "A3"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_repair(found: ListReading) -> list[tuple[str, str, int, list[str]]]:
    """(code, sheet, row, cells) of every problem that a sender can mend."""
    mendable = found.problems.filter(~pl.col("code").is_in(list(NOTES)))
    return [
        (code, sheet, row, cell.split(", "))
        for code, sheet, row, cell in mendable.select("code", "sheet", "row", "cell").rows()
    ]


def card(person: Person, number: int) -> str:
    """The NIK on the person's card; where it is in two minds about the birth, the office has given a new one."""
    born, nik = person["birth_date"], str(person["nik"])
    assert isinstance(born, date)
    day = f"{born.day + 40 * (person['sex'] == 'P'):02d}{born:%m%y}"
    return nik if nik[6:12] == day and nik.startswith("3301") else f"330101{day}{1000 + number:04d}"


def repaired(content: bytes, found: ListReading, people: People, home: str) -> bytes:
    """What a careful clerk makes of the marks: the truth in every marked cell, in the way the column writes it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    fields = {(t.sheet, c.letter): c.field for t in found.tables for c in t.columns}
    for number, (_, sheet, row, cells) in enumerate(to_repair(found)):
        person, page = people[sheet, row], book[sheet]
        assert cells != [""], "a problem without a cell"
        for cell in cells:
            page[cell] = _right(fields[sheet, cell.rstrip("0123456789")], person, number, home)
    return saved(book)


def _right(field: str | None, person: Person, number: int, home: str) -> object:
    born = person["birth_date"]
    assert isinstance(born, date)
    return {
        "nik": card(person, number),
        "birth_date": f"{born:%d-%m-%Y}", "birth": f"{person.get('birth_place')}, {born:%d-%m-%Y}",
        "birth_day": born.day, "birth_month": born.month, "birth_year": born.year,
        "sex": person["sex"], "male": "v" if person["sex"] == "L" else None,
        "female": "v" if person["sex"] == "P" else None,
        "village": home, "address": f"Kp. Sawah RT 01/02 Ds. {home}", "name": person["name"],
    }[str(field)]  # fmt: skip


def look(content: bytes, but: set[tuple[str, str]]) -> dict[str, object]:
    """Styles of all cells but those named; widths, heights, merged cells, panes of all sheets."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    seen: dict[str, object] = {}
    for sheet in book.worksheets:
        seen[sheet.title] = (sorted(map(str, sheet.merged_cells.ranges)), sheet.freeze_panes, sheet.sheet_state)
        seen[f"{sheet.title} widths"] = (sheet.column_dimensions["B"].width, sheet.row_dimensions[1].height)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.has_style and (sheet.title, cell.coordinate) not in but:
                    style = (cell.fill, cell.font, cell.border, cell.number_format, cell.alignment.horizontal)
                    seen[f"{sheet.title}!{cell.coordinate}"] = repr(style)
    return seen


def of_layout(number: int, small: InventedRegency, folder: Path, written: WrittenLists) -> tuple[str, str]:
    """A list written in this layout, and the name of its village."""
    works = district_works(folder, small.places, small.people, seed=small.seed, as_of=small.as_of, mess=MESS)
    for work in works:
        files = written.rows.filter(pl.col("file").str.starts_with(f"{work.directory}/"))["file"]
        for file, place in zip(files.unique(maintain_order=True), work.places.iter_rows(named=True), strict=True):
            if place["number"] % len(LAYOUTS) == number:
                return str(file), str(place["village"])
    raise AssertionError("no list in this layout")


def touched(found: ListReading) -> set[tuple[str, str]]:
    """The cells that an answer may change: those that are wrong, and NIKs, which become text."""
    marked = {(sheet, cell) for _, sheet, _, cells in to_repair(found) for cell in cells}
    rows = found.rows.filter(pl.col("state") == "data")
    niks = [(table.sheet, column.letter) for table in found.tables for column in table.columns if column.field == "nik"]
    return marked | {
        (sheet, f"{letter}{row}") for sheet, letter in niks for row in rows.filter(sheet=sheet)["row"].to_list()
    }


def round_trip(
    content: bytes, file: str, people: People, home: str, gazetteer: Gazetteer, *, dressed: bool = True
) -> int:
    """Sends, marks, repairs and sends again; how many problems were repaired. `dressed`: the look is the sender's."""
    place = {"gazetteer": gazetteer, "area": RegionCode("33.01"), "as_of": AS_OF}
    found = first = read_file(content, file, **place)
    back, name, changed = content, file, touched(first)
    for _ in range(2):  # what was missing may contradict what nothing could be held against before
        answer, name = answered(back, name, found), str(Path(file).with_name(corrected_name(file)))
        marked = read_file(answer, name, **place)
        assert to_repair(marked) == to_repair(found)
        back = repaired(answer, marked, people, home)
        before, found = to_repair(found), read_file(back, name, **place)
        changed |= touched(found)
        if not to_repair(found):
            break
        typed = {(sheet, row) for code, sheet, row, _ in before if code.startswith(("nik_", "date_"))}
        assert {(code, (sheet, row) in typed) for code, sheet, row, _ in to_repair(found)} == {
            ("nik_birthdate_mismatch", True)
        }
    assert to_repair(found) == []
    assert [sum(reading.rows["state"] == "data") for reading in (first, found)] == [len(people)] * 2
    if dressed:
        after = look(back, set())
        assert {place: style for place, style in look(content, changed).items() if after[place] != style} == {}
        again = colours(answered(back, name, found))
        assert {place: colour for place, colour in colours(content).items() if again.get(place) != colour} == {}
    return len(to_repair(first))


def colours(content: bytes) -> dict[tuple[str, str], str]:
    """The colour of every cell that has one."""
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
    return {(c.parent.title, c.coordinate): str(c.fill.fgColor.rgb) for c in cells if c.fill.fill_type}


def answered(content: bytes, name: str, found: ListReading) -> bytes:
    frames = {"rows": found.rows, "problems": found.problems, "tables": found.tables}
    return corrected_workbook(content, name, **frames, sentences={})


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(LAYOUTS)), ids=[layout.name for layout in LAYOUTS])
def test_a_repaired_list_comes_back_without_problems(number, sent, small, gazetteer):
    folder, written = sent
    file, village = of_layout(number, small, folder, written)
    people = people_of(file, small, written)
    assert round_trip(dressed((folder / file).read_bytes()), file, people, village, gazetteer) > 5


def people_of(file: str, small: InventedRegency, written: WrittenLists) -> People:
    """What is true of the person in each row."""
    trail = written.rows.filter((pl.col("file") == file) & (pl.col("kind") == "person"))
    listed = small.people.filter(pl.col("person_id").is_in(trail["person_id"].to_list()))
    known = {row["person_id"]: row for row in listed.iter_rows(named=True)}
    return {(sheet, row): known[who] for sheet, row, who in trail.select("sheet", "row", "person_id").iter_rows()}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["jakon", "village_officials", "non_asn", "perisai"])
def test_the_list_of_an_office_comes_back_without_problems(kind, sent, small, gazetteer):
    folder, written = sent
    start = {
        "jakon": "03_jakon/",
        "village_officials": "05_dinas/perangkat",
        "non_asn": "05_dinas/non",
        "perisai": "06_",
    }
    file = next(name for name in written.rows["file"].unique(maintain_order=True) if name.startswith(start[kind]))
    content = dressed((folder / file).read_bytes())
    assert round_trip(content, file, people_of(file, small, written), NAMES[0], gazetteer) > 0


@pytest.mark.slow
def test_a_text_file_comes_back_as_a_workbook_without_problems(sent, small, gazetteer):
    folder, written = sent
    file = "05_dinas/dtsen_desil.csv"
    place = {"gazetteer": gazetteer, "area": RegionCode("33.01"), "as_of": AS_OF}
    found = read_file((folder / file).read_bytes(), file, **place)
    answer, name = answered((folder / file).read_bytes(), file, found), corrected_name(file)
    sheet = read_file(answer, name, **place).tables[0].sheet
    people = {(sheet, row): person for (_, row), person in people_of(file, small, written).items()}
    assert round_trip(answer, name, people, NAMES[0], gazetteer, dressed=False) == len(to_repair(found)) > 5


def test_a_messy_list_comes_back_with_the_colours_and_words_of_its_sender(gazetteer):
    people = {("Rekap", 9 + n): person for n, person in enumerate(MESSY)}
    assert round_trip(messy(), "kiriman WA.xlsx", people, NAMES[0], gazetteer) == 6


MESSY: list[Person] = [
    {"name": "JAJANG NURDIN", "nik": "3301011203800001", "birth_date": date(1980, 3, 12), "sex": "L"},
    {"name": "ENOK RUKOYAH", "nik": "3301015204850002", "birth_date": date(1985, 4, 12), "sex": "P"},
    {"name": "DADANG SOBARI", "nik": "3301010506900003", "birth_date": date(1990, 6, 5), "sex": "L"},
    {"name": "LILIS HERAWATI", "nik": "3301014107950004", "birth_date": date(1995, 7, 1), "sex": "P"},
]  # fmt: skip


def messy() -> bytes:
    """A header of two lines far down, an address merged over a family, notes beside the table, formulas, a locked
    sheet, colours of the sender under what is wrong, a remark in a cell."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Rekap"
    page["B2"], page["B3"] = "PENDATAAN PEKERJA RENTAN", f"Desa {NAMES[0]} Kec. Satriamukti"
    page["K2"] = "tolong segera, ditunggu pa camat"
    for column, words in enumerate(["NO", "NAMA", "NIK", "LAHIR", None, "JK", "ALAMAT"], 2):
        page.cell(7, column, words)
    page["E8"], page["F8"] = "TEMPAT", "TANGGAL"
    page.merge_cells("E7:F7")
    wrong = [
        ("33010112O3800001", "12-03-1980"), (None, "31-04-1985"), ("3301010506900003", "Juni"), ("33010141079500", ""),
    ]  # fmt: skip
    for number, (person, (nik, born)) in enumerate(zip(MESSY, wrong, strict=True)):
        row = 9 + number
        values = [f"=ROW()-{8}", person["name"], nik, "Cilacap", born, person["sex"], "Kp. Sawah RT 01/02"]
        for column, value in enumerate(values, 2):
            page.cell(row, column, value)
    page.merge_cells("H9:H10")
    for place, colour in {"D9": "FFFFFF00", "F10": "FF92D050", "C11": "FFFF0000", "D12": "FFFFC000"}.items():
        page[place].fill = PatternFill("solid", fgColor=colour)
    page["F11"].comment = Comment("kata istrinya bulan Juni", "Kasi Pelayanan")
    page["B14"], page["F16"] = "Jumlah", "Kepala Desa"
    page.column_dimensions["G"].hidden = True
    page.protection.sheet = True
    return saved(book)
