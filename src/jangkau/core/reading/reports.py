"""The problems of a file one by one: which cell, and a short excerpt that never holds a NIK or a name."""

from __future__ import annotations

import re

import polars as pl

from jangkau.core.reading.checks import hide_numbers
from jangkau.core.reading.schema import PROBLEM_SCHEMA
from jangkau.core.reading.tables import SheetReading, Table
from jangkau.core.reading.villages import SAYS_PLACE

_BORN = (("birth_date",), ("birth",), ("birth_day", "birth_month", "birth_year"))
_PLACE = ("region_unknown", "region_ambiguous")
# The cells a problem is seen in: of several ways to write a value the first that the table uses.
_CELLS_OF: dict[str, tuple[tuple[tuple[str, ...], ...], ...]] = {
    **dict.fromkeys(
        ("nik_missing", "nik_length", "nik_characters", "nik_precision_lost", "nik_region_unknown", "nik_shared"),
        ((("nik",),),),
    ),
    "nik_birthdate_mismatch": ((("nik",),), _BORN),
    "nik_sex_mismatch": ((("nik",),), (("sex",), ("male", "female"))),
    **dict.fromkeys(("date_missing", "date_unreadable", "date_implausible", "over_age", "under_age"), (_BORN,)),
    "name_missing": ((("name",),),),
    "other_village": ((("village",), ("address",)),),
    "wage_unreadable": ((("income",),),),
    "status_contradicts_month": ((("member_status",),),),
    "struck_out": ((("name",), ("nik",)),),
}
_SHOWN = frozenset({"date_unreadable", "date_implausible", "wage_unreadable", "status_contradicts_month"})
_DATE_FIELDS = ("birth_date", "birth", "income", "member_status")


def problem_rows(data: pl.DataFrame, raw: pl.DataFrame, readings: list[SheetReading]) -> pl.DataFrame:
    """One line for every problem of every row, in PROBLEM_SCHEMA; `cell` names all cells to look at ("C5, E5").
    Personal columns are never shown."""
    tables = [table for reading in readings for table in reading.tables]
    names = pl.Series([reading.sheet.name for reading in readings], dtype=pl.String)
    told = data.select("sheet_number", "row", "table", "problems").with_row_index("at")
    told = told.filter(pl.col("problems").list.len() > 0).explode("problems").rename({"problems": "code"})
    if not told.height:
        return pl.DataFrame(schema=PROBLEM_SCHEMA)
    cells, shown = [], []
    letters = [_letters(table) for table in tables]
    blamed = data["place_blamed"]
    addresses = raw["address"] if "address" in raw.columns else [None] * raw.height
    texts = {name: raw[name] for name in _DATE_FIELDS if name in raw.columns}
    usual: dict[tuple[int, str], tuple[list[str], list[str]]] = {}  # fields and their letters
    for at, row, table, code in told.select("at", "row", "table", "code").iter_rows():
        if code in _PLACE:
            fields = _place_fields(blamed[at].split("|"), letters[table], addresses[at])
            found = _letters_of(fields, letters[table])
        elif (table, code) in usual:
            fields, found = usual[table, code]
        else:
            fields = _fields_of(code, letters[table])
            found = _letters_of(fields, letters[table])
            usual[table, code] = fields, found
        cells.append(", ".join([f"{letter}{row}" for letter in found]))
        text = next((texts[field][at] for field in fields if field in texts), None) if code in _SHOWN else None
        shown.append(hide_numbers(text) if text else "")
    return told.select(
        "code",
        pl.Series("sheet", names[told["sheet_number"]]),
        "row",
        pl.Series("cell", cells, dtype=pl.String),
        pl.Series("shown", shown, dtype=pl.String),
    )


def _letters(table: Table) -> dict[str, list[str]]:
    """Field -> letters of the columns it stands in: a NIK may be cut over several, remarks too."""
    several = {"nik": list(table.pieces), "note": table.notes}
    columns = {**{field: [column] for field, column in table.fields.items()}, **{f: c for f, c in several.items() if c}}
    return {field: [table.columns[column].letter for column in found] for field, found in columns.items()}


def _letters_of(fields: list[str], letters: dict[str, list[str]]) -> list[str]:
    return list(dict.fromkeys(letter for field in fields for letter in letters.get(field, ())))


def _fields_of(code: str, letters: dict[str, list[str]]) -> list[str]:
    """The fields of the table that have to be looked at."""
    ways = [[way for way in part if way[0] in letters] for part in _CELLS_OF.get(code, ())]
    return [field for part in ways if part for field in part[0]]


def _place_fields(parts: list[str], letters: dict[str, list[str]], address: str | None) -> list[str]:
    """The fields that the parts of a saying about a place stand in."""
    homes = {
        "village": "village" if "village" in letters else "location",
        "text": "address" if address and re.search(SAYS_PLACE, address) else "note",
    }
    return [homes.get(part, part) for part in parts]
