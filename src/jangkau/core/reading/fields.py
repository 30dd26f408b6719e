"""From the cells of all tables to one raw frame: a text column for every field, the kind of the cell where it matters,
and where the row stands."""

from __future__ import annotations

import polars as pl

from jangkau.core.reading.sheets import Sheet
from jangkau.core.reading.tables import SheetReading, Table

KINDED = ("nik", "kk", "birth", "birth_date", "since", "until", "event_date", "paid_until", "rtrw", "nib", "kpj", "npp")


def raw_rows(readings: list[SheetReading]) -> pl.DataFrame:
    """All data rows of a file: `sheet_number, row, table, cells` and one text column for each field found; fields in
    KINDED come with `<field>_kind`, notes joined into `note`."""
    frames, number = [], 0
    for sheet_number, reading in enumerate(readings):
        for table in reading.tables:
            if len(table.indexes):
                frames.append(_table_frame(table, number, sheet_number))
            number += 1
    if not frames:
        return pl.DataFrame(
            schema={"sheet_number": pl.Int32, "row": pl.Int32, "table": pl.Int32, "cells": pl.List(pl.String)}
        )
    return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")


def _table_frame(table: Table, number: int, sheet_number: int) -> pl.DataFrame:
    sheet = table.sheet
    whole = len(table.indexes) == sheet.height
    body = sheet.cells if whole else sheet.cells[table.indexes]
    columns = [
        pl.lit(sheet_number, dtype=pl.Int32).alias("sheet_number"),
        pl.Series("row", sheet.rows if whole else sheet.rows[table.indexes]),
        pl.lit(number, dtype=pl.Int32).alias("table"),
        cell_list(sheet),
    ]
    for name, column in table.fields.items():
        columns.append(pl.col(f"c{column}").alias(name))
        if name in KINDED and column in sheet.kinds:
            columns.append(pl.Series(f"{name}_kind", sheet.kinds[column][table.indexes]))
    if table.notes:
        columns.append(pl.concat_str([f"c{n}" for n in table.notes], separator=" ", ignore_nulls=True).alias("note"))
    return body.select(columns)


def other_lines(readings: list[SheetReading]) -> pl.DataFrame:
    """All lines that are no data rows: `sheet_number, row, cells, kind`."""
    frames = []
    for sheet_number, reading in enumerate(readings):
        if reading.line_kinds:
            indexes = pl.Series(list(reading.line_kinds), dtype=pl.Int32)
            frames.append(
                reading.sheet.cells[indexes].select(
                    pl.lit(sheet_number, dtype=pl.Int32).alias("sheet_number"),
                    pl.Series("row", reading.sheet.rows[indexes]),
                    cell_list(reading.sheet),
                    pl.Series("kind", list(reading.line_kinds.values()), dtype=pl.String),
                )
            )
    empty = {"sheet_number": pl.Int32, "row": pl.Int32, "cells": pl.List(pl.String), "kind": pl.String}
    return pl.concat(frames) if frames else pl.DataFrame(schema=empty)


def cell_list(sheet: Sheet) -> pl.Expr:
    """All cells of a line as text, empty where empty."""
    return pl.concat_list(pl.all().fill_null("")).alias("cells")
