"""Files made to harm, and files harmed on the way: each is read or refused with a sentence, quickly."""

import io
import random
import time
import zipfile

import pytest
from workbooks import data, workbook

from jangkau.core.kernel import Corrupt, JangkauError, Refused
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
    begun = time.perf_counter()
    with pytest.raises(Refused, match="terlalu besar"):
        read(bomb)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("head", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_declarations_are_refused(read, head):
    trap = with_part(workbook(ROWS), SHEET, lambda xml: xml.replace(b"<worksheet", head.encode() + b"<worksheet", 1))
    with pytest.raises(Refused, match="tidak aman"):
        read(trap)


def test_two_cells_at_the_corners_of_a_sheet_are_refused(read):
    with pytest.raises(Refused, match="terlalu besar"):
        read(grown(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


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
    begun = time.perf_counter()
    assert data(read(content), "nik") == [ANI, BUDI]
    assert time.perf_counter() - begun < 10


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


def _mutated(chance: random.Random, seeds: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """A file harmed in its bytes, in one of its parts, or in its length."""
    name, content = chance.choice(seeds)
    if name.endswith("xlsx") and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            part = chance.choice(book.namelist())
        return name, with_part(content, part, lambda xml: _harmed(chance, xml))
    return name, _harmed(chance, content)


def _harmed(chance: random.Random, content: bytes) -> bytes:
    harmed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(harmed) or 1)
        piece = harmed[at : at + chance.randint(1, 30)]
        kind = chance.randrange(5)
        if kind == 0:
            harmed[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del harmed[at : at + len(piece)]
        elif kind == 2:
            harmed[at:at] = piece * chance.randint(1, 50)
        elif kind == 3:
            harmed[at:at] = chance.choice(
                [b'"', b"<", b"\0", b"\r", b";", b"99999999999", b"-1", b"\xff\xfe", b"1E400"]
            )
        else:
            del harmed[at + chance.randrange(1 + len(harmed) - at) :]
    return bytes(harmed)


@pytest.mark.slow
def test_a_thousand_harmed_files_are_read_or_refused(read):
    chance = random.Random(20261121)
    text = "\n".join(";".join(map(str, row)) for row in ROWS)
    page = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ROWS) + "</table>"
    seeds = [
        ("a.xlsx", workbook(ROWS)), ("a.csv", text.encode()), ("a.txt", text.replace(";", "    ").encode()),
        ("a.csv", text.replace("ANI", '"ANI"').encode("utf-16")), ("a.xls", page.encode()),
    ]  # fmt: skip
    read_at_all, slowest = 0, 0.0
    for number in range(1000):
        name, content = _mutated(chance, seeds)
        begun = time.perf_counter()
        try:
            assert read(content, name).rows.height >= 0, number
            read_at_all += 1
        except JangkauError as error:
            assert error.indonesian.endswith(".") and error.english.endswith("."), number
        slowest = max(slowest, time.perf_counter() - begun)
    assert read_at_all > 300 and slowest < 10
