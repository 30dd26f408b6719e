"""How far do the cells of a workbook reach? Asked before it is opened: the reader makes room for every cell between the
corners, so one stray cell can take all memory. Told from the bytes as each format keeps them (ECMA-376,
MS-XLSB, MS-XLS, OpenDocument 1.3); nothing is built."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import olefile
from numpy.typing import NDArray

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a workbook
_NARROW = 26  # columns; wider sheets are looked at cell by cell
_LONG = 300_000  # rows; longer ones, too, when few of their cells hold something
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{2,9})\d""")
_HUGE_ROW = re.compile(rb"""\sr\s*=\s*["']\s*[A-Za-z]{0,3}(\d{7,})""")
_ROW = re.compile(rb"""row\s[^<>]{0,80}?\br\s*=\s*["']\s*(\d+)""")
_FULL_CELL = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{1,9})(\d+)\s*["'][^<>/]*>""")
_BARE_CELL = re.compile(rb"""<(?:\w+:)?c(?:\s+[st]\s*=[^<>]*)?>""")  # it stands where the one before it ended
_Letters = NDArray[np.uint8]
_PADDING = b" " * 12  # so that what follows a letter can be looked at up to the end
_OVERLAP = 200  # bytes kept of a block, so that no element is cut
_REPEATED_CELL = re.compile(
    rb'<table:(?:covered-)?table-cell\s[^>]*?columns-repeated="(\d{3,})"[^>]*>(?!\s*</table:table-row)'
)
_REPEATED_ROW = re.compile(rb'<table:table-row\s[^>]*?rows-repeated="(\d{4,})"[^>]*>')
_PROMISED = re.compile(rb"""\suniqueCount\s*=\s*["']\s*(\d{1,30})""")
_XLS_TEXTS = 0xFC
_XLS_CELLS = frozenset((0x06, 0x7E, 0xBD, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E))
_XLSB_ROW, _XLSB_CELLS = 0, frozenset(range(1, 12))


class Span(NamedTuple):
    """The corner of a sheet that is farthest from A1, counted from 1, and how many cells are filled (0: unknown)."""

    rows: int
    columns: int
    filled: int = 0
    hides: bool = False  # rows or columns of it are hidden (told of xlsx alone)

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def span_of_xml(blocks: Callable[[], Iterable[bytes]]) -> Span:
    """The span of a sheet of an xlsx, which `blocks` gives piece by piece as often as it is asked. Narrow sheets whose
    rows are numbered are only skimmed.

    >>> span_of_xml(lambda: [b'<row r="7"><c r="B7"><v>1</v></c></row>'])
    Span(rows=7, columns=26, filled=1, hides=False)
    """
    rows, columns, filled, hides = 0, _NARROW, 0, False
    for text, size in _overlapping(blocks()):
        hides = hides or b" hidden=" in text
        letters = np.frombuffer(text + _PADDING, np.uint8)
        filled += _values(letters[-size - len(_PADDING) :])
        at = text.rfind(b"row ")
        if at >= 0 and (found := _ROW.match(text, at)):
            rows = max(rows, int(found[1]))
        if _may_reach_far(letters):
            rows = max([rows, *(int(found[1]) for found in _HUGE_ROW.finditer(text))])
            columns = max([columns, *(_number(found[1]) for found in _FAR_CELL.finditer(text))])
    if columns == _NARROW and rows and (rows <= _LONG or filled > 2 * rows):
        return Span(rows, columns, filled, hides)
    return Span(*_exact(blocks(), rows), filled, hides)


