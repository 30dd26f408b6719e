"""From the cells of all tables to one raw frame: a text column for every field, the kind of the cell where it matters,
and where the row stands."""

from __future__ import annotations

import numpy as np
import polars as pl

from jangkau.core.reading.pieces import joined
from jangkau.core.reading.schema import ROW_SCHEMA
from jangkau.core.reading.tables import SheetReading, Table

_ABSENT = {name: pl.lit(None, dtype=kind).alias(name) for name, kind in ROW_SCHEMA.items()}
_FEW = 200
_LARGEST_FAMILY = 60  # lines; more under one merged cell is no household
FAMILY = ("kk", "address", "rt", "rw", "rtrw", "village", "district", "mother_name", "employer", "location")
_CELLS = pl.List(pl.String())
_SLICE = 50_000  # lines whose cells are brought together at a time
_WHERE: dict[str, pl.DataType] = {"sheet_number": pl.Int32(), "row": pl.Int32()}
KINDED = (
    "nik", "kk", "birth", "birth_date", "since", "until", "event_date", "died_on", "moved_on", "paid_until", "rtrw",
    "nib", "kpj", "npp",
)  # fmt: skip


def raw_rows(readings: list[SheetReading]) -> pl.DataFrame:
    """All data rows of a file: `sheet_number, row, table, part` and one text column for each field found; fields in
    KINDED come with `<field>_kind`, notes joined into `note`."""
    frames, number = [], 0
    for sheet_number, reading in enumerate(readings):
        for table in reading.tables:
            if len(table.indexes):
                frames.append(_table_frame(table, number, sheet_number))
            number += 1
    if not frames:
        return pl.DataFrame(schema={**_WHERE, "part": pl.String(), "table": pl.Int32()})
    return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")


def _table_frame(table: Table, number: int, sheet_number: int) -> pl.DataFrame:
    sheet = table.sheet
    whole = len(table.indexes) == sheet.height
    body = sheet.take(table.indexes)
    columns = [
        pl.lit(sheet_number, dtype=pl.Int32).alias("sheet_number"),
        pl.Series("row", sheet.rows if whole else sheet.rows[table.indexes]),
        pl.lit(number, dtype=pl.Int32).alias("table"),
        pl.lit(sheet.letter(0) if sheet.part else None, dtype=pl.String).alias("part"),
    ]
    for name, column in table.fields.items():
        if name == "nik" and table.pieces:
            columns.append(joined(table.pieces).alias(name))
            continue
        columns.append(_filled_down(table, name, column).alias(name))
        if name in KINDED and column in sheet.kinds:
            columns.append(pl.Series(f"{name}_kind", sheet.kinds[column][table.indexes]))
    struck = {row for name in ("nik", "name") for row in sheet.struck.get(table.fields.get(name, -1), ())}
    if struck:
        columns.append(pl.Series("struck", [row in struck for row in sheet.rows[table.indexes]]))
    if table.notes:
        columns.append(pl.concat_str([f"c{n}" for n in table.notes], separator=" ", ignore_nulls=True).alias("note"))
    return body.select(columns)


def _filled_down(table: Table, name: str, column: int) -> pl.Expr:
    """The column; what was written once in cells merged over a family holds for all of its members."""
    spans = [(top, bottom) for top, bottom, merged in table.sheet.merged if merged == column] if name in FAMILY else []
    cell = pl.col(f"c{column}")
    if not spans:
        return cell
    rows = table.sheet.rows[table.indexes].to_list()
    first_of = {row: top for top, bottom in spans for row in range(top, min(bottom, top + _LARGEST_FAMILY) + 1)}
    groups = pl.Series([first_of.get(row, -row) for row in rows], dtype=pl.Int64)
    return cell.fill_null(cell.forward_fill().over(pl.lit(groups)))


