"""Two tables side by side on one sheet: where does the second begin? Told by a header line in which the same headers
come again; each part is then read as a sheet of its own, so that both people of a line are kept."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import polars as pl

from jangkau.core.reading.columns import field_of, normal
from jangkau.core.reading.sheets import Sheet

_LOOK_AHEAD = 120  # lines among which such a header is sought
_NUMBER = re.compile(r"\d{6}")
_PERSON = frozenset(("name", "nik"))


def second_start(row: tuple[str | None, ...]) -> list[int]:
    """The columns at which the headers of a line begin anew: the first two come again, or, in another order, a running
    number or a gap is followed by a name and a NIK once more.

    >>> second_start(("NO", "NIK", "NAMA", None, "NO", "NIK", "NAMA")), second_start(("NO", "NAMA", "NAMA IBU"))
    ([4], [])
    >>> second_start(("NO", "NIK", "NAMA", "NO", "NAMA", "L/P", "NIK"))
    [3]
    """
    filled = [(n, text) for n, text in enumerate(row) if text]
    if len(filled) < 4:
        return []
    first = normal(filled[0][1])
    starts = [
        filled[at][0]
        for at in range(2, len(filled) - 1)
        if _may_be(first, filled[at][1])
        and normal(filled[at][1]) == first
        and normal(filled[at + 1][1]) == normal(filled[1][1])
    ] or _in_another_order(row)
    if not starts:
        return []
    edges = [0, *starts, len(row)]
    for begin, end in pairwise(edges):
        if not {field_of(text) for text in row[begin:end] if text} & _PERSON:
            return []
    return starts


def _may_be(first: str, text: str) -> bool:
    """Is it worth the time to bring a text to normal? Most lines are somebody's and begin with a number."""
    return bool(first) and (not first.isdigit() or first in text)


def _in_another_order(row: tuple[str | None, ...]) -> list[int]:
    if any(text and _NUMBER.search(text) for text in row):  # somebody's line: its words need not be looked up
        return []
    fields = [field_of(text) if text else None for text in row]
    starts, begin = [], 0
    for at in range(2, len(fields)):
        fresh = row[at] and (fields[at] == "number" or not row[at - 1])
        if fresh and set(fields[begin:at]) >= _PERSON and set(fields[at:]) >= _PERSON:
            starts.append(at)
            begin = at
    return starts


def apart(sheet: Sheet) -> list[Sheet]:
    """The parts of a sheet that stand side by side, from left to right; the sheet itself when there is one table."""
    if sheet.hidden or sheet.width < 4:
        return [sheet]
    for row in sheet.cells.head(_LOOK_AHEAD).iter_rows():
        if starts := second_start(row):
            edges = [0, *starts, sheet.width]
            return [_part(sheet, begin, end) for begin, end in pairwise(edges)]
    return [sheet]


def _part(sheet: Sheet, begin: int, end: int) -> Sheet:
    """The columns from `begin` to before `end`; lines that are empty there are left to the other part."""
    cells = sheet.cells.select(sheet.cells.columns[begin:end])
    cells.columns = [f"c{n}" for n in range(cells.width)]
    filled = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    return replace(
        sheet,
        rows=sheet.rows.filter(filled),
        cells=cells.filter(filled),
        kinds={n - begin: kind.filter(filled) for n, kind in sheet.kinds.items() if begin <= n < end},
        left=sheet.left + (0 if sheet.positions else begin),
        positions=sheet.positions[begin:end],
        merged=tuple((top, bottom, column - begin) for top, bottom, column in sheet.merged if begin <= column < end),
        part=begin,
        hidden_rows=() if begin else sheet.hidden_rows,
        hidden_columns=() if begin else sheet.hidden_columns,
        struck={column - begin: rows for column, rows in sheet.struck.items() if begin <= column < end},
    )
