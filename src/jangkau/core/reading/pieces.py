"""A NIK cut over several columns (four times four digits, district and day and serial, one digit a box): which columns,
and how many digits belong in each?"""

from __future__ import annotations

import polars as pl

from jangkau.core.reading.columns import field_of

_CUTS: dict[int, tuple[tuple[int, ...], ...]] = {
    2: ((12, 4), (6, 10), (8, 8)),
    3: ((6, 6, 4),),
    4: ((4, 4, 4, 4), (2, 4, 6, 4), (6, 6, 2, 2)),
    5: ((2, 2, 2, 6, 4), (6, 2, 2, 2, 4)),
    7: ((2, 2, 2, 2, 2, 2, 4),),
    8: ((2,) * 8,),
    16: ((1,) * 16,),
}
_SAMPLE = 200
_SHARE = 0.8  # of the sampled lines that must fit


def nik_pieces(fields: list[str | None], headers: list[str], body: pl.DataFrame) -> dict[int, int]:
    """The columns that make up one NIK and the digits in each, empty when the NIK stands in one column. A run begins
    under a header that names the NIK; further columns have no header, or name it again."""
    for start, header in enumerate(headers):
        if not header or field_of(header) != "nik":
            continue
        end = start + 1
        while end < len(headers) and end - start < 16 and (not headers[end] or field_of(headers[end]) == "nik"):
            end += 1
        for width in range(end - start, 1, -1):
            for cut in _CUTS.get(width, ()):
                named = all(headers[start : start + width])
                if _fits(body.select(body.columns[start : start + width]).head(_SAMPLE), cut, named=named):
                    return dict(zip(range(start, start + width), cut, strict=True))
    return {}


def _fits(sample: pl.DataFrame, cut: tuple[int, ...], *, named: bool) -> bool:
    """Are the cells digits, no longer than the cut allows, and are half of the columns full in most lines? Where every
    column is `named` a piece of the NIK, number cells that lost their zeros may be short in all lines."""
    rows = sample.drop_nulls()
    if rows.height < 3 or rows.height < 0.5 * sample.height:
        return False
    sizes = [
        rows[:, n].str.replace_all(r"[\s'`.\-]", "").str.extract(r"^(\d+)$", 1).str.len_chars().fill_null(99)
        for n in range(len(cut))
    ]
    within = [int((size <= digits).sum()) >= _SHARE * rows.height for size, digits in zip(sizes, cut, strict=True)]
    whole = sum(int((size == digits).sum()) >= 0.5 * rows.height for size, digits in zip(sizes, cut, strict=True))
    return all(within) and (2 * whole >= len(cut) or (named and whole > 0))


def joined(pieces: dict[int, int]) -> pl.Expr:
    """The whole number; zeros that a number cell lost at the front of a piece are put back, since the number of digits
    in a piece is known."""
    parts = [
        pl.col(f"c{column}").str.replace_all(r"[\s'`.\-]", "").str.zfill(digits).fill_null("")
        for column, digits in pieces.items()
    ]
    whole = pl.concat_str(parts)
    return pl.when(whole != "").then(whole)
