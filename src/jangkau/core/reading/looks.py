"""What a workbook shows but its values do not tell: rows and columns that are hidden, cells whose text is struck out.
Only tags are looked at, block by block, and only in sheets that have something of the kind; what a person struck out
inside a cell, letter by letter, is not seen. Source: ECMA-376 part 1, 18.3.1 (col, row, c) and 18.8 (styles)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jangkau.core.reading.limits import ZIP_FAULTS
from jangkau.core.reading.sheets import Sheet, column_letter

_BLOCK = 1 << 20
_LARGEST = 20_000_000  # bytes of a styles part or a directory of sheets; a list has a hundredth of it
_MOST_STRUCK = 1_000_000  # cells; where more are struck out, striking out means nothing
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(rb"<(?:\w+:)?(?:strike|dstrike)\b(?![^>]*val=[\"'](?:0|false))")
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_ROW_OR_COLUMN = re.compile(rb"<(?:\w+:)?(?:row|col)\b[^>]*>")
_SHOWN_NOT = (b"1", b"true")


@dataclass(slots=True)
class _Looks:
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)  # 0 is A
    struck: dict[int, array[int]] = field(default_factory=dict)  # column -> numbers of rows


def with_looks(sheets: list[Sheet], content: bytes, hiding: frozenset[str]) -> list[Sheet]:
    """The sheets of an xlsx or xlsm with their hidden rows and columns and their struck out cells. `sheets` in workbook
    order by name, `hiding` the parts of the archive that hide something (see `refuse_bombs`). Where the tags cannot be
    read the values still can: then the sheets stay as they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            struck = _struck_formats(archive)
            parts = _parts_by_name(archive) if struck or hiding else {}
            return [
                _with(sheet, _looks_of(archive, part, struck))
                if (part := parts.get(sheet.name)) and (struck or part in hiding)
                else sheet
                for sheet in sheets
            ]
    except ZIP_FAULTS:
        return sheets


def _struck_formats(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell formats whose font is struck out."""
    styles = _small_part(archive, "xl/styles.xml")
    if b"strike" not in styles:
        return frozenset()
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if not fonts or not formats:
        return frozenset()
    struck = {n for n, font in enumerate(_FONT.finditer(fonts[0])) if font[1] and _STRIKE.search(font[1])}
    return frozenset(
        n for n, xf in enumerate(_FORMAT.findall(formats[0])) if int(_attributes(xf).get(b"fontId", b"0")) in struck
    )


def _small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of the archive, empty when there is none; never more of it than a list needs."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as stream:
        return stream.read(_LARGEST)


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name.rpartition(b":")[2]: one or other for name, one, other in _ATTRIBUTE.findall(tag)}


def _parts_by_name(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> path of its part in the archive."""
    relations = {
        said.get(b"Id", b""): said.get(b"Target", b"").decode("utf-8", "replace")
        for tag in _RELATION.findall(_small_part(archive, "xl/_rels/workbook.xml.rels"))
        for said in (_attributes(tag),)
    }
    parts = {}
    for tag in _SHEET.findall(_small_part(archive, "xl/workbook.xml")):
        said = _attributes(tag)
        target = relations.get(said.get(b"id", b""), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        parts[_plain(said.get(b"name", b"").decode("utf-8", "replace"))] = path
    return {name: path for name, path in parts.items() if path in archive.namelist()}


def _plain(text: str) -> str:
    """The five characters that XML writes by name."""
    for name, character in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", character)
    return text


def _looks_of(archive: zipfile.ZipFile, part: str, struck: frozenset[int]) -> _Looks:
    """Goes through the tags of a sheet once."""
    looks, row, seen = _Looks(), 0, 0
    numbers = b"|".join(str(number).encode() for number in sorted(struck)) or b"-"
    cell = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*\br=\"([A-Z]{1,3})(\d{1,7})\")[^>]*\bs=\"(?:" + numbers + rb")\"[^>]*>")
    for text in _blocks(archive, part):
        for tag in _ROW_OR_COLUMN.findall(text):
            said = _attributes(tag)
            hidden = said.get(b"hidden", b"0") in _SHOWN_NOT
            if b"min" in said and hidden:
                first, last = int(said[b"min"]) - 1, int(said.get(b"max", said[b"min"]))
                looks.columns += range(first, min(last, first + 300))
            elif b"min" not in said:
                row = int(said[b"r"]) if said.get(b"r", b"").isdigit() else row + 1
                if hidden:
                    looks.rows.append(row)
        for letters, number in cell.findall(text) if struck and seen < _MOST_STRUCK else ():
            looks.struck.setdefault(_column_number(letters), array("I")).append(int(number))
            seen += 1
    if seen >= _MOST_STRUCK:
        looks.struck = {}
    return looks


def _blocks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The text of a part in pieces that end between tags."""
    before = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            text = before + block
            at = text.rfind(b"<")
            at = len(text) if at < 0 else at
            yield text[:at]
            before = text[at:]
    yield before


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _with(sheet: Sheet, looks: _Looks) -> Sheet:
    """Only what concerns rows and columns that hold something."""
    filled = set(sheet.rows.to_list()) if looks.rows else set()
    places = sheet.positions or tuple(range(sheet.width))
    at = {sheet.left + place: n for n, place in enumerate(places) if sheet.cells[:, n].null_count() < sheet.height}
    return replace(
        sheet,
        hidden_rows=tuple(row for row in looks.rows if row in filled),
        hidden_columns=tuple(column_letter(column) for column in looks.columns if column in at),
        struck={at[column]: frozenset(rows) for column, rows in looks.struck.items() if column in at},
    )


def in_ranges(rows: tuple[int, ...]) -> str:
    """Numbers in ascending order as people write them.

    >>> in_ranges((14, 15, 16, 20))
    '14-16, 20'
    """
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
