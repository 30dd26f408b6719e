"""Two tables of people in canonical columns, brought to forms that can be compared: numbers in place of text wherever
equality is all that is asked. Values no rule understands are kept as text and compared as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from jangkau.core.linkage.names import name_forms

CANONICAL = (
    "id", "nik", "kk", "name", "sex", "birth_date", "birth_place", "mother_name", "address", "rt", "rw",
    "village_code", "phone", "occupation", "employer",
)  # fmt: skip
_FORMS = {
    "nik": pl.Int64, "day": pl.Int32, "day_rarity": pl.Float64, "sex": pl.Int8, "name_id": pl.UInt32,
    "name_rarity": pl.Float64, "mother_id": pl.UInt32, "home": pl.Int32, "rt": pl.Int16, "rw": pl.Int16,
    "kk": pl.Int64, "phone": pl.Int64, "village_code": pl.Int64, "district": pl.Int64, "address": pl.String,
    "birth_place": pl.String, "occupation": pl.String, "employer": pl.String,
}  # fmt: skip
_TEXTS = ("address", "birth_place", "occupation", "employer")
# Words that say what kind of place follows; lists write them or leave them out.
_PLACE_WORDS = r"\b(?:KP|KAMP|KAMPUNG|DSN|DUSUN|JL|JLN|JALAN|GG|GANG|NO|NOMOR|BLOK|RT|RW|DESA|DS|KEL|KELURAHAN|KEC)\b"


class Forms(NamedTuple):
    """`left` and `right`, one line a record in the order given, columns and types as _FORMS: day is yyyymmdd, also of
    days that do not exist; sex 0 L, 1 P; home the district in the NIK; kk, phone, village_code and district the same
    number for the same text; rarities in bits beyond the average of the column. `names` as `name_forms` returns it;
    `words` (word, bits): how rare the words of addresses are."""

    left: pl.DataFrame
    right: pl.DataFrame
    names: pl.DataFrame
    words: pl.DataFrame


def canonical(table: pl.DataFrame) -> pl.DataFrame:
    """The canonical columns that `table` has, as text.

    >>> canonical(pl.DataFrame({"id": [7], "name": ["ITA"], "shoe_size": [39]})).rows()
    [('7', 'ITA')]
    """
    return table.select(pl.col(c).cast(pl.String) for c in CANONICAL if c in table.columns)


def as_forms(left: pl.DataFrame, right: pl.DataFrame) -> Forms:
    """The forms of two tables as `canonical` gives them; numbers given to values hold for both. A column that one of
    them lacks is null in both, except what a NIK also tells."""
    told = ("nik", "birth_date", "sex")
    kept = [c for c in CANONICAL[1:] if _filled(left, c) and _filled(right, c)]
    both = pl.concat([with_text(left, (*told, *kept)), with_text(right, (*told, *kept))])
    nameless = pl.Series([], dtype=pl.String)
    names = name_forms([nameless, *(both[c] for c in ("name", "mother_name") if c in kept)])
    numbered = names.filter(pl.col("canon") != "").select("name", "name_id")
    for column, target in (("name", "name_id"), ("mother_name", "mother_id")):
        if column in kept:
            ids = numbered.rename({"name": column, "name_id": target})
            both = both.join(ids, on=column, how="left", maintain_order="left").drop(column)
    made = _numbers(both).with_columns(day_rarity=_beyond_average(_day_bits()))
    if "name_id" in made.columns:
        rare = names.select(pl.max_horizontal("bits", "part_bits")).to_series()
        made = made.with_columns(name_rarity=_beyond_average(pl.lit(rare.gather(made["name_id"]))))
    forms = made.select(
        pl.col(c).cast(kind) if c in made.columns else pl.lit(None, dtype=kind).alias(c) for c, kind in _FORMS.items()
    )
    return Forms(forms.head(left.height), forms.tail(right.height), names, _words(forms["address"].drop_nulls()))


def _day_bits() -> pl.Expr:
    """As if 2,000 records had been seen before, spread evenly over 15,000 days."""
    share = (pl.len().over("day") + 2_000 / 15_000) / (pl.col("day").count() + 2_000)
    return pl.when(pl.col("day").is_not_null()).then(-share.log(2))


def _beyond_average(bits: pl.Expr) -> pl.Expr:
    return bits + pl.lit(2.0).pow(-bits).mean().log(2)


def _words(texts: pl.Series) -> pl.DataFrame:
    counted = texts.str.split(" ").explode().value_counts(name="n").select(word=texts.name, n="n")
    return counted.select("word", bits=-(pl.col("n") / max(1, texts.len())).clip(0, 1).log(2) + 0.01)


def with_text(table: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """These columns; null where the table lacks them."""
    return table.select(
        pl.col(c) if c in table.columns else pl.lit(None, dtype=pl.String).alias(c) for c in dict.fromkeys(columns)
    )


def _filled(table: pl.DataFrame, column: str) -> bool:
    return column in table.columns and table[column].null_count() < table.height


def nik_number(nik: pl.Expr) -> pl.Expr:
    """Sixteen digits as a number; null for anything else."""
    return pl.when(nik.str.len_bytes() == 16).then(nik).cast(pl.Int64, strict=False)


def _numbers(both: pl.DataFrame) -> pl.DataFrame:
    digits = pl.col("nik") // 10_000 % 1_000_000
    woman = digits >= 410_000
    day, month, year = digits // 10_000 - 40 * woman.cast(pl.Int64), digits // 100 % 100, digits % 100
    possible = day.is_between(1, 31) & month.is_between(1, 12)
    # The NIK leaves out the century; who would not be 15 yet was born in the last one.
    inside = (pl.when(year <= 11).then(2000).otherwise(1900) + year) * 10_000 + month * 100 + day
    stated = pl.col("birth_date").str.replace_all("-", "", literal=True)
    sex = pl.col("sex").replace_strict({"L": 0, "M": 0, "P": 1, "F": 1}, default=None, return_dtype=pl.Int8)
    stated_day = pl.when(stated.str.len_bytes() == 8).then(stated).cast(pl.Int32, strict=False)
    has = [c for c in both.columns if c not in ("nik", "birth_date", "sex")]
    number: dict[str, pl.Expr] = {c: _number(pl.col(c)) for c in ("kk", "phone", "village_code") if c in has}
    if "village_code" in has:
        village = pl.col("village_code")
        number["district"] = _number(pl.when(village.str.len_bytes() >= 8).then(village.str.slice(0, 8)))
    return both.with_columns(nik=nik_number(pl.col("nik"))).with_columns(
        day=pl.coalesce(stated_day, pl.when(possible).then(inside).cast(pl.Int32)),
        sex=pl.coalesce(sex, pl.when(possible).then(woman.cast(pl.Int8))),
        home=(pl.col("nik") // 10_000_000_000).cast(pl.Int32),
        **{c: pl.col(c).str.extract(r"(\d{1,3})").cast(pl.Int16) for c in ("rt", "rw") if c in has},
        **{c: _plain(pl.col(c)) for c in _TEXTS if c in has},
        **number,
    )


def _number(text: pl.Expr) -> pl.Expr:
    """The same number for the same text; null for none."""
    return pl.when(text.is_not_null() & (text != "")).then((text.hash() // 8).cast(pl.Int64))


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
