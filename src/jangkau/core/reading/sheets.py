"""A sheet as the rest of the room sees it: only lines that hold something, each with the number that Excel shows, every
cell as text beside a kind that tells what the file said it was. The kind matters: a NIK kept as a number has lost its
last digit, the same digits kept as text have not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import chain

import polars as pl

TEXT, NUMBER, DATE, BOOLEAN = 0, 1, 2, 3
MAX_CELLS = 40_000_000  # a sheet beyond this is no list of people
_CELLS_AT_ONCE = 200_000  # stripped of blanks: few calls for a small sheet, little memory for a large one
MOST_COLUMNS = 300  # a stray cell far to the right does not make a list wider

_KINDS: dict[type, int] = {
    str: TEXT, float: NUMBER, int: NUMBER, bool: BOOLEAN, datetime: DATE, date: DATE, time: TEXT, timedelta: TEXT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """`cells`: columns c0, c1 ... of stripped text, null when empty; `kinds`: for the columns that are not all text, a
    series of the kinds above; `rows`: the numbers that Excel shows; `left`: column number of c0 (0 is A)."""

    name: str
    rows: pl.Series
    cells: pl.DataFrame
    kinds: dict[int, pl.Series] = field(default_factory=dict)
    hidden: bool = False
    left: int = 0
    positions: tuple[int, ...] = ()  # numbers of the columns when not all were kept
    merged: tuple[tuple[int, int, int], ...] = ()  # cells merged downwards: first row, last row, column of `cells`
    part: int = 0  # above 0: the part of a sheet that stands to the right of another
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()  # letters
    struck: dict[int, frozenset[int]] = field(
        default_factory=dict
    )  # column of `cells` -> rows whose text is struck out

    @property
    def height(self) -> int:
        return self.cells.height

    @property
    def width(self) -> int:
        return self.cells.width

    def take(self, indexes: pl.Series) -> pl.DataFrame:
        """The lines at `indexes` (ascending); lines that follow each other are not copied."""
        if len(indexes) and int(indexes[-1]) - int(indexes[0]) + 1 == len(indexes):
            return self.cells.slice(int(indexes[0]), len(indexes))
        return self.cells[indexes]

    def letter(self, column: int) -> str:
        """The letter that Excel shows over `column` (0 is the first column read)."""
        return column_letter(self.left + (self.positions[column] if self.positions else column))


def column_letter(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA.

    >>> [column_letter(n) for n in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_text(value: object) -> str:
    """A cell of any type as text: whole numbers without a fraction, dates as ISO.

    >>> cell_text(5.0), cell_text(2.5), cell_text(date(1990, 7, 1)), cell_text(True)
    ('5', '2.5', '1990-07-01', 'TRUE')
    """
    if isinstance(value, float):  # as most cells that are no text
        return str(int(value)) if value.is_integer() and -1e18 < value < 1e18 else repr(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def from_grid(
    name: str, grid: Sequence[Sequence[object]], *, top: int = 0, left: int = 0, hidden: bool = False
) -> Sheet:
    """A sheet from rows of Python values that begin at row `top` and column `left` (0-based); empty lines are dropped.

    >>> from_grid("A", [["x", ""], ["", ""], ["", 5.0]], top=4).rows.to_list()
    [5, 7]
    """
    width = max(map(len, grid), default=0)
    empty: list[object] = [""] * width
    kept = [number for number, row in enumerate(grid) if row != empty]
    lines: Sequence[Sequence[object]] = [
        grid[number] if len(grid[number]) == width else [*grid[number], *empty][:width] for number in kept
    ]
    positions: tuple[int, ...] = ()
    if width > MOST_COLUMNS:
        lines, positions = _narrowed(lines, width)
    texts: dict[str, pl.Series] = {}
    kinds: dict[int, pl.Series] = {}
    laid, width = list(chain.from_iterable(lines)), len(lines[0]) if lines else 0  # far less memory to walk than rows
    for column in range(width):
        values = laid[column::width]
        met = set(map(type, values))
        plain = values if met == {str} else [v if type(v) is str else cell_text(v) for v in values]
        texts[f"c{column}"] = pl.Series(plain, dtype=pl.String)
        if any(_KINDS.get(one, TEXT) for one in met):
            kinds[column] = pl.Series(list(map(_KINDS.get, map(type, values))), dtype=pl.UInt8).fill_null(TEXT)
    rows = pl.Series([number + top + 1 for number in kept], dtype=pl.Int32)
    sheet = trimmed(name, rows, pl.DataFrame(texts), kinds, hidden=hidden, left=left)
    return replace(sheet, positions=positions) if positions else sheet


def _narrowed(lines: Sequence[Sequence[object]], width: int) -> tuple[list[list[object]], tuple[int, ...]]:
    """Only the columns that hold something; what stands beyond the last one allowed is written into it."""
    used = [column for column in range(width) if any(line[column] != "" for line in lines)]
    kept, rest = used[: MOST_COLUMNS - 1], used[MOST_COLUMNS - 1 :]
    narrow = []
    for line in lines:
        over = " ".join(cell_text(line[column]) for column in rest if line[column] != "")
        narrow.append([*(line[column] for column in kept), *([over] if rest else [])])
    return narrow, (*kept, *rest[:1])


def trimmed(
    name: str,
    rows: pl.Series,
    cells: pl.DataFrame,
    kinds: dict[int, pl.Series],
    *,
    hidden: bool = False,
    left: int = 0,
) -> Sheet:
    """A sheet whose cells are stripped of blanks (no-break spaces too); lines without any text are dropped."""
    if not cells.width:
        return Sheet(name, pl.Series([], dtype=pl.Int32), cells, {}, hidden, left)
    some = max(1, _CELLS_AT_ONCE // max(1, cells.height))  # a large file must not stand in memory twice
    for start in range(0, cells.width, some):
        bare = pl.col(cells.columns[start : start + some]).str.strip_chars(" \t\r\n\u00a0\u200b\ufeff")
        for text in cells.select(bare):
            cells.replace_column(cells.get_column_index(text.name), text.set(text == "", None))
    filled = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    if not filled.all():
        rows, cells = rows.filter(filled), cells.filter(filled)
        kinds = {column: kind.filter(filled) for column, kind in kinds.items()}
    return Sheet(name, rows, cells, kinds, hidden, left)
