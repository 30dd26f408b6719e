"""How two records agree, column by column, in a few levels that can be said in words (Fellegi and Sunter 1969). A level
is computed here for whole columns of pairs; the trainer asks the same functions, so that both mean the same by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import Indel, JaroWinkler

from jangkau.core.linkage import resemblance
from jangkau.core.linkage.pairs.forms import Forms
from jangkau.core.linkage.resemblance import name_levels

# Every level is a number: 0 is disagreement, the highest equality; null is unknown.
_OF_NAME = {
    resemblance.SAME: 6, resemblance.SLIP: 5, resemblance.INITIALS: 4, resemblance.PART: 3, resemblance.SIBLING: 2,
    resemblance.LOOSE: 1, resemblance.DIFFERENT: 0,
}  # fmt: skip
Level = Callable[[Forms, pl.DataFrame], pl.Series]


class Comparison(NamedTuple):
    """One thing that two records are compared by. `words` names its levels from 0 up, in Indonesian; `level` gives the
    level (i8) of pairs (left, right)."""

    name: str
    says: str  # what is compared, in Indonesian
    column: str  # of Forms; without values in both tables there is nothing to compare
    words: tuple[str, ...]
    level: Level


def _sides(forms: Forms, pairs: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The columns of both records of each pair; those of the right one with `_r`."""
    left, right = forms.left.select(columns)[pairs["left"]], forms.right.select(columns)[pairs["right"]]
    return pl.concat([left, right.rename({c: f"{c}_r" for c in columns})], how="horizontal")


def _names_of(column: str) -> Level:
    def level(forms: Forms, pairs: pl.DataFrame) -> pl.Series:
        both = _sides(forms, pairs, column).rename({column: "left_name", f"{column}_r": "right_name"})
        found = name_levels(both, forms.names)["name_level"]
        return found.replace_strict(_OF_NAME, default=None, return_dtype=pl.Int8)

    return level


def _equal(*columns: str) -> Level:
    def level(forms: Forms, pairs: pl.DataFrame) -> pl.Series:
        both = _sides(forms, pairs, *columns)
        same = pl.all_horizontal(pl.col(c) == pl.col(f"{c}_r") for c in columns)
        return both.select(same.cast(pl.Int8)).to_series()

    return level


