"""Tables of a web page or of an XML spreadsheet, which office programs write under the name of a workbook. Only tags
and text are looked at: no script is run, nothing is fetched, no entity but the characters of HTML is replaced."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from jangkau.core.reading.sheets import MOST_COLUMNS, Sheet, from_grid
from jangkau.core.reading.text import decode

_CELLS = frozenset(("td", "th", "cell"))
_ROWS = frozenset(("tr", "row"))
_SILENT = frozenset(("style", "script", "head", "o:documentproperties", "styles"))
_BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "table", "caption", "center"))
_SPAN = 300  # columns that one cell may cover
_TABLE = re.compile(rb"<(?:\w+:)?(?:table|worksheet)\b", re.IGNORECASE)


def is_markup(content: bytes) -> bool:
    """Do the bytes begin like a page or an XML document with a table in it?

    >>> is_markup(b"<html><table><tr><td>1</td></tr></table></html>"), is_markup(b"NIK;NAMA")
    (True, False)
    """
    head = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return head.startswith(b"<") and bool(_TABLE.search(content.replace(b"\0", b"")))


class _Grids(HTMLParser):
    """Collects rows of cells; text outside of cells becomes a row of its own, so that titles are kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[tuple[str, list[list[str]]]] = [("", [])]
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._loose: list[str] = []
        self._width = 1
        self._height = 1
        self._below: dict[int, int] = {}  # column -> further rows a cell reaches down
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            return
        given = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent = tag
        elif tag == "worksheet":
            self.sheets.append((given.get("name", ""), []))
        elif tag in _ROWS:
            self._end_row()
            self._end_loose()
            self._row = []
        elif tag in _CELLS:
            self._begin_cell(tag, given)
        elif tag in ("br", *_BLOCKS):
            (self._loose if self._cell is None else self._cell).append(" ")
            if self._cell is None:
                self._end_loose()

    def _begin_cell(self, tag: str, given: dict[str, str]) -> None:
        self._end_cell()
        self._row = [] if self._row is None else self._row
        self._skip_covered()
        while tag == "cell" and len(self._row) < min(_number(given.get("index"), 1) - 1, MOST_COLUMNS):
            self._row.append("")
        self._cell = []
        self._width = _number(given.get("colspan"), 1) + _number(given.get("mergeacross"), 0)
        self._height = _number(given.get("rowspan"), 1) + _number(given.get("mergedown"), 0)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in _CELLS:
            self._end_cell()
        elif tag in (*_ROWS, "table"):
            self._end_row()
            if tag == "table":
                self._below = {}
        elif tag in _BLOCKS and self._cell is None:
            self._end_loose()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            (self._loose if self._cell is None else self._cell).append(data)

    def finish(self) -> list[tuple[str, list[list[str]]]]:
        """All that was found, open cells and rows included."""
        self.close()
        self._end_row()
        self._end_loose()
        return [(name, grid) for name, grid in self.sheets if grid]

    def _skip_covered(self) -> None:
        row = self._row if self._row is not None else []
        while self._below.get(len(row), 0) > 0:
            self._below[len(row)] -= 1
            row.append("")

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text = " ".join("".join(self._cell).split())
        for offset in range(min(self._width, _SPAN) or 1):
            if self._height > 1:
                self._below[len(self._row)] = min(self._height, 5000) - 1
            self._row.append(text if offset == 0 else "")
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._skip_covered()
            self.sheets[-1][1].append(self._row)
        self._row = None

    def _end_loose(self) -> None:
        text = " ".join("".join(self._loose).split())
        self._loose = []
        if text and self._row is None:
            self.sheets[-1][1].append([text])


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else default


def sheets_from_markup(content: bytes) -> list[Sheet]:
    """The tables of a page as one sheet without a name, or the sheets of an XML spreadsheet; rows are counted as a
    spreadsheet program shows them.

    >>> page = b"<table><tr><th>NIK<th>NAMA<tr><td>1<td>ANI</table>"
    >>> sheets_from_markup(page)[0].cells.rows()
    [('NIK', 'NAMA'), ('1', 'ANI')]
    """
    parser = _Grids()
    parser.feed(decode(content))
    return [from_grid(name, grid) for name, grid in parser.finish()]
