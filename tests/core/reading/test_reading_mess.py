"""Lists as they come: pasted, side by side, cut over columns, families under one card, days exchanged."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from workbooks import data, line_kinds, workbook

PEOPLE = [
    ("3202014107905001", "ANI SURYANI", date(1990, 7, 1), "P"),
    ("3202010203859002", "BUDI HERMAWAN", date(1985, 3, 2), "L"),
    ("3202011509819003", "CECEP WIGUNA", date(1981, 9, 15), "L"),
    ("3202015012889004", "DEDEH ROHAENI", date(1988, 12, 10), "P"),
]
NIKS = [nik for nik, *_ in PEOPLE]
HEAD = ["NO", "NIK", "NAMA", "TGL LAHIR", "L/P"]


def rows(day=lambda born: born.strftime("%d-%m-%Y")) -> list[list[object]]:
    return [[n, nik, name, day(born), sex] for n, (nik, name, born, sex) in enumerate(PEOPLE, 1)]


def values(found) -> list[tuple]:
    return data(found, "nik", "name", "birth_date", "sex")


def test_text_pasted_from_a_pdf(read):
    def line(cells):
        return "".join(str(cell).ljust(width) for cell, width in zip(cells, (5, 19, 22, 12, 4), strict=True)).rstrip()

    lines = ["   DATA PEKERJA DESA CITEPUS", "", line(HEAD), *map(line, rows())]
    lines.append(line(["5", "", "EUIS, BELUM PUNYA", "", "P"]))
    for found in (read("\n".join(lines).encode(), "data.txt"), read(workbook([[text] for text in lines]))):
        assert values(found)[:4] == PEOPLE
        assert data(found, "row", "name", "sex")[4] == (8, "EUIS, BELUM PUNYA", "P")
        assert line_kinds(found) == {1: "title", 3: "header"} and found.village_code == "32.02.01.2003"
        assert {column.letter for column in found.tables[0].columns} == {"A"}


def test_a_page_named_xls(read):
    cells = "".join("<tr>" + "".join(f"<td>{cell}&nbsp;" for cell in row) for row in [HEAD, *rows()])
    page = (
        f"<html><head><style>td{{}}</style></head><h1>DESA CITEPUS</h1><table>{cells}</table><p>Mengetahui<br></html>"
    )
    found = read(page.encode(), "data.xls")
    assert values(found) == PEOPLE and found.village_code == "32.02.01.2003"
    assert line_kinds(found) == {1: "title", 2: "header", 7: "signature"}


def test_cells_of_a_page_that_cover_others(read):
    page = (
        "<table><tr><th rowspan=2>NO<th rowspan=2>NIK<th rowspan=2>NAMA<th colspan=2>KELAHIRAN"
        "<tr><th>TEMPAT<th>TANGGAL"
        f"<tr><td>1<td>{NIKS[0]}<td>ANI<td>BOGOR<td>01-07-1990</table>"
    )
    found = read(page.encode("utf-16"), "data.xls")
    assert data(found, "nik", "birth_place", "birth_date") == [(NIKS[0], "BOGOR", date(1990, 7, 1))]


def test_an_xml_spreadsheet(read):
    cells = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in [HEAD, *rows()]
    )
    far = '<Row><Cell><Data>5</Data></Cell><Cell ss:Index="3"><Data>EUIS</Data></Cell><Cell ss:Index="5">P</Cell></Row>'
    book = (
        f'<?xml version="1.0"?><Workbook><Worksheet ss:Name="RW 1"><Table>{cells}{far}</Table></Worksheet></Workbook>'
    )
    found = read(book.encode(), "data.xls")
    assert values(found)[:4] == PEOPLE and data(found, "sheet", "name")[4] == ("RW 1", "EUIS")


def test_two_tables_side_by_side(read):
    left, right = rows()[:3], rows()[3:]
    lines = [[*a, "", *b] for a, b in zip(left, right + [[]] * 2, strict=True)]
    found = read(workbook([["DESA CITEPUS"], [*HEAD, "", *HEAD], *lines]))
    assert sorted(data(found, "nik")) == sorted(NIKS)
    assert sorted(data(found, "row")) == [3, 3, 4, 5] and line_kinds(found) == {1: "title", 2: "header"}
    assert [table.columns[0].letter for table in found.tables] == ["A", "G"]
    assert data(read(workbook([["NO", "NAMA", "NIK", "NAMA IBU"], [1, "ANI", NIKS[0], "ENTIN"]])), "nik") == [NIKS[0]]


@pytest.mark.parametrize("cut", [(4, 4, 4, 4), (6, 6, 4), (12, 4), (1,) * 16])
@pytest.mark.parametrize("kind", [str, int])
def test_a_nik_cut_over_columns(read, cut, kind):
    def pieces(nik):
        at = [sum(cut[:n]) for n in range(len(cut))]
        return [kind(nik[begin : begin + size]) for begin, size in zip(at, cut, strict=True)]

    head = ["NO", "NAMA", "NIK", *[""] * (len(cut) - 1), "L/P"]
    found = read(workbook([head, *([n, name, *pieces(nik), sex] for n, (nik, name, _, sex) in enumerate(PEOPLE, 1))]))
    assert data(found, "nik", "name", "sex") == [(nik, name, sex) for nik, name, _, sex in PEOPLE]


def test_one_card_for_a_merged_family(read):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["NO", "NO KK", "NAMA", "NIK"])
        for n, (nik, name, *_) in enumerate(PEOPLE, 1):
            sheet.write_row(n, 2, [name, nik])
        sheet.merge_range(1, 1, 3, 1, "3202010101169001")
        sheet.write(4, 1, "3202010101169002")
    found = read(stream.getvalue())
    assert data(found, "kk") == ["3202010101169001"] * 3 + ["3202010101169002"]


@pytest.mark.parametrize("form", ["%m/%d/%Y", "%m-%d-%y"])
def test_day_and_month_are_exchanged_when_the_nik_says_so(read, form):
    found = read(workbook([HEAD, *rows(lambda born: born.strftime(form))]))
    assert values(found) == PEOPLE
    assert not any(data(found, "problems"))


def test_a_date_that_the_nik_does_not_explain_stays(read):
    found = read(workbook([HEAD, [1, NIKS[1], "BUDI", "03-02-1986", "L"], [2, NIKS[2], "CECEP", "31-31-1981", "L"]]))
    assert data(found, "birth_date") == [date(1986, 2, 3), None]
    assert data(found, "problems") == [["nik_birthdate_mismatch"], ["date_unreadable"]]


def test_six_digit_dates_kept_as_numbers(read):
    found = read(workbook([HEAD, *rows(lambda born: int(born.strftime("%d%m%y")))]))
    assert values(found) == PEOPLE
    serials = read(workbook([HEAD, *rows(lambda born: (born - date(1899, 12, 30)).days)]))
    assert values(serials) == PEOPLE


def test_card_and_nik_under_each_others_header(read):
    def cards(n):
        return f"320201010116900{n // 2}"

    head = ["NO", "NIK", "NO KK", "NAMA", "TGL LAHIR"]
    lines = [[n, cards(n), row[1], *row[2:4]] for n, row in enumerate(rows(), 1)]
    found = read(workbook([head, *lines]))
    assert data(found, "nik") == NIKS and data(found, "kk") == [cards(n) for n in range(1, 5)]
    women = [[n, nik, "ANI", ""] for n, nik in enumerate(NIKS, 1)]
    assert data(read(workbook([["NO", "KK", "NAMA", "KET"], *women])), "nik") == NIKS
    members = [[n, nik, "ANI"] for n, nik in enumerate(NIKS, 1)]
    assert data(read(workbook([["NO", "NO PESERTA", "NAMA"], *members])), "nik") == NIKS


def test_three_lines_of_header(read):
    head = [
        ["NO", "IDENTITAS", "", "", "", "L/P"],
        ["", "NIK", "NAMA", "KELAHIRAN", "", ""],
        ["", "", "", "TEMPAT", "TANGGAL", ""],
    ]
    lines = [[row[0], row[1], row[2], "Bogor", row[3], row[4]] for row in rows()]
    found = read(workbook([*head, *lines]))
    assert values(found) == PEOPLE and data(found, "birth_place") == ["BOGOR"] * 4
    assert set(line_kinds(found).values()) == {"header"}


def test_a_place_before_the_date_is_the_place_of_birth(read):
    lines = [[row[0], row[1], row[2], "Bogor", row[3]] for row in rows()]
    found = read(workbook([["NO", "NIK", "NAMA", "TEMPAT", "TANGGAL LAHIR"], *lines]), "Desa Citepus.xlsx")
    assert data(found, "birth_place") == ["BOGOR"] * 4 and not any(data(found, "problems"))


def test_names_without_any_number_end_at_the_signature(read):
    names = [["ANI", "RT 1 RW 2", "Petani"], ["BUDI", "RT 1 RW 2", ""], ["CECEP", "RT 3 RW 2", "Ojek"]]
    lines = [["NAMA", "ALAMAT", "PEKERJAAN"], *names, [], ["", "", "Mengetahui"], ["", "", "Kepala Desa"]]
    found = read(workbook(lines))
    assert data(found, "name") == ["ANI", "BUDI", "CECEP"]
    assert set(line_kinds(found).values()) == {"header", "signature"}


def test_quotes_that_are_never_closed_and_formulas_around_text(read):
    lines = [";".join(map(str, row)) for row in [HEAD, *rows()]]
    broken = [lines[0], lines[1].replace("ANI", '"ANI'), lines[2], lines[3].replace("CECEP", '"CECEP'), lines[4]]
    assert [name for _, name, *_ in values(read("\n".join(broken).encode(), "a.csv"))] == [n for _, n, *_ in PEOPLE]
    wrapped = [line.replace(nik, f'="{nik}"') for line, nik in zip(lines[1:], NIKS, strict=True)]
    assert values(read("\n".join([lines[0], *wrapped]).encode(), "a.csv")) == PEOPLE


def test_words_around_a_nik_and_a_forgotten_separator(read):
    found = read(
        workbook(
            [HEAD, [1, f"NIK. {NIKS[0]}", "ANI", "01/071990", "Awewe"], [2, f"{NIKS[1]} (KTP)", "BUDI", "", "Lalaki"]]
        )
    )
    assert data(found, "nik", "sex") == [(NIKS[0], "P"), (NIKS[1], "L")]
    assert data(found, "birth_date") == [date(1990, 7, 1), None]


def test_a_row_with_nothing_but_its_number_and_a_name_is_a_row(read):
    found = read(
        workbook([["NO", "NAMA", "NIK"], [1, "ANI", NIKS[0]], [2, "BUDI"], [3, "CECEP", NIKS[2]], [4, "DEDEH"]])
    )
    assert data(found, "name") == ["ANI", "BUDI", "CECEP", "DEDEH"]
    assert data(found, "problems")[3] == ["nik_missing"]


def test_a_card_before_the_nik_without_any_header(read):
    found = read(workbook([["3202010101169001", *row[1:]] for row in rows()]))
    assert data(found, "nik") == NIKS and data(found, "kk") == ["3202010101169001"] * 4


def test_a_slash_between_place_and_date_of_birth(read):
    lines = [[row[0], row[1], row[2], f"Bogor / {row[3]}"] for row in rows()]
    assert data(read(workbook([["NO", "NIK", "NAMA", "TTL"], *lines])), "birth_place", "birth_date") == [
        ("BOGOR", born) for _, _, born, _ in PEOPLE
    ]
    assert values(read(workbook([["NO", "NIK", "NAMA", "TGL/BLN/THN LAHIR", "L/P"], *rows()]))) == PEOPLE


@pytest.mark.parametrize(
    "head",
    [
        ["No", "Ngaran", "NIK", "Titimangsa Lahir", "JK"],
        ["Nr", "Nami Lengkep", "N.I.K", "TL", "Jns Klmn"],
        ["#", "Full name", "National ID", "DOB", "Gender"],
    ],
)
def test_headers_in_other_tongues_and_short_forms(read, head):
    lines = [[n, name, nik, born.strftime("%d.%m.%y"), sex] for n, (nik, name, born, sex) in enumerate(PEOPLE, 1)]
    assert values(read(workbook([head, *lines]))) == PEOPLE


def test_named_pieces_of_a_nik_that_lost_their_zeros(read):
    lines = [[name, *(int(nik[at : at + 4]) for at in (0, 4, 8, 12))] for nik, name, *_ in PEOPLE]
    low = [["EUIS", 3202, 101, 190, 1], ["FAJAR", 3202, 102, 285, 2], ["GINA", 3202, 143, 385, 3]]
    found = read(workbook([["NAMA", "NIK 1", "NIK 2", "NIK 3", "NIK 4"], *low, *lines]))
    assert data(found, "nik") == ["3202010101900001", "3202010202850002", "3202014303850003", *NIKS]
