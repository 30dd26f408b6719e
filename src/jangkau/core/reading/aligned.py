"""Text pasted from a PDF or a printer file: one column in which blanks, not separators, keep the fields apart. The
header line says where each field begins; a part of a later line belongs to the field whose beginning is nearest."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from jangkau.core.reading.columns import field_of
from jangkau.core.reading.sheets import Sheet, trimmed

_PART = re.compile(r"\S+(?: \S+)*")  # words one blank apart belong together
_LOOK_AHEAD = 60  # lines among which the header is sought
_LINES = 3  # the header and two rows: less is no table


def header_line(lines: list[str]) -> int | None:
    """The number of the first line that is a header cut by runs of blanks, None when there is none.

    >>> header_line(["DATA", "NO   NIK        NAMA", "1    3202 x     ANI"]), header_line(["NIK;NAMA"])
    (1, None)
    """
    for number, line in enumerate(lines[:_LOOK_AHEAD]):
        parts = [part[0] for part in _PART.finditer(line)]
        fields = {field_of(part) for part in parts} - {None, "ignored"}
        if len(parts) >= 3 and len(fields) >= 3 and 3 * len(fields) >= 2 * len(parts):
            return number
    return None


def cut(line: str, starts: list[int]) -> list[str]:
    """The parts of a line under the columns that begin at `starts`; as many parts as columns are taken in order.

    >>> cut("1   ANI        L", [0, 4, 11, 15]), cut("1  ANI  x  L", [0, 4, 11, 15])
    (['1', 'ANI', '', 'L'], ['1', 'ANI', 'x', 'L'])
    """
    parts = [(part.start(), part[0]) for part in _PART.finditer(line)]
    if len(parts) == len(starts):
        return [text for _, text in parts]
    cells = [""] * len(starts)
    for begin, text in parts:
        column = min(range(len(starts)), key=lambda n: abs(starts[n] - begin))
        cells[column] = f"{cells[column]} {text}".strip()
    return cells


def spread(sheet: Sheet) -> Sheet:
    """The sheet with its only column cut into fields, or the sheet itself when it is not such a text. Every line stays
    a line; the letter of every column is that of the one column there is."""
    used = [n for n in range(sheet.width) if sheet.cells[:, n].null_count() < sheet.height]
    if len(used) != 1 or sheet.height < _LINES:
        return sheet
    lines = [(text or "").replace("\t", "   ") for text in sheet.cells[:, used[0]].to_list()]
    found = header_line(lines)
    if found is None:
        return sheet
    starts = [part.start() for part in _PART.finditer(lines[found])]
    rows = [[line, *[""] * (len(starts) - 1)] if n < found else cut(line, starts) for n, line in enumerate(lines)]
    cells = pl.DataFrame({f"c{n}": pl.Series([row[n] for row in rows], dtype=pl.String) for n in range(len(starts))})
    wide = trimmed(sheet.name, sheet.rows, cells, {}, hidden=sheet.hidden, left=sheet.left)
    return replace(wide, positions=(used[0],) * len(starts))
