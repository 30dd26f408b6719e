"""Cells changed by a person before a list is published: which cells a change concerns, and how they are laid over what
the file says. The file itself stays as it was sent; the changed cells are read by the same code as all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from jangkau.core.kernel import Refused
from jangkau.core.reading.columns import ColumnReading, normal
from jangkau.core.reading.sheets import TEXT, Sheet

# one line a cell: `position` counts the columns of its table from 0, `letter` is what Excel shows over it
EDIT_SCHEMA: dict[str, pl.DataType] = {
    "sheet": pl.String(), "row": pl.Int32(), "letter": pl.String(), "position": pl.Int32(),
    "before": pl.String(), "after": pl.String(),
}  # fmt: skip
_CELL = ("sheet", "row", "letter", "position")
_BLANKS = " \t\r\n\u00a0\u200b\ufeff"  # what the readers of formats take off as well
LONGEST = 1_000  # characters of a cell that somebody typed


@dataclass(frozen=True)
class ListColumn:
    """A column as people see it: the same in every table of the list that has it. `places`: number of the table ->
    (position, letter)."""

    key: str
    header: str
    field: str | None
    places: dict[int, tuple[int, str]]

    @property
    def text(self) -> pl.Expr:
        """The cells of the column, of rows with `table` and `cells`; null where a row's table does not have it."""
        tables: dict[int, list[int]] = {}
        for table, (position, _) in self.places.items():
            tables.setdefault(position, []).append(table)
        return pl.coalesce(
            pl.when(pl.col("table").is_in(numbers)).then(pl.col("cells").list.get(position, null_on_oob=True))
            for position, numbers in tables.items()
        )


@dataclass(frozen=True)
class RowFilter:
    """Some rows of a list: whose cell in the column with the key `column` holds `text`, capitals not minded (`whole`:
    holds nothing else, so that an empty `text` finds empty cells); that have the `problem`; that are `state` data,
    faulty (data with a problem), good (data without one) or not_data. What is empty asks for nothing."""

    column: str = ""
    text: str = ""
    whole: bool = False
    problem: str = ""
    state: str = ""

    def condition(self, columns: Iterable[ListColumn]) -> pl.Expr:
        """True for the rows (in ROW_SCHEMA) that are meant. Raises Refused when no column has the key.

        >>> name = columns_of([[ColumnReading("A", "NAMA", "name", 1.0)]])
        >>> rows = pl.DataFrame({"state": ["data"] * 2, "table": [0, 0], "cells": [["SITI"], ["ASEP"]]})
        >>> rows.select(RowFilter("name", "sit").condition(name)).to_series().to_list()
        [True, False]
        """
        parts = [pl.lit(True)]
        if self.column and (self.text or self.whole):
            cell = column_with(columns, self.column).text.str.to_lowercase()
            sought = self.text.strip().lower()
            parts.append(cell == sought if self.whole else cell.str.contains(sought, literal=True))
        problems, data = pl.col("problems"), pl.col("state") == "data"
        if self.problem:
            parts.append(problems.list.contains(self.problem))
        by_state = {
            "data": data, "faulty": data & (problems.list.len() > 0), "good": data & (problems.list.len() == 0),
            "not_data": ~data,
        }  # fmt: skip
        if self.state:
            parts.append(by_state[self.state])
        return pl.all_horizontal(parts).fill_null(False)


@dataclass(frozen=True)
class Change:
    """What is done to the cells of a column: set to `text` ("" empties them), or, with `find`, that text is replaced
    where it stands; `whole`: only in cells that hold nothing else; `any_case`: capitals do not matter."""

    text: str = ""
    find: str | None = None
    whole: bool = False
    any_case: bool = False

    def __post_init__(self) -> None:
        if self.find == "":
            raise Refused("Tulis apa yang dicari.", "Write what is to be found.")
        if max(len(self.text), len(self.find or "")) > LONGEST:
            raise Refused(
                f"Isi sel paling panjang {LONGEST} huruf. Pendekkan dulu.",
                f"A cell holds at most {LONGEST} characters. Make it shorter.",
            )

    def applied(self, cell: pl.Expr) -> pl.Expr:
        """The cell afterwards.

        >>> cells = pl.DataFrame({"c": ["Kp. Cibuntu", "KP. CIBUNTU", ""]})
        >>> cells.select(Change("Citepus", find="cibuntu", any_case=True).applied(pl.col("c")))["c"].to_list()
        ['Kp. Citepus', 'KP. Citepus', '']
        """
        if self.find is None:
            return pl.lit(self.text)
        sought = pl.escape_regex(self.find)
        sought = f"^{sought}$" if self.whole else sought
        return cell.str.replace_all(("(?i)" if self.any_case else "") + sought, self.text.replace("$", "$$"))