def _digits_apart(a: pl.Expr, b: pl.Expr, width: int) -> pl.Expr:
    return pl.sum_horizontal((a // 10**k % 10 != b // 10**k % 10).cast(pl.Int8) for k in range(width))


def _swapped(a: pl.Expr, b: pl.Expr, width: int) -> pl.Expr:
    """Do the numbers differ by two neighbouring digits that changed places?"""
    return pl.any_horizontal(
        (a // 10 ** (k + 2) == b // 10 ** (k + 2)) & (a % 10**k == b % 10**k)
        & (a // 10**k % 10 == b // 10 ** (k + 1) % 10) & (a // 10 ** (k + 1) % 10 == b // 10**k % 10)
        for k in range(width - 1)
    )  # fmt: skip


def _nik(forms: Forms, pairs: pl.DataFrame) -> pl.Series:
    a, b = pl.col("nik"), pl.col("nik_r")
    near = (_digits_apart(a, b, 16) <= 1) | _swapped(a, b, 16)
    # Numbers that were issued one after the other: brothers and sisters, above all twins.
    beside = (a != b) & ((a - b).abs() <= 3)
    level = pl.when(a == b).then(3).when(beside).then(1).when((a != b) & near).then(2).when(a != b).then(0)
    return _sides(forms, pairs, "nik").select(level.cast(pl.Int8)).to_series()


def _day(forms: Forms, pairs: pl.DataFrame) -> pl.Series:
    a, b = pl.col("day"), pl.col("day_r")
    exchanged = (a // 10_000 == b // 10_000) & (a // 100 % 100 == b % 100) & (a % 100 == b // 100 % 100)
    apart = _digits_apart(a, b, 8)
    parts = pl.sum_horizontal(
        (x == y).cast(pl.Int8) for x, y in ((a // 10_000, b // 10_000), (a // 100 % 100, b // 100 % 100),
                                           (a % 100, b % 100))
    )  # fmt: skip
    level = (
        pl.when(a == b).then(3)
        .when((a != b) & ((apart <= 1) | exchanged | _swapped(a, b, 8))).then(2)
        .when((a != b) & ((parts == 2) | (apart <= 2))).then(1)
        .when(a != b).then(0)
    )  # fmt: skip
    return _sides(forms, pairs, "day").select(level.cast(pl.Int8)).to_series()


def _place(forms: Forms, pairs: pl.DataFrame) -> pl.Series:
    both = _sides(forms, pairs, "village_code", "district")
    same, near = (pl.col(c) == pl.col(f"{c}_r") for c in ("village_code", "district"))
    known = pl.col("village_code").is_not_null() & pl.col("village_code_r").is_not_null()
    return both.select(pl.when(same).then(2).when(near).then(1).when(known).then(0).cast(pl.Int8)).to_series()


def _house(forms: Forms, pairs: pl.DataFrame) -> pl.Series:
    rt, rw = (pl.col(c) == pl.col(f"{c}_r") for c in ("rt", "rw"))
    level = pl.when(rt & rw).then(2).when(rt | rw).then(1).when(~rt | ~rw).then(0)
    return _sides(forms, pairs, "rt", "rw").select(level.cast(pl.Int8)).to_series()


def _text(column: str) -> Level:
    """Levels by the letters: equal, alike (Jaro-Winkler from 0.9), akin (from 0.75), different."""

    def level(forms: Forms, pairs: pl.DataFrame) -> pl.Series:
        both = _sides(forms, pairs, column)
        known = both.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
        some = both.filter(known).unique()
        alike = process.cpdist(
            some[column].to_list(), some[f"{column}_r"].to_list(), scorer=JaroWinkler.similarity, score_cutoff=0.75,
            workers=-1, dtype=np.float32,
        )  # fmt: skip
        table = some.with_columns(alike=pl.Series(alike, dtype=pl.Float32))
        score = both.join(table, on=both.columns, how="left", maintain_order="left")["alike"]
        steps = (score >= 0.75).cast(pl.Int8) + (score >= 0.9).cast(pl.Int8) + (score >= 1.0).cast(pl.Int8)
        return steps.cast(pl.Int8)

    return level


def _address(forms: Forms, pairs: pl.DataFrame) -> pl.Series:
    """Levels by the words in common, each as telling as it is rare; the same only with the same numbers of houses."""
    both = _sides(forms, pairs, "address")
    distinct = both.drop_nulls().unique(maintain_order=True).with_row_index("pair")
    split = distinct.select("pair", a=pl.col("address").str.split(" "), b=pl.col("address_r").str.split(" "))
    weights = {}
    for name, chosen in (("a", pl.col("a").list.unique()), ("b", pl.col("b").list.unique()),
                         ("common", pl.col("a").list.set_intersection("b"))):  # fmt: skip
        bits = (
            split.select("pair", word=chosen).explode("word", empty_as_null=False).join(forms.words, on="word")
            .group_by("pair").agg(pl.col("bits").sum())
        )  # fmt: skip
        weights[name] = (
            distinct.select("pair").join(bits, on="pair", how="left", maintain_order="left")["bits"].fill_null(0.0)
        )
    table = pl.DataFrame(weights).select(share=pl.col("common") / pl.min_horizontal("a", "b"), common="common")
    letters = process.cpdist(
        *(distinct[c].str.replace_all(" ", "").to_list() for c in ("address", "address_r")),
        scorer=Indel.normalized_similarity, score_cutoff=0.7, workers=-1, dtype=np.float32,
    )  # fmt: skip
    table = table.with_columns(letters=pl.Series(letters, dtype=pl.Float32))
    shared, share, alike = pl.col("common"), pl.col("share"), pl.col("letters")
    a, b = (pl.col(c).str.extract_all(r"\d+").list.sort() for c in ("address", "address_r"))
    house = (a == b) | (a.list.len() == 0) | (b.list.len() == 0)
    table = table.with_columns(distinct.select(house=house, street=pl.col("address").str.contains("[A-Z]")))
    level = table.select(
        pl.when((((shared >= 24) & (share >= 0.6)) | ((alike >= 0.92) & pl.col("street"))) & pl.col("house")).then(5)
        .when((shared >= 16) | (alike >= 0.82)).then(4)
        .when((shared >= 10) | (alike >= 0.72)).then(3)
        .when(share < 0.15).then(0).when(shared >= 5).then(2).otherwise(1).cast(pl.Int8)
    ).to_series()  # fmt: skip
    table = distinct.drop("pair").with_columns(level=level)
    return both.join(table, on=both.columns, how="left", maintain_order="left")["level"]


HOUSEHOLD = ("mother_name", "kk", "phone", "village", "rt_rw", "address")  # who lives together agrees in these
# Levels that `model` asks for. NAME_AGREES: from here on one person may be called both.
NIK_NEXT, NIK_NEAR, NIK_SAME, DAY_SAME, NAME_AGREES, NAME_SAME = 1, 2, 3, 3, 3, 6
_NAME_WORDS = ("berbeda", "mirip jauh", "beda satu huruf hidup", "sebagian sama", "disingkat", "beda tulisan", "sama")
_LETTERS = ("berbeda", "agak mirip", "mirip", "sama")
COMPARISONS = (
    Comparison("nik", "NIK", "nik", ("berbeda", "berurutan", "beda satu angka", "sama"), _nik),
    Comparison("name", "nama", "name_id", _NAME_WORDS, _names_of("name_id")),
    Comparison("birth_date", "tanggal lahir", "day", ("berbeda", "beda dua angka", "beda satu angka", "sama"), _day),
    Comparison("sex", "jenis kelamin", "sex", ("berbeda", "sama"), _equal("sex")),
    Comparison("mother_name", "nama ibu", "mother_id", _NAME_WORDS, _names_of("mother_id")),
    Comparison("kk", "KK", "kk", ("berbeda", "sama"), _equal("kk")),
    Comparison("phone", "telepon", "phone", ("berbeda", "sama"), _equal("phone")),
    Comparison("village", "desa", "village_code", ("berbeda", "kecamatan sama", "sama"), _place),
    Comparison("rt_rw", "RT/RW", "rw", ("berbeda", "sebagian sama", "sama"), _house),
    Comparison(
        "address",
        "alamat",
        "address",
        ("berbeda", "sedikit sama", "sebagian sama", "banyak sama", "hampir sama", "sama"),
        _address,
    ),
    Comparison("birth_place", "tempat lahir", "birth_place", _LETTERS, _text("birth_place")),
    Comparison("occupation", "pekerjaan", "occupation", _LETTERS, _text("occupation")),
    Comparison("employer", "pemberi kerja", "employer", _LETTERS, _text("employer")),
)
