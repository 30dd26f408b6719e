"""The problems of a file one by one: which cell, and a short excerpt that never holds a NIK or a name."""

from __future__ import annotations

import polars as pl

from jangkau.core.reading.checks import hide_numbers
from jangkau.core.reading.schema import PROBLEM_SCHEMA
from jangkau.core.reading.tables import SheetReading

_FIELD_OF = {
    **dict.fromkeys(
        (
            "nik_missing", "nik_length", "nik_characters", "nik_precision_lost", "nik_region_unknown",
            "nik_birthdate_mismatch", "nik_sex_mismatch", "nik_shared",
        ),
        ("nik",),
    ),
    "name_missing": ("name",), "date_missing": ("birth_date", "birth", "birth_day"),
    "date_unreadable": ("birth_date", "birth", "birth_day"), "date_implausible": ("birth_date", "birth", "birth_day"),
    "over_age": ("birth_date", "birth", "birth_year"), "under_age": ("birth_date", "birth", "birth_year"),
    "region_unknown": ("village", "location", "address"), "region_ambiguous": ("village", "location", "address"),
    "other_village": ("village", "address"), "wage_unreadable": ("income",),
    "status_contradicts_month": ("member_status",), "struck_out": ("name", "nik"),
}  # fmt: skip
_SHOWN = frozenset({"date_unreadable", "date_implausible", "wage_unreadable", "status_contradicts_month"})
_DATE_FIELDS = ("birth_date", "birth", "income", "member_status")


def problem_rows(data: pl.DataFrame, raw: pl.DataFrame, readings: list[SheetReading]) -> pl.DataFrame:
    """One line for every problem of every row, in PROBLEM_SCHEMA. Personal columns are never shown."""
    tables = [table for reading in readings for table in reading.tables]
    names = pl.Series([reading.sheet.name for reading in readings], dtype=pl.String)
    told = data.select("sheet_number", "row", "table", "problems").with_row_index("at")
    told = told.filter(pl.col("problems").list.len() > 0).explode("problems").rename({"problems": "code"})
    if not told.height:
        return pl.DataFrame(schema=PROBLEM_SCHEMA)
    cells, shown = [], []
    letters = [{f: table.columns[c].letter for f, c in table.fields.items()} for table in tables]
    texts = {name: raw[name] for name in _DATE_FIELDS if name in raw.columns}
    for at, row, table, code in told.select("at", "row", "table", "code").iter_rows():
        field = next((f for f in _FIELD_OF.get(code, ()) if f in letters[table]), None)
        cells.append(f"{letters[table][field]}{row}" if field else "")
        text = texts[field][at] if field in texts and code in _SHOWN else None
        shown.append(hide_numbers(text) if text else "")
    return told.select(
        "code",
        pl.Series("sheet", names[told["sheet_number"]]),
        "row",
        pl.Series("cell", cells, dtype=pl.String),
        pl.Series("shown", shown, dtype=pl.String),
    )