def other_lines(readings: list[SheetReading]) -> pl.DataFrame:
    """All lines that are no data rows: `sheet_number, row, cells, kind`."""
    frames = []
    told: set[int] = set()  # lines of which a part further to the left has spoken
    for sheet_number, reading in enumerate(readings):
        left = readings[sheet_number - 1] if reading.sheet.part else None
        told = told | set(left.sheet.rows.to_list()) if left else set()
        kinds = {n: kind for n, kind in reading.line_kinds.items() if not told or reading.sheet.rows[n] not in told}
        if kinds:
            indexes = pl.Series(list(kinds), dtype=pl.Int32)
            frames.append(
                pl.select(
                    pl.lit(sheet_number, dtype=pl.Int32).alias("sheet_number"),
                    pl.Series("row", reading.sheet.rows[indexes]),
                    cell_lists(reading.sheet.take(indexes)),
                    pl.Series("kind", list(kinds.values()), dtype=pl.String),
                )
            )
    return pl.concat(frames) if frames else pl.DataFrame(schema={**_WHERE, "cells": _CELLS, "kind": pl.String()})


def cell_lists(cells: pl.DataFrame) -> pl.Series:
    """All cells of each line as a list of text, empty where empty. The cells are laid end to end, column after column,
    and taken up line after line: four times faster than a list at a time.

    >>> cell_lists(pl.DataFrame({"c0": ["1", "2"], "c1": ["ANI", None]})).to_list()
    [['1', 'ANI'], ['2', '']]
    """
    if not cells.height:
        return pl.Series("cells", [], dtype=_CELLS)
    parts = []
    for part in cells.iter_slices(_SLICE):
        laid = pl.concat([column.alias("cells") for column in part.get_columns()]).fill_null("")
        order = np.arange(len(laid)).reshape(part.width, part.height).ravel(order="F")
        parts.append(laid[order].reshape((part.height, part.width)).arr.to_list())
    return pl.concat(parts, rechunk=True)


def all_rows(data: pl.DataFrame, readings: list[SheetReading]) -> pl.DataFrame:
    """Data rows and all other lines together, in the order of the file, in ROW_SCHEMA."""
    names = pl.Series([reading.sheet.name for reading in readings], dtype=pl.String)
    others = other_lines(readings)
    # columns without a value are left out until the end: put together with others, they would take memory
    kept = [c for c in ROW_SCHEMA if c in data.columns and data[c].null_count() < data.height]
    cells = [cell_lists(t.sheet.take(t.indexes)) for reading in readings for t in reading.tables if len(t.indexes)]
    data = data.select(
        "sheet_number", *kept, *([pl.concat(cells)] if cells else []),
        sheet=names[data["sheet_number"]], state=pl.lit("data"),
    ).cast({c: ROW_SCHEMA[c] for c in kept})  # fmt: skip
    rest = others.select(
        "sheet_number", "row", "cells", problems=pl.concat_list("kind"), sheet=names[others["sheet_number"]],
        state=pl.lit("not_data"), deceased=pl.lit(False), moved_out=pl.lit(False),
    )  # fmt: skip
    whole = _in_order(data, rest)
    return whole.select(pl.col(c) if c in whole.columns else absent for c, absent in _ABSENT.items())


def _in_order(data: pl.DataFrame, rest: pl.DataFrame) -> pl.DataFrame:
    """The lines of both frames by sheet and row. A long list with few other lines is put together from slices, because
    sorting would hold it in memory twice."""
    if not data.height or rest.height > _FEW:
        return pl.concat([data, rest], how="diagonal").sort("sheet_number", "row", maintain_order=True)
    place = pl.col("sheet_number").cast(pl.Int64) * 2**32 + pl.col("row")
    data_place, rest_place = (frame.select(place).to_series() for frame in (data, rest))
    if not data_place.is_sorted():
        order = data_place.arg_sort()
        data, data_place = data[order], data_place[order]
    pieces, done = [], 0
    for index, after in enumerate(data_place.search_sorted(rest_place).to_list() if rest.height else []):
        pieces += [data.slice(done, after - done), rest.slice(index, 1)]
        done = after
    pieces.append(data.slice(done))
    return pl.concat([piece for piece in pieces if piece.height], how="diagonal")