def columns_of(tables: Iterable[Sequence[ColumnReading]]) -> list[ListColumn]:
    """The columns of a list whose tables have these columns: together what is read as the same field or, where it is
    read as nothing, what has the same header. Columns without header and field are left out.

    >>> found = columns_of([[ColumnReading("A", "NIK", "nik", 1.0)], [ColumnReading("B", "No. KTP", "nik", 1.0)]])
    >>> [(column.key, column.header, column.places) for column in found]
    [('nik', 'NIK', {0: (0, 'A'), 1: (0, 'B')})]
    """
    found: dict[str, ListColumn] = {}
    for number, columns in enumerate(tables):
        for position, column in enumerate(columns):
            field = column.field if column.field not in ("ignored", "note") else None
            key = field or normal(column.header)
            if key:
                known = found.setdefault(key, ListColumn(key, column.header or key, field, {}))
                known.places.setdefault(number, (position, column.letter))
    return list(found.values())


def column_with(columns: Iterable[ListColumn], key: str) -> ListColumn:
    """The column with this key; raises Refused when the list has none."""
    for column in columns:
        if column.key == key:
            return column
    raise Refused(
        "Kolom itu tidak ada lagi di daftar ini. Pilih kolom lain.",
        "That column is no longer in this list. Choose another.",
    )


def edits_of(rows: pl.DataFrame, column: ListColumn, change: Change) -> pl.DataFrame:
    """The cells of a column that a change alters in `rows` (in ROW_SCHEMA), in EDIT_SCHEMA; "" where a cell is empty.
    A row whose table does not have the column is left alone."""
    numbers = list(column.places)
    place = pl.col("table").replace_strict
    cells = rows.filter(pl.col("table").is_in(numbers)).select(
        "sheet",
        "row",
        letter=place(numbers, [letter for _, letter in column.places.values()], return_dtype=pl.String()),
        position=place(numbers, [position for position, _ in column.places.values()], return_dtype=pl.Int32()),
        before=column.text.fill_null(""),
    )
    cells = cells.with_columns(after=change.applied(pl.col("before")).str.strip_chars(_BLANKS))
    return cells.filter(pl.col("before") != pl.col("after")).cast(pl.Schema(EDIT_SCHEMA))


def together(edits: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Several changes after each other as one: the last word on every cell."""
    if not edits:
        return pl.DataFrame(schema=EDIT_SCHEMA)
    return pl.concat(edits).unique(_CELL, keep="last", maintain_order=True)


def edited(sheets: Sequence[Sheet], edits: pl.DataFrame) -> list[Sheet]:
    """The sheets with the edits laid over their cells; what somebody typed is text, whatever the cell was before.
    An edit whose cell does not exist is passed over."""
    by_sheet = edits.partition_by("sheet", as_dict=True)
    return [_edited_sheet(sheet, by_sheet[sheet.name,]) if (sheet.name,) in by_sheet else sheet for sheet in sheets]


def _edited_sheet(sheet: Sheet, edits: pl.DataFrame) -> Sheet:
    at = pl.DataFrame({"row": sheet.rows}).with_row_index("at")
    cells, kinds = sheet.cells.get_columns(), dict(sheet.kinds)
    for (position, letter), part in edits.partition_by("position", "letter", as_dict=True).items():
        if not 0 <= position < sheet.width or sheet.letter(position) != letter:  # of a part beside this one
            continue
        placed = part.join(at, on="row", how="inner")
        texts = placed["after"].set(placed["after"] == "", None)
        cells[position] = cells[position].scatter(placed["at"], texts)
        if position in kinds:
            kinds[position] = kinds[position].scatter(placed["at"], TEXT)
    return replace(sheet, cells=pl.DataFrame(cells), kinds=kinds)
