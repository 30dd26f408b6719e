"""Two tables of people in canonical columns, brought to forms that can be compared: numbers in place of text wherever
equality is all that is asked. Values no rule understands are kept as text and compared as text."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from jangkau.core.linkage.names import name_forms

CANONICAL = (
    "id", "nik", "kk", "name", "sex", "birth_date", "birth_place", "mother_name", "address", "rt", "rw",
    "village_code", "phone", "occupation", "employer",
)  # fmt: skip
_NUMBERS = ("kk", "phone", "village_code", "district")
_TEXTS = ("address", "birth_place", "occupation", "employer")
# Words that say what kind of place follows; lists write them or leave them out.
_PLACE_WORDS = r"\b(?:KP|KAMP|KAMPUNG|DSN|DUSUN|JL|JLN|JALAN|GG|GANG|NO|NOMOR|BLOK|RT|RW|DESA|DS|KEL|KELURAHAN|KEC)\b"


class Forms(NamedTuple):
    """`left` and `right`, one line a record in the order given: nik i64, day i32 (yyyymmdd, also days that do not
    exist), sex i8 (0 L, 1 P), name_id and mother_id u32, home i32 (district in the NIK), rt and rw i16, kk, phone,
    village_code and district u32, texts str. `names` as `name_forms` returns it."""

    left: pl.DataFrame
    right: pl.DataFrame
    names: pl.DataFrame


def canonical(table: pl.DataFrame) -> pl.DataFrame:
    """The canonical columns of `table` as text; missing columns and empty cells are null.

    >>> canonical(pl.DataFrame({"id": [7], "name": ["ITA"], "shoe_size": [39]})).select("id", "name", "nik").rows()
    [('7', 'ITA', None)]
    """
    return table.select(
        pl.col(c).cast(pl.String).str.strip_chars().replace("", None) if c in table.columns
        else pl.lit(None, dtype=pl.String).alias(c)
        for c in CANONICAL
    )  # fmt: skip


def as_forms(left: pl.DataFrame, right: pl.DataFrame) -> Forms:
    """The forms of two tables in CANONICAL columns; numbers given to values hold for both tables."""
    both = pl.concat([left, right]).drop("id")
    names = name_forms([both["name"], both["mother_name"]])
    numbered = names.filter(pl.col("canon") != "").select("name", "name_id")
    for column, target in (("name", "name_id"), ("mother_name", "mother_id")):
        both = both.join(
            numbered.rename({"name": column, "name_id": target}), on=column, how="left", maintain_order="left"
        )
    forms = _numbers(both).select(
        "nik", "day", "sex", "name_id", "mother_id", "home", "rt", "rw", *_NUMBERS, *_TEXTS,
    )  # fmt: skip
    return Forms(forms.head(left.height), forms.tail(right.height), names)


def nik_number(nik: pl.Expr) -> pl.Expr:
    """Sixteen digits as a number; null for anything else."""
    digits = nik.str.replace_all(r"\D", "")
    return pl.when(digits.str.len_bytes() == 16).then(digits).cast(pl.Int64, strict=False)


def _numbers(both: pl.DataFrame) -> pl.DataFrame:
    digits = pl.col("nik") // 10_000 % 1_000_000
    woman = digits >= 410_000
    day, month, year = digits // 10_000 - 40 * woman.cast(pl.Int64), digits // 100 % 100, digits % 100
    possible = day.is_between(1, 31) & month.is_between(1, 12)
    # The NIK leaves out the century; who would not be 15 yet was born in the last one.
    inside = (pl.when(year <= 11).then(2000).otherwise(1900) + year) * 10_000 + month * 100 + day
    stated = pl.col("birth_date").str.replace_all(r"\D", "")
    sex = pl.col("sex").str.to_uppercase().str.slice(0, 1)
    village = pl.col("village_code")
    return (
        both.with_columns(nik=nik_number(pl.col("nik")))
        .with_columns(
            day=pl.coalesce(
                pl.when(stated.str.len_bytes() == 8).then(stated).cast(pl.Int32),
                pl.when(possible).then(inside).cast(pl.Int32),
            ),
            sex=pl.coalesce(
                pl.when(sex.is_in(["P", "F"])).then(1).when(sex.is_in(["L", "M"])).then(0),
                pl.when(possible).then(woman.cast(pl.Int32)),
            ).cast(pl.Int8),
            home=(pl.col("nik") // 10_000_000_000).cast(pl.Int32),
            rt=pl.col("rt").str.extract(r"(\d{1,3})").cast(pl.Int16),
            rw=pl.col("rw").str.extract(r"(\d{1,3})").cast(pl.Int16),
            district=pl.when(village.str.len_bytes() >= 8).then(village.str.slice(0, 8)),
            **{text: _plain(pl.col(text)) for text in _TEXTS},
        )
        .with_columns(pl.col(c).rank("dense").cast(pl.UInt32) for c in _NUMBERS)
    )


def _plain(text: pl.Expr) -> pl.Expr:
    """Upper case letters and digits, single spaces, no words for kinds of places, no leading zeros."""
    return (
        text.str.to_uppercase()
        .str.replace_all(r"[^A-Z0-9]+", " ")
        .str.replace_all(_PLACE_WORDS, " ")
        .str.replace_all(r"\b0+(\d)", "$1")
        .str.replace_all(" +", " ")
        .str.strip_chars()
        .replace("", None)
    )
