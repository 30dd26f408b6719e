"""Workers pasted from Excel or typed, one a line: which cell is the NIK, the name, the task, the wage? By a line of
headers where there is one, else by how each cell looks. Cells are cleaned as those of a file are."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from jangkau.core.reading.cleaning import clean
from jangkau.core.reading.columns import field_of

WORKER_SCHEMA: dict[str, pl.DataType] = {
    "nik": pl.String(), "name": pl.String(), "address": pl.String(), "task": pl.String(),
    "daily_wage": pl.Int64(), "days": pl.Int32(),
}  # fmt: skip
_KNOWN = ("nik", "name", "address", "occupation", "position", "daily_wage", "days")
_HOME = re.compile(r"(?i)\b(kp|kampung|jl|jalan|rt|rw|dusun|blok|desa|lingkungan)\b")
_LEAST_WAGE = 10_000  # rupiah a day; a smaller number is a count of days
_MOST_DAYS = 400


def workers_in(text: str, as_of: date) -> pl.DataFrame:
    """The workers of a pasted text in WORKER_SCHEMA, in its order; lines without a name and without a NIK are left out.

    >>> pasted = "1\\t'3202011203803841\\tUjang Sukmana\\tTukang\\t140.000\\t20\\nAsep Hidayat"
    >>> workers_in(pasted, date(2026, 1, 1)).select("nik", "name", "task", "daily_wage", "days").rows()
    [('3202011203803841', 'UJANG SUKMANA', 'TUKANG', 140000, 20), (None, 'ASEP HIDAYAT', None, None, None)]
    >>> workers_in("Nama;Upah/hari\\nDedi Kusnadi;110000", date(2026, 1, 1)).select("name", "daily_wage").rows()
    [('DEDI KUSNADI', 110000)]
    """
    lines = [_cells(line) for line in text.splitlines() if line.strip()]
    fields = [field_of(cell) for cell in lines[0]] if lines else []
    if {"nik", "name"} & set(fields):
        found = [_by_header(fields, cells) for cells in lines[1:]]
    else:
        found = [_by_look(cells, number) for number, cells in enumerate(lines, 1)]
    raw = pl.DataFrame(found, schema=dict.fromkeys(_KNOWN, pl.String()))
    told = clean(raw, as_of).with_columns(task=pl.coalesce("position", "occupation"))
    kept = told.filter(pl.col("name").is_not_null() | pl.col("nik").is_not_null())
    return kept.select(pl.col(name).cast(kind) for name, kind in WORKER_SCHEMA.items())


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"\t|;|\|", line)]


def _by_header(fields: list[str | None], cells: list[str]) -> dict[str, str | None]:
    told = {field: cell or None for field, cell in zip(fields, cells, strict=False) if field in _KNOWN}
    return {name: told.get(name) for name in _KNOWN}


def _by_look(cells: list[str], number: int) -> dict[str, str | None]:
    told: dict[str, str | None] = dict.fromkeys(_KNOWN)
    for place, cell in enumerate(cells):
        digits = re.sub(r"\D", "", cell)
        if not cell or (place == 0 and digits == str(number) and len(cells) > 1):
            continue  # empty, or a running number
        field = _field_by_look(cell, digits, told)
        if field and told[field] is None:
            told[field] = cell
    return told


def _field_by_look(cell: str, digits: str, told: dict[str, str | None]) -> str | None:
    if not re.search(r"[^\W\d_]{2}", cell.removeprefix("Rp")):
        if 15 <= len(digits) <= 17 or re.fullmatch(r"[\d.,]+[eE]\+?\d+", cell):
            return "nik"
        amount = int(digits) if digits and len(digits) < 12 else 0
        return "daily_wage" if amount >= _LEAST_WAGE else "days" if 0 < amount <= _MOST_DAYS else None
    if told["name"] is None:
        return "name"
    return "address" if _HOME.search(cell) else "position"
