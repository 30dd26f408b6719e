"""Bytes that are workbooks, text in any encoding, or neither."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from workbooks import data, line_kinds, workbook

from jangkau.core.kernel import Corrupt, Refused
from jangkau.core.reading import formats
from jangkau.core.reading.sheets import cell_text, from_grid
from jangkau.core.reading.text import separator_of

ANI, BUDI = "3202014107905001", "3202010203859002"
LINES = ["NO{0}NIK{0}NAMA{0}ALAMAT", f"1{{0}}{ANI}{{0}}ANI Ü{{0}}Kp. A", "", f"2{{0}}{BUDI}{{0}}BUDI{{0}}Kp. B"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_in_any_encoding_with_any_separator(read, separator, encoding, newline):
    found = read(newline.join(LINES).format(separator).encode(encoding), "a/daftar.txt")
    assert data(found, "row", "nik", "name") == [(2, ANI, "ANI Ü"), (4, BUDI, "BUDI")]


def test_a_hint_of_the_separator(read):
    found = read(("sep=;\n" + "\n".join(LINES).format(";")).encode(), "daftar.csv")
    assert data(found, "row") == [3, 5]


def test_quoted_cells_keep_the_number_of_their_first_line(read):
    text = f'NIK,NAMA,ALAMAT\n{ANI},"ANI ""A""","Kp. A,\nDesa Citepus"\n{BUDI},BUDI,"Kp. B"\n'
    found = read(text.encode(), "daftar.csv")
    assert data(found, "row", "name", "address") == [(2, 'ANI "A"', "Kp. A, Desa Citepus"), (4, "BUDI", "Kp. B")]


def test_a_quote_that_is_never_closed_loses_nothing(read):
    lines = ["NIK;NAMA", f'{ANI};"ANI'] + [f"{BUDI};BUDI {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(60)]
    found = read("\n".join(lines).encode(), "daftar.csv")
    assert len(data(found, "row")) == 61 and data(found, "name")[:2] == ["ANI", "BUDI AA"]
    huge = '"' + "x" * 200_000
    assert read(("\n".join(lines) + "\n" + huge).encode(), "daftar.csv").rows.height == 63


def test_ragged_lines_keep_what_hangs_over(read):
    found = read(f"NIK;NAMA\n{ANI};ANI;lebih;lagi\n{BUDI}\n".encode(), "daftar.csv")
    assert data(found, "cells")[0] == [ANI, "ANI", "lebih", "lagi"]
    assert found.rows.height == 3


def test_a_text_file_with_a_line_of_text_is_one_line(read):
    found = read(b"halo\n", "catatan.txt")
    assert line_kinds(found) == {1: "title"}
    assert separator_of(["tanpa"]) == ","


@pytest.mark.parametrize(
    ("content", "name", "error", "word"),
    [
        (b"", "a/kosong.xlsx", Refused, "kosong"),
        (b"\xef\xbb\xbf \r\n", "kosong.csv", Refused, "kosong"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a/foto.xlsx", Corrupt, "gambar"),
        (workbook([["NIK", "NAMA"]])[:900], "terpotong.xlsx", Corrupt, "rusak"),
        (b"bukan buku kerja", "teks.xlsx", Corrupt, "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "lama.xls", Corrupt, "rusak"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "kunci.xlsx",
            Refused,
            "sandi",
        ),
        (b"halo", "surat.docx", Refused, "tidak berjenis"),
        (b"halo", "tanpaakhiran", Refused, "tidak berjenis"),
        (bytes(range(1, 9)) * 50, "biner.csv", Corrupt, "bukan teks"),
    ],
)
def test_files_that_cannot_be_read_say_why_in_one_sentence(read, content, name, error, word):
    with pytest.raises(error) as caught:
        read(content, name)
    assert word in caught.value.indonesian
    assert name.rpartition("/")[2] in caught.value.english and name.rpartition("/")[2] in caught.value.indonesian
    assert "/" not in caught.value.indonesian


def test_a_zip_that_is_no_workbook(read):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Corrupt):
        read(stream.getvalue(), "a.xlsx")


def test_a_password_told_by_the_reader_and_a_sheet_that_is_too_large(read, monkeypatch):
    content = workbook([["NIK", "NAMA"], [ANI, "ANI"]])
    monkeypatch.setattr(formats, "MAX_CELLS", 2)
    with pytest.raises(Refused, match="terlalu besar"):
        read(content)

    def locked(_):
        raise formats.calamine.PasswordError("locked")

    monkeypatch.setattr(formats, "_open", locked)
    with pytest.raises(Refused, match="sandi"):
        read(content)


def test_a_workbook_named_csv_is_still_a_workbook(read):
    assert data(read(workbook([["NIK", "NAMA"], [ANI, "ANI"]]), "daftar.csv"), "nik") == [ANI]


def test_cells_of_all_types_as_text():
    given = [
        "x",
        5.0,
        2.5,
        7,
        True,
        False,
        date(2026, 1, 2),
        datetime(2026, 1, 2, 3, 4),  # noqa: DTZ001  # a workbook knows no time zone
        datetime(2026, 1, 2),  # noqa: DTZ001  # the same
        time(1),
        timedelta(hours=1),
    ]
    assert [cell_text(v) for v in given] == [
        "x",
        "5",
        "2.5",
        "7",
        "TRUE",
        "FALSE",
        "2026-01-02",
        "2026-01-02 03:04:00",
        "2026-01-02",
        "01:00:00",
        "1:00:00",
    ]


def test_lines_of_blanks_are_no_lines():
    sheet = from_grid("A", [["a", ""], [" ", "\u00a0"], ["b"], [3.0, "x"]], top=2)
    assert sheet.rows.to_list() == [3, 5, 6] and sheet.cells.rows() == [("a", None), ("b", None), ("3", "x")]
    assert sheet.kinds[0].to_list() == [0, 0, 1]
    assert from_grid("B", []).height == 0


def test_a_stray_cell_far_to_the_right_does_not_widen_the_list(read):
    found = read(workbook([["NO", "NAMA", "NIK"], [1, "ANI", ANI, *[""] * 900, "x"]]))
    assert data(found, "nik", "cells") == [(ANI, ["1", "ANI", ANI, "x"])]
    sheet = from_grid("A", [["a"] * 500])
    assert sheet.width == 300 and sheet.letter(299) == "KN" and sheet.cells.row(0)[299] == " ".join("a" * 201)
