"""A list comes back marked in its sender's own layout, reads as before, and is clean once it is repaired."""

import io
import zipfile
from datetime import date

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from workbooks import data, workbook

from jangkau.core.kernel import Refused, Unknown
from jangkau.core.reading import read_file
from jangkau.core.reading.answers import NOTES, corrected_name, corrected_workbook, form_kinds, template_for
from jangkau.core.reading.answers.marks import AMBER, SheetMarks
from jangkau.core.reading.answers.plain import LAST_ROW, write_plain_workbook
from jangkau.core.reading.sheets import Sheet

HEAD = ["NO", "NIK", "NAMA", "TANGGAL LAHIR", "L/P", "PEKERJAAN"]
GOOD = [1, "3202011203809001", "UJANG SUKMANA", "12-03-1980", "L", "Tani"]
SHORT = [2, "320201120380", "EUIS KARTINI", "12-04-1985", "P", "Buruh"]
LOST = [3, 3202010105909000, "ASEP HIDAYAT", "01-05-1990", "L", "Tani"]
BAD_DAY = [4, "3202011207779002", "DADANG", "32-07-1977", "L", "Tani"]
NUMBER = [5, 3202010203949003, "CECEP", "02-03-1994", "L", "=1+1"]
PEOPLE = [GOOD, SHORT, LOST, BAD_DAY, NUMBER]
TITLE = [["DAFTAR PEKERJA DESA CITEPUS"], ["KECAMATAN PALABUHANRATU"], []]
WORDS = {
    "nik_length": ("NIK bukan 16 angka", "Ketik ulang dari KTP."),
    "nik_precision_lost": ("NIK kehilangan angka terakhir", "Ketik ulang dari KTP."),
    "date_unreadable": ("Tanggal lahir tidak terbaca", "Tulis tanggal-bulan-tahun."),
    "deceased": ("Ditandai meninggal", "Tidak dihitung lagi."),
}
SAME = ["row", "state", "problems", "nik", "name", "birth_date", "sex", "village_code"]


def unheard(share: float) -> None:
    """Nobody waits for the progress."""


def answer(content: bytes, found, name: str = "daftar.xlsx") -> bytes:
    return corrected_workbook(
        content, name, rows=found.rows, problems=found.problems, tables=found.tables, sentences=WORDS
    )


def fixable(found) -> list[tuple[str, str]]:
    return found.problems.filter(~pl.col("code").is_in(list(NOTES))).select("code", "cell").rows()