def _values(text: _Letters) -> int:
    """How many values end here: `</v>` and `</t>`, with their beginnings half of all `v>` and `t>`."""
    ends, before = text[1:] == ord(">"), text[:-1]
    return sum(int(np.count_nonzero(ends & (before == ord(name)))) // 2 for name in "vt")


def _may_reach_far(text: _Letters) -> bool:
    """Could `_HUGE_ROW` or `_FAR_CELL` be found? Most text has neither, and saying so is ten times faster than looking
    for them: every ` r="` is followed by at most one letter and by less than seven digits."""
    at = np.flatnonzero((text[1:-9] == ord("r")) & (text[:-10] <= ord(" "))) + 1
    if (text[at + 1] <= ord(" ")).any():
        return True
    at = at[text[at + 1] == ord("=")] + 3
    quote = text[at - 1]
    if ((quote != ord('"')) & (quote != ord("'"))).any() or (text[at] <= ord(" ")).any():
        return True
    if (_letter(text[at]) & _letter(text[at + 1])).any():
        return True
    for place in (6, 5, 4, 3, 2, 1):  # only numbers of seven digits are left in the end
        at = at[_digit(text[at + place])]
    return bool((_digit(text[at]) | _digit(text[at + 7])).any())


def _letter(text: _Letters) -> NDArray[np.bool_]:
    return ((text | 32) >= ord("a")) & ((text | 32) <= ord("z"))


def _digit(text: _Letters) -> NDArray[np.bool_]:
    return (text >= ord("0")) & (text <= ord("9"))


def _exact(blocks: Iterable[bytes], least: int) -> tuple[int, int]:
    """Rows and columns up to the last cell that holds something; `least` rows when cells do not say where they are."""
    rows = columns = 1
    for text, _ in _overlapping(blocks):
        for found in _FULL_CELL.finditer(text):
            rows, columns = max(rows, int(found[2])), max(columns, _number(found[1]))
        if _BARE_CELL.search(text):
            rows = max(rows, least)
    return rows, columns


def _overlapping(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Every block with the end of the one before it, and its own size."""
    before = b""
    for block in blocks:
        text = before + block
        yield text, len(block)
        before = text[-_OVERLAP:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def span_of_xlsb(sheet: bytes) -> Span:
    """The span of a sheet of an xlsb; a record that runs over the end counts as far as it can be read.

    >>> row, cell = b"\\x00\\x04\\x06\\x00\\x00\\x00", b"\\x05\\x04\\x02\\x00\\x00\\x00"
    >>> span_of_xlsb(row + cell)
    Span(rows=7, columns=3, filled=1, hides=False)
    """
    rows, columns, filled, at, size = 0, 0, 0, 0, len(sheet)
    while at < size:
        kind, at = _varying(sheet, at, 2)
        length, at = _varying(sheet, at, 4)
        if kind == _XLSB_ROW:
            rows = max(rows, int.from_bytes(sheet[at : at + 4], "little") + 1)
        elif kind in _XLSB_CELLS:
            columns = max(columns, int.from_bytes(sheet[at : at + 4], "little") + 1)
            filled += 1
        at += length
    return Span(rows, columns, filled)


def _varying(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where the next byte stands."""
    number = shift = 0
    for byte in content[at : at + most]:
        at += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return number, at


def texts_promised(head: bytes) -> int | None:
    """How many texts the head of a shared table says will follow, in xml or binary; None when it is no such head.

    >>> texts_promised(b'<sst uniqueCount="7">'), texts_promised(b"<sheet>")
    (7, None)
    """
    if found := _PROMISED.search(head):
        return int(found[1])
    return int.from_bytes(head[7:11], "little") if head.startswith(b"\x9f\x01\x08") else None


def span_of_xls(content: bytes) -> Span:
    """The largest span of the sheets of an xls. Raises OSError or ValueError when its parts cannot be followed."""
    with olefile.OleFileIO(io.BytesIO(content)) as parts:
        name = next((name for name in ("Workbook", "Book") if parts.exists(name)), None)
        stream = parts.openstream(name).read() if name else b""
    rows, columns, filled, at = 0, 0, 0, 0
    while at + 8 <= len(stream):
        kind, length = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        if kind in _XLS_CELLS:
            rows = max(rows, int.from_bytes(stream[at + 4 : at + 6], "little") + 1)
            columns = max(columns, int.from_bytes(stream[at + 6 : at + 8], "little") + 1)
            filled += 1
        elif kind == _XLS_TEXTS and int.from_bytes(stream[at + 8 : at + 12], "little") > len(stream):
            raise ValueError("more texts are promised than the stream has bytes")
        at += 4 + length
    return Span(rows, columns, filled)


def span_of_ods(content: bytes) -> Span:
    """The span of the sheets of an ods together: cells and rows may say that they repeat.

    >>> span_of_ods(b'<table:table-row><table:table-cell table:number-columns-repeated="900"/><x/></table:table-row>')
    Span(rows=1, columns=1200, filled=0, hides=False)
    """
    wide: Counter[int] = Counter()
    for found in _REPEATED_CELL.finditer(content):
        wide[content.rfind(b"<table:table-row", 0, found.start())] += int(found[1])
    rows = content.count(b"<table:table-row")
    for found in _REPEATED_ROW.finditer(content):
        if b"-type=" in content[found.end() : content.find(b"</table:table-row>", found.end())]:
            rows += int(found[1])
    return Span(rows, max(wide.values(), default=0) + 300)
