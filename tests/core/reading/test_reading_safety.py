"""Files made to harm: each is read or refused with a sentence, quickly."""

import io
import struct
import time
import zipfile

import pytest
import small_files
from workbooks import data, workbook

from jangkau.core.kernel import Corrupt, Refused
from jangkau.core.reading import archives, formats, is_archive, limits, unpack

ANI, BUDI = "3202014107905001", "3202010203859002"
ROWS = [["NO", "NIK", "NAMA", "TGL LAHIR", "L/P"], [1, ANI, "ANI", "01-07-1990", "P"], [2, BUDI, "BUDI", 31108, "L"]]
SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"


def with_part(content: bytes, part: str, change) -> bytes:
    """The workbook with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


def grown(extra: bytes) -> bytes:
    return with_part(workbook(ROWS), SHEET, lambda xml: xml.replace(END, extra + END))


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read):
    bomb = grown(b"<!--" + b"A" * 60_000_000 + b"-->")
    begun = time.process_time()
    with pytest.raises(Refused, match="terlalu besar"):
        read(bomb)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("head", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_declarations_are_refused(read, head):
    trap = with_part(workbook(ROWS), SHEET, lambda xml: xml.replace(b"<worksheet", head.encode() + b"<worksheet", 1))
    with pytest.raises(Refused, match="tidak aman"):
        read(trap)


def test_two_cells_at_the_corners_of_a_sheet_are_refused(read):
    with pytest.raises(Refused, match="terlalu besar"):
        read(grown(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def repeated(part: bytes, count: int) -> bytes:
    """An OpenDocument sheet in which the first element like `part` repeats."""
    attribute = b"rows" if part.endswith(b"row>") else b"columns"
    put = part[:-1] + b' table:number-%b-repeated="%d">' % (attribute, count)
    return with_part(small_files.ods(small_files.ROWS), "content.xml", lambda xml: xml.replace(part, put, 1))


STRAY = [
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="50"><c r="A50"><v>1</v></c></row>',
    b'<row><c r="XFD1048576"><v>1</v></c></row>',
    b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    b'<row\nr="1048576"><c\nr="XFD1048576"><v>1</v></c></row>',
    b'<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
    b'<row r="1048576"><c r="Z1048576"><v>1</v></c></row>',
]


@pytest.mark.parametrize("stray", STRAY)
def test_a_stray_cell_is_found_however_it_is_written(read, stray):
    with pytest.raises(Refused, match="terlalu besar"):
        read(grown(stray))


def test_other_formats_cannot_reach_too_far_either(read):
    far = [["x"] * 2] * 3
    old, binary = small_files.xls(far), small_files.xlsb(far)
    cell = struct.pack("<HHHHHI", 0xFD, 10, 2, 1, 0, 0)  # xls: row 2, column 1 of texts
    assert cell in old
    moved = old.replace(cell, struct.pack("<HHHHHI", 0xFD, 10, 65535, 65535, 0, 0))
    wide = with_part(
        binary, "xl/worksheets/sheet1.bin", lambda part: part.replace(b"\x07\x0c\1\0\0\0", b"\x07\x0c\1\0\0\x7f")
    )
    row, text = b"<table:table-row>", b'<table:table-cell office:value-type="string">'
    for name, content in (
        ("a.xls", moved), ("a.xlsb", wide), ("a.ods", repeated(row, 1_000_000)), ("a.ods", repeated(row, 2**32 - 1)),
        ("a.ods", repeated(text, 2**32 - 1)),
    ):  # fmt: skip
        with pytest.raises(Refused, match="terlalu besar"):
            read(content, name)


def test_a_table_of_texts_that_promises_too_much_is_damaged(read):
    xml = with_part(
        workbook(ROWS), "xl/sharedStrings.xml", lambda part: part.replace(b' uniqueCount="', b' uniqueCount="999999')
    )
    binary = with_part(small_files.xlsb(ROWS), "xl/sharedStrings.bin", lambda part: part[:7] + b"\xff" * 4 + part[11:])
    old = small_files.xls(ROWS)
    at = old.index(b"\xfc\0", 1536) + 8
    for name, content in (
        ("a.xlsx", xml),
        ("a.xlsb", binary),
        ("a.xls", old[:at] + b"\xff\xff\xff\x7f" + old[at + 4 :]),
    ):
        with pytest.raises(Corrupt, match="rusak"):
            read(content, name)


def test_every_format_gives_the_same_people(read):
    for name, content in small_files.every_format(small_files.ROWS):
        if not name.endswith("zip"):
            assert data(read(content, name), "nik")[:2] == [ANI, BUDI], name


def test_an_endless_name_is_cut_in_the_sentence(read):
    with pytest.raises(Refused) as refused:
        read(b"x", "a" * 300)
    assert len(refused.value.indonesian) < 250


def test_a_directory_that_lies_about_sizes_is_seen(read, monkeypatch):
    monkeypatch.setattr(limits, "_BLOCK", 100)
    monkeypatch.setattr(limits, "refuse_part", lambda part, shown: None)
    monkeypatch.setattr(limits, "MAX_PART", 500)
    with pytest.raises(Refused, match="terlalu besar"):
        read(workbook(ROWS))


def test_wide_sheets_of_lists_are_read(read):
    rows = [[*row, *[""] * 40, "x"] for row in ROWS]
    assert data(read(workbook(rows)), "nik") == [ANI, BUDI]


@pytest.mark.parametrize(
    ("room", "name", "value"),
    [(limits, "MAX_PARTS", 2), (limits, "MAX_BYTES", 10), (limits, "MAX_UNPACKED", 10), (formats, "MAX_SHEETS", 0)],
)
def test_every_limit_has_its_sentence(read, monkeypatch, room, name, value):
    monkeypatch.setattr(room, name, value)
    with pytest.raises(Refused, match="terlalu besar"):
        read(workbook(ROWS))


@pytest.mark.slow
def test_a_million_empty_formatted_rows_cost_little(read):
    row = b'<row r="%d" spans="1:5" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>'
    content = grown(b"".join(row % (n, n, n) for n in range(4, 1_000_000)))
    begun = time.process_time()
    assert data(read(content), "nik") == [ANI, BUDI]
    assert time.process_time() - begun < 10


def test_a_zip_gives_its_lists_in_order_and_leaves_out_what_is_none():
    content = zipped(**{"b/b": b"NIK", "a": b"NAMA", "__MACOSX/a": b"x", ".x": b"x", "Thumbs.db": b"x", "c.md": b"x"})
    assert unpack(content, "x.zip") == [("a", b"NAMA"), ("b/b", b"NIK")]


def test_paths_never_lead_out_of_the_archive():
    assert [path for path, _ in unpack(zipped(**{"../../etc/x": b"1", "/y": b"2"}), "x.zip")] == ["etc/x", "y"]


def test_archives_that_are_refused(monkeypatch):
    for content, word in (
        (zipped(a=zipped(b=b"x")), "zip lain"),
        (zipped(**{"a.rar": b"x"}), "arsip lain"),
        (zipped(**{".x": b"x"}), "tidak berisi"),
        (zipped(a=b"A" * 60_000_000), "terlalu besar"),
    ):
        with pytest.raises(Refused, match=word):
            unpack(content, "x.zip")
    monkeypatch.setattr(archives, "MOST_LISTS", 1)
    with pytest.raises(Refused, match="lebih dari"):
        unpack(zipped(a=b"1", b=b"2"), "x.zip")
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1)
    with pytest.raises(Refused, match="terlalu besar"):
        unpack(zipped(a=b"12"), "x.zip")


def test_archives_that_are_locked_or_broken():
    locked = bytearray(zipped(a=b"NIK"))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Refused, match="sandi"):
        unpack(bytes(locked), "x.zip")
    broken = bytearray(zipped(a=b"NIK" * 100))
    broken[35] ^= 255
    for content in (bytes(broken), b"PK\x03\x04" + b"x" * 50):
        with pytest.raises(Corrupt, match="rusak"):
            unpack(content, "x.zip")


def test_what_is_an_archive():
    assert is_archive(zipped(a=b"NIK"))
    assert not any(is_archive(content) for content in (workbook(ROWS), b"NIK;NAMA", b"PK\x03\x04" + b"x" * 50))