@pytest.fixture
def sent() -> bytes:
    """The list as an officer would lay it out: merged title, colours, widths, a formula, a remark, a locked sheet."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([*TITLE, HEAD, *PEOPLE], [["catatan kantor"]])))
    page = book["Sheet1"]
    page.merge_cells("A1:F1")
    page["A1"].font = Font(bold=True, size=16)
    for cell in page[4]:
        cell.fill = PatternFill("solid", fgColor="92D050")
    page["C5"].fill = PatternFill("solid", fgColor="FFFF00")
    page["C5"].comment = Comment("tetangga", "Sekdes")
    page.column_dimensions["C"].width = 33
    page.row_dimensions[7].hidden = True
    page.protection.sheet = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def opened(sent, read):
    found = read(sent)
    back = answer(sent, found)
    return found, back, openpyxl.load_workbook(io.BytesIO(back))


def test_the_answer_reads_as_the_list_that_was_sent(opened, read):
    found, back, _ = opened
    assert read(back).rows.select(SAME).equals(found.rows.select(SAME))
    assert read(back).kind == found.kind
    assert [code for code, _ in fixable(found)] == ["nik_length", "nik_precision_lost", "date_unreadable"]


def test_an_answer_of_an_answer_stays_the_same(opened, read):
    _, back, _ = opened
    again = answer(back, read(back))
    assert read(again).rows.equals(read(back).rows)
    page = openpyxl.load_workbook(io.BytesIO(again))["Sheet1"]
    assert [cell.value for cell in page[4]] == [*HEAD, "STATUS JANGKAU", "PERLU DIPERBAIKI"]


def test_two_columns_say_row_by_row_what_is_wrong(opened):
    page = opened[2]["Sheet1"]
    assert [page.cell(row, 7).value for row in range(4, 10)] == [
        "STATUS JANGKAU", "terbaca baik", "perlu diperbaiki", "perlu diperbaiki", "perlu diperbaiki", "terbaca baik",
    ]  # fmt: skip
    assert page["H5"].value is None
    assert page["H6"].value == "B6: NIK bukan 16 angka. Ketik ulang dari KTP."
    assert page["G4"].fill.fgColor.rgb == page["F4"].fill.fgColor.rgb


def test_wrong_cells_are_amber_with_a_comment_that_names_nobody(opened):
    page = opened[2]["Sheet1"]
    for address in ("B6", "B7", "D8"):
        assert page[address].fill.fgColor.rgb == f"00{AMBER}"
        assert page[address].comment.text
    texts = " ".join(cell.comment.text for row in page for cell in row if cell.comment)
    assert not any(ch.isdigit() for ch in texts.replace("16", ""))
    assert not any(str(who[2]) in texts for who in PEOPLE)
    assert page["B5"].comment is None and not page["B5"].fill.fill_type


def test_styles_of_the_sender_are_kept_and_cells_can_be_repaired(opened):
    book = opened[2]
    page = book["Sheet1"]
    assert book.sheetnames == ["Sheet1", "Sheet2"] and book["Sheet2"]["A1"].value == "catatan kantor"
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A1:F1"]
    assert page["A1"].font.b and page["A1"].font.sz == 16
    assert page["C5"].fill.fgColor.rgb == "00FFFF00" and page["C5"].comment.text == "tetangga"
    assert page.column_dimensions["C"].width == 33 and page.row_dimensions[7].hidden
    assert not page.protection.sheet


def test_niks_become_text_unless_a_digit_is_lost(opened):
    page = opened[2]["Sheet1"]
    assert page["B9"].value == "3202010203949003" and page["B9"].data_type == "s"
    assert page["B7"].value == 3202010105909000
    assert {page.cell(row, 2).number_format for row in range(5, 10)} == {"@"}


def test_no_text_turns_into_a_formula(opened):
    cell = opened[2]["Sheet1"]["F9"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_formulas_become_the_values_they_had(read):
    stream = io.BytesIO(workbook([*TITLE, HEAD, GOOD, SHORT]))
    book = openpyxl.load_workbook(stream)
    book["Sheet1"]["F5"] = '=HYPERLINK("http://example.invalid")'
    changed = io.BytesIO()
    book.save(changed)
    back = openpyxl.load_workbook(io.BytesIO(answer(changed.getvalue(), read(changed.getvalue()))))
    assert all(cell.data_type != "f" for row in back["Sheet1"] for cell in row)


def test_links_to_other_files_are_dropped_and_merged_cells_left_alone(sent, read):
    book = openpyxl.load_workbook(io.BytesIO(sent))
    page = book["Sheet1"]
    book.defined_names["luar"] = DefinedName("luar", attr_text="[1]Lain!$A$1")
    book.defined_names["dalam"] = DefinedName("dalam", attr_text="Sheet1!$A$1")
    for formula in ("[1]Lain!$A$1:$A$3", '"L,P"'):
        rule = DataValidation("list", formula1=formula)
        rule.add("E5:E9")
        page.add_data_validation(rule)
    page.merge_cells("A10:G10")
    page.merge_cells("F6:H6")
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    back = openpyxl.load_workbook(io.BytesIO(answer(stream.getvalue(), found)))
    assert list(back.defined_names) == ["dalam"]
    assert [rule.formula1 for rule in back["Sheet1"].data_validations.dataValidation] == ['"L,P"']
    assert [back["Sheet1"].cell(4, column).value for column in (9, 10)] == ["STATUS JANGKAU", "PERLU DIPERBAIKI"]


def test_two_people_in_merged_cells_keep_their_marks(read):
    book = openpyxl.load_workbook(io.BytesIO(workbook([*TITLE, HEAD, GOOD, SHORT, ["", "", *BAD_DAY[2:]]])))
    book["Sheet1"].merge_cells("B6:B7")
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    back = answer(stream.getvalue(), found)
    assert read(back).rows.select(SAME).equals(found.rows.select(SAME))
    page = openpyxl.load_workbook(io.BytesIO(back))["Sheet1"]
    assert [str(merged) for merged in page.merged_cells.ranges] == ["B6:B7"]
    assert page["G7"].value == "perlu diperbaiki"


def test_a_text_pasted_into_one_column_comes_back_in_columns(read):
    lines = [
        "NO   NIK                NAMA             TANGGAL LAHIR   L/P",
        *(f"{n}    320201120380900{n}   UJANG {'ABCDEFGH'[n]}          12-03-1980      L" for n in range(1, 8)),
        "8    32020112038        EUIS             12-04-1985      P",
    ]
    content = workbook([[line] for line in lines])
    found = read(content)
    assert found.rows.filter(state="data").height == 8
    back = answer(content, found)
    assert read(back).rows.select(SAME).equals(found.rows.select(SAME))
    page = openpyxl.load_workbook(io.BytesIO(back)).worksheets[0]
    assert page.cell(9, 7).value == "Baris ini: NIK bukan 16 angka. Ketik ulang dari KTP."
    assert page["B9"].number_format == "@"


def test_tables_of_excel_keep_their_place_without_formulas(read):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        page = made.add_worksheet("DATA")
        columns = [{"header": header} for header in HEAD[:5]] + [{"header": "PEKERJAAN", "formula": '="Tani"'}]
        page.add_table(0, 0, 2, 5, {"columns": columns, "data": [row[:5] for row in (GOOD, SHORT)]})
    found = read(stream.getvalue())
    back = answer(stream.getvalue(), found)
    assert read(back).rows.select(SAME).equals(found.rows.select(SAME))
    sheet = openpyxl.load_workbook(io.BytesIO(back))["DATA"]
    assert [table.ref for table in sheet.tables.values()] == ["A1:F3"]
    assert b"calculatedColumnFormula" not in zipfile.ZipFile(io.BytesIO(back)).read("xl/tables/table1.xml")
    assert sheet["G3"].value == "perlu diperbaiki"


def test_a_repaired_answer_has_nothing_left_to_repair(opened, read):
    found, _, book = opened
    right = {
        "nik_length": "3202015204859001",
        "nik_precision_lost": "3202010105909004",
        "date_unreadable": "12-07-1977",
    }
    for code, address in fixable(found):
        book["Sheet1"][address].value = right[code]
    stream = io.BytesIO()
    book.save(stream)
    repaired = read(stream.getvalue())
    assert fixable(repaired) == []
    assert repaired.rows.filter(state="data").height == 5
    page = openpyxl.load_workbook(io.BytesIO(answer(stream.getvalue(), repaired)))["Sheet1"]
    assert {page.cell(row, 7).value for row in range(5, 10)} == {"terbaca baik"}
    assert not any(cell.fill.fgColor.rgb == f"00{AMBER}" for row in page for cell in row)
    assert [cell.comment.text for row in page for cell in row if cell.comment] == ["tetangga"]
    assert page["C5"].fill.fgColor.rgb == "00FFFF00"


def test_a_note_asks_for_no_repair(read):
    content = workbook([*TITLE, [*HEAD, "KETERANGAN"], [*GOOD, "meninggal"], [*SHORT, ""]])
    page = openpyxl.load_workbook(io.BytesIO(answer(content, read(content))))["Sheet1"]
    assert [cell.value for cell in page[5]][7:] == ["terbaca baik", "Catatan: Ditandai meninggal. Tidak dihitung lagi."]


@pytest.mark.parametrize(
    "lines",
    [
        [*TITLE, HEAD, GOOD, SHORT, ["JUMLAH", 2], [], HEAD, LOST, BAD_DAY],  # the header repeats
        [*TITLE, HEAD, [n + 1 for n in range(6)], GOOD, SHORT, BAD_DAY],  # numbered columns
        [GOOD, NUMBER, [6, *BAD_DAY[1:]]],  # no header
        [*TITLE, HEAD, GOOD, SHORT, [], [*[""] * 6, "Mengetahui,"], [*[""] * 6, "KEPALA DESA"]],
        [*TITLE, ["RW", "JUMLAH"], ["001", 5], [], HEAD, GOOD, SHORT],  # a summary before the list
        [*TITLE, [*HEAD[:3], "TTL", "", "L/P"], ["", "", "", "TEMPAT", "TANGGAL", ""],
         [1, GOOD[1], GOOD[2], "SUKABUMI", "12-03-1980", "L"], [2, SHORT[1], SHORT[2], "BOGOR", "31-02-1985", "P"]],
    ],
    ids=["repeated", "numbered", "headless", "signed", "summary", "two lines"],
)  # fmt: skip
@pytest.mark.parametrize("plain", [False, True])
def test_layouts_read_the_same_when_they_come_back(lines, plain, read, monkeypatch):
    if plain:
        monkeypatch.setattr("jangkau.core.reading.answers.corrected.MOST_ROWS", 0)
    content = workbook(lines, [["x"]])
    found = read(content)
    back = read(answer(content, found))
    assert back.rows.select("sheet", *SAME).equals(found.rows.select("sheet", *SAME))
    assert back.kind == found.kind and found.rows.filter(state="data").height


def test_tables_side_by_side_keep_both_people_of_a_line(read):
    content = workbook([*TITLE, [*HEAD, *HEAD], [*GOOD, *SHORT], [*LOST, *BAD_DAY]])
    found = read(content)
    for back in (answer(content, found), write_plain_workbook([*_parts(content)], {}, "x", unheard)):
        assert sorted(data(read(back), *SAME[3:]), key=str) == sorted(data(found, *SAME[3:]), key=str)


def _parts(content: bytes) -> list[Sheet]:
    from jangkau.core.reading.formats import read_sheets

    return read_sheets(content, "daftar.xlsx")


def test_text_files_come_back_as_workbooks(read):
    lines = ["NO;NIK;NAMA;TGL LAHIR", "1;3202011203809001;UJANG;12-03-1980", "", "2;32020112;-EUIS;32-04-1985"]
    content = "\r\n".join(lines).encode()
    found = read(content, "data.csv")
    back = answer(content, found, "data.csv")
    assert read(back, corrected_name("data.csv")).rows.select(SAME).equals(found.rows.select(SAME))
    page = openpyxl.load_workbook(io.BytesIO(back)).worksheets[0]
    assert page.title == "Daftar" and page["C4"].quotePrefix and page["B4"].number_format == "@"
    assert page["B4"].comment and page["B4"].fill.fgColor.rgb == f"FF{AMBER}"


def test_a_plain_workbook_keeps_kinds_hidden_sheets_and_names(read, monkeypatch):
    monkeypatch.setattr("jangkau.core.reading.answers.corrected.MOST_BYTES", 0)
    born = [6, 3202010105909000, "IIS", date(1990, 5, 1), "P", True]
    sent = openpyxl.load_workbook(
        io.BytesIO(workbook([["rahasia"]], [*TITLE, HEAD, NUMBER, born, BAD_DAY], names=["a", "DATA"]))
    )
    sent["a"].sheet_state, sent.active = "hidden", 1
    stream = io.BytesIO()
    sent.save(stream)
    found = read(stream.getvalue())
    back = answer(stream.getvalue(), found)
    assert read(back).rows.select("sheet", *SAME).equals(found.rows.select("sheet", *SAME))
    book = openpyxl.load_workbook(io.BytesIO(back))
    assert [page.sheet_state for page in book] == ["hidden", "visible"] and book.active.title == "DATA"
    assert book["DATA"]["D6"].is_date and book["DATA"]["F6"].value is True
    assert book["DATA"]["B5"].value == str(NUMBER[1]) and book["DATA"]["B6"].value == born[1]


def test_a_workbook_that_only_half_opens_comes_back_plain(sent, read, monkeypatch):
    def refuse(*_, **__):
        raise KeyError("xl/styles.xml")

    monkeypatch.setattr("openpyxl.load_workbook", refuse)
    found = read(sent)
    assert read(answer(sent, found)).rows.select(SAME).equals(found.rows.select(SAME))


def test_more_lines_than_a_sheet_holds_are_refused():
    long = Sheet("", pl.Series([LAST_ROW + 1], dtype=pl.Int32), pl.DataFrame({"c0": ["x"]}))
    with pytest.raises(Refused, match=r"1\.048\.576"):
        write_plain_workbook([long], {}, "besar.csv", unheard)


def test_names_of_sheets_that_excel_refuses_are_changed():
    one = pl.DataFrame({"c0": ["x"]})
    sheets = [Sheet(name, pl.Series([1], dtype=pl.Int32), one) for name in ("A/B", "A:B", "x" * 40)]
    book = openpyxl.load_workbook(io.BytesIO(write_plain_workbook(sheets, {"A/B": SheetMarks()}, "x", unheard)))
    assert book.sheetnames == ["A B", "A B 2", "x" * 31]


cells = st.one_of(st.none(), st.sampled_from([*GOOD[1:], *LOST[1:], "=1+1", "-", "JUMLAH", "Mengetahui", "'0812"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(cells, min_size=5, max_size=5), max_size=6))
def test_any_rows_under_a_header_come_back_the_same(gazetteer, rows):
    from conftest import AREA, TODAY

    content = workbook([*TITLE, HEAD, GOOD, *([n, *row] for n, row in enumerate(rows, 2))])
    given_to = {"gazetteer": gazetteer, "area": AREA, "as_of": TODAY}
    found = read_file(content, "daftar.xlsx", **given_to)
    back = read_file(answer(content, found), "daftar.xlsx", **given_to)
    assert back.rows.select(SAME).equals(found.rows.select(SAME))


FILLED = {
    "NIK": "3202011203809001", "NAMA LENGKAP": "UJANG SUKMANA", "TANGGAL LAHIR": "12-03-1980", "L/P": "L", "NO": 1,
    "KPJ": "26000000001", "NPP": "AA000001", "NAMA PERUSAHAAN": "PT CONTOH", "NIB": "1234567890123", "DESIL": 2,
    "SEGMEN": "BPU", "TANGGAL KEGIATAN": "01-10-2026", "KEGIATAN": "Sosialisasi", "LOKASI": "Aula Desa Citepus",
    "NAMA AGEN": "AGEN A", "UPAH/HARI": 100000, "UNIT KERJA": "SDN 1", "JABATAN": "Ketua RT",
    "NAMA KEGIATAN": "Rabat beton", "PAGU": 90000000,
}  # fmt: skip


@pytest.mark.parametrize("kind", form_kinds())
def test_a_filled_form_is_read_as_its_kind(kind, read):
    book = openpyxl.load_workbook(io.BytesIO(template_for(kind)))
    page = book["DAFTAR"]
    for cell in page[3]:
        if cell.value in FILLED:
            page.cell(4, cell.column, FILLED[cell.value])
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue(), "contoh.xlsx")
    assert found.kind == kind
    assert found.rows.filter(state="data")["row"].to_list() == [4]
    assert all(column.field for column in found.tables[0].columns), found.tables[0].columns


def test_an_empty_form_holds_no_rows(read):
    assert read(template_for("workers"), "contoh.xlsx").rows.filter(state="data").is_empty()


def test_a_kind_without_a_form_is_unknown():
    with pytest.raises(Unknown):
        template_for("unknown")
