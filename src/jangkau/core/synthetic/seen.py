"""The problems that can be seen in a row by comparing what it says, in columns;
`mess.check` does the same row by row."""

from __future__ import annotations

from datetime import date

import polars as pl


def seen_problems(
    as_of: date, *, birth: str = "birth_date", nik: str = "nik_true", sex: str = "sex"
) -> dict[str, pl.Expr]:
    """Code to expression, over columns with the NIK that can be read ("" when none), birth date (or null) and sex."""
    day = pl.col(nik).str.slice(6, 2).cast(pl.Int64, strict=False)
    inside = (day - pl.when(day > 40).then(40).otherwise(0)).cast(pl.String).str.zfill(2) + pl.col(nik).str.slice(8, 4)
    known = pl.col(nik) != ""
    oldest = date(as_of.year - 66, as_of.month, min(as_of.day, 28))
    return {
        "nik_missing": ~known,
        "nik_birthdate_mismatch": known & (inside != pl.col(birth).dt.strftime("%d%m%y")),
        "nik_sex_mismatch": known & ((day > 40) != (pl.col(sex) == "P")),
        "over_age": pl.col(birth) <= oldest,
    }
