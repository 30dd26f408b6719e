"""Name and NIK in one cell ("AHMAD SOBARI / 3202…", "3202… - AHMAD SOBARI"): told by what stands in the column, cut
into two columns that keep the letter of the one there is."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from jangkau.core.reading.columns import field_of, is_header_word
from jangkau.core.reading.sheets import Sheet

_SAMPLE = 300
_SHORTEST = 17  # fifteen digits and two letters
_NUMBER = r"(?:^|[^\d])(\d(?:[ .'\-]?\d){14,16})(?:[^\d]|$)"
_AROUND = r"(?i)\b(?:NO\.?\s*)?(?:NIK|KTP)\b[\s.:]*|[/|;:()\[\]\n\r]+"


def uncombined(sheet: Sheet) -> Sheet:
    """The sheet with a column that holds both cut in two, or the sheet itself. The number follows the name."""
    if not sheet.width:
        return sheet
    sample = sheet.cells.head(_SAMPLE)
    long = (pl.all().str.len_bytes() >= _SHORTEST).sum()
    may_hold = sample.select((long >= 3) & (2 * long > pl.all().count())).row(0)
    for column in [n for n, may in enumerate(may_hold) if may]:
        cells = sample[:, column].drop_nulls()
        number = cells.str.contains(_NUMBER)
        both = number & cells.str.replace(_NUMBER, " ").str.contains(r"\p{L}{2}")
        if _most(both) and (headers := _headers(cells)) is not None:
            return _cut(sheet, column, headers)
    return sheet


def _most(told: pl.Series) -> bool:
    return int(told.sum()) >= 3 and 2 * int(told.sum()) > len(told)


def _headers(cells: pl.Series) -> list[str] | None:
    """The cells of the column that are its header, none when it has no header; None when the header says that it holds
    something else (an address, a remark)."""
    words = [text for text in cells.to_list() if is_header_word(text)]
    named = [text for text in words if field_of(text) in ("name", "nik")]
    return named if named or not words else None


def _cut(sheet: Sheet, column: int, headers: list[str]) -> Sheet:
    text = sheet.cells[:, column]
    head = text.is_in(headers)
    number = text.str.extract(_NUMBER, 1)
    rest = text.str.replace(_NUMBER, " ").str.replace_all(_AROUND, " ").str.strip_chars(" ,-\u2013\u2014_")
    name = pl.select(
        pl.when(head).then(pl.lit("NAMA")).when(number.is_null()).then(text).when(rest != "").then(rest)
    ).to_series()
    nik = pl.select(pl.when(head).then(pl.lit("NIK")).otherwise(number)).to_series()
    series = [*sheet.cells.get_columns()[:column], name, nik, *sheet.cells.get_columns()[column + 1 :]]
    places = sheet.positions or tuple(range(sheet.width))

    def moved(at: int) -> int:
        return at + (at > column)

    return replace(
        sheet,
        cells=pl.DataFrame([one.alias(f"c{n}") for n, one in enumerate(series)]),
        kinds={moved(n): kind for n, kind in sheet.kinds.items() if n != column},
        positions=(*places[: column + 1], *places[column:]),
        merged=tuple((top, bottom, moved(at)) for top, bottom, at in sheet.merged),
        struck={moved(n): rows for n, rows in sheet.struck.items()},
    )
