"""A column of NIKs: what can be recovered, and what is wrong with the rest? Marks, blanks, dots and apostrophes are
taken off; digits are never guessed. Codes are those of the kernel. Source: identifiers as practised on the KTP."""

from __future__ import annotations

import polars as pl

from jangkau.core.reading.sheets import NUMBER

_MARKS = r"['`\u00b4\u2019\u2018\"\s\u00a0\u200b.,_\-\u2013/*:;|]"
_SAID = r"(?i)\(?\b(?:no\.?\s*)?(?:nik|e-?ktp|ktp)\b[.:)]*"  # "NIK 3202...", "3202... (KTP)"
_SAME = "^(?:" + "|".join(f"{digit}+" for digit in range(10)) + ")$"
_SCIENTIFIC = r"^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$"


def clean_numbers(text: pl.Expr) -> pl.Expr:
    """Digits (and what letters remain) of an identity number, marks taken off, null when nothing is left."""
    bare = text.str.replace(r"\.0+$", "").str.replace_all(_SAID, "").str.replace_all(_MARKS, "")
    return pl.when(bare != "").then(bare)


def read_niks(text: pl.Series, kind: pl.Series | None) -> pl.DataFrame:
    """`nik` (16 digits or null), `nik_problem` (code or null) and `nik_digits` (whatever digits remain, to compare rows
    of one list) for a column of cells as text; `kind` tells which cells were numbers.

    >>> read_niks(pl.Series(["'3202014107905001", "belum ada", "3,20201E+15", "32020141O7905001"]), None).rows()[2:]
    [(None, 'nik_precision_lost', None), (None, 'nik_characters', None)]
    """
    frame = pl.LazyFrame({"text": text, "kind": kind if kind is not None else pl.repeat(0, len(text), eager=True)})
    bare = clean_numbers(pl.col("text"))
    frame = frame.with_columns(
        bare=bare,
        scientific=pl.col("text").str.replace_all(r"[\s'`]", "").str.contains(_SCIENTIFIC).fill_null(False),
        number=pl.col("kind") == NUMBER,
    )
    digits = pl.col("bare").str.contains(r"^\d+$")
    size = pl.col("bare").str.len_chars()
    lost = pl.col("scientific") | (pl.col("number") & digits & (size == 16) & pl.col("bare").str.ends_with("0"))
    problem = (
        pl.when(pl.col("bare").is_null() | ~pl.col("bare").str.contains(r"\d") | pl.col("bare").str.contains(_SAME))
        .then(pl.lit("nik_missing"))
        .when(lost)
        .then(pl.lit("nik_precision_lost"))
        .when(~digits)
        .then(pl.lit("nik_characters"))
        .when(size != 16)
        .then(pl.lit("nik_length"))
    )
    frame = frame.with_columns(nik_problem=problem)
    return frame.select(
        nik=pl.when(pl.col("nik_problem").is_null()).then(pl.col("bare")),
        nik_problem="nik_problem",
        nik_digits=pl.when(digits & (pl.col("nik_problem") != "nik_missing").fill_null(True) & ~pl.col("scientific"))
        .then(pl.col("bare")),
    ).collect()  # fmt: skip


def date_differs(nik: pl.Expr, birth_date: pl.Expr) -> pl.Expr:
    """True where the six date digits of a NIK are not those of the stated birth date (women: day + 40)."""
    stated = birth_date.dt.strftime("%m%y")
    day = nik.str.slice(6, 2).cast(pl.Int16, strict=False)
    day = pl.when(day > 40).then(day - 40).otherwise(day)
    return ((nik.str.slice(8, 4) != stated) | (day != birth_date.dt.day())).fill_null(False)


def sex_differs(nik: pl.Expr, sex: pl.Expr) -> pl.Expr:
    """True where the day digits of a NIK (above 40 for women) say another sex than the one stated."""
    day = nik.str.slice(6, 2).cast(pl.Int16, strict=False)
    inside = pl.when(day > 40).then(pl.lit("P")).when(day <= 40).then(pl.lit("L"))
    return (inside != sex).fill_null(False)
