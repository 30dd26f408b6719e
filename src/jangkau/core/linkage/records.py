"""Rows and people as records that can be compared: numbers in place of text, the same number for the same value.
A record is one way a person has been written; a person may have several."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from jangkau.core.linkage.names import name_forms
from jangkau.core.linkage.tables import with_columns_of

_INPUT: dict[str, pl.DataType] = {
    "owner": pl.Int64(),
    "list_id": pl.Int64(),
    "nik": pl.String(),
    "kk": pl.String(),
    "kpj": pl.String(),
    "name": pl.String(),
    "sex": pl.String(),
    "birth_date": pl.Date(),
    "mother_name": pl.String(),
    "village_code": pl.String(),
    "district_code": pl.String(),
    "rt": pl.String(),
    "rw": pl.String(),
    "phone": pl.String(),
}

RECORD_COLUMNS = (
    "owner",  # row_id or person_id
    "list_id",
    "name_id",
    "mother_id",
    "nik",  # i64
    "kk",
    "kpj",
    "phone",
    "sex",  # i8: 0 L, 1 P; from the NIK when not stated
    "day",  # i32 ddmmyy: the birth date, from the NIK when not stated
    "day_bits",  # how rare that day is among all records, 13 bits at most
    "dated",  # was the birth date stated?
    "clean",  # does the NIK agree with the stated date and sex?
    "village",
    "district",
    "home",  # the district in the NIK, where the person was first registered
    "rt",
    "rw",
)


def as_records(rows: pl.DataFrame, people: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Records of the rows (owner row_id), of the people (owner person_id; one more for each further kpj in the
    optional column `kpjs`) and the forms of all names in both (`name_forms`; mothers included)."""
    left = with_columns_of(rows.rename({"row_id": "owner"}).sort("owner"), _INPUT)
    right = with_columns_of(_people_lines(people), _INPUT)
    with ThreadPoolExecutor(1) as beside:  # the forms of names keep one core busy
        found = beside.submit(name_forms, [left["name"], right["name"], left["mother_name"], right["mother_name"]])
        both = _numbers(pl.concat([left, right]))
        forms = found.result()
    names = forms.select("name", "name_id")
    both = (
        both.join(names, on="name", how="left", maintain_order="left")
        .join(
            names.rename({"name": "mother_name", "name_id": "mother_id"}),
            on="mother_name",
            how="left",
            maintain_order="left",
        )
        .drop("name", "mother_name")
    )
    nameless = forms.filter(pl.col("canon") == "")["name_id"].implode()
    both = both.with_columns(pl.when(~pl.col(c).is_in(nameless)).then(pl.col(c)) for c in ("name_id", "mother_id"))
    # As if 2,000 people had been seen before, spread evenly over 15,000 days: few records tell little about rarity.
    rare = -((pl.len().over("day") + 2_000 / 15_000) / (both.height + 2_000)).log(2)
    records = both.with_columns(day_bits=rare.clip(0, 13).cast(pl.Float32)).select(RECORD_COLUMNS)
    return records.head(left.height), records.tail(right.height), forms


def _people_lines(people: pl.DataFrame) -> pl.DataFrame:
    lines = people.rename({"person_id": "owner"})
    if "kpjs" in people.columns:
        lines = lines.explode("kpjs", empty_as_null=True).rename({"kpjs": "kpj"})
    return lines.sort("owner")


def _numbers(both: pl.DataFrame) -> pl.DataFrame:
    nik = pl.when(pl.col("nik").str.len_bytes() == 16).then(pl.col("nik")).cast(pl.Int64, strict=False)
    digits = pl.col("nik") // 10_000 % 1_000_000
    nik_day = digits - pl.when(digits >= 410_000).then(400_000).otherwise(0)
    possible = (nik_day // 10_000).is_between(1, 31) & (nik_day // 100 % 100).is_between(1, 12)
    born = pl.col("birth_date").dt
    stated = born.day().cast(pl.Int32) * 10_000 + born.month().cast(pl.Int32) * 100 + born.year() % 100
    nik_sex = (digits >= 410_000).cast(pl.Int8)
    sex = pl.when(pl.col("sex") == "P").then(1).when(pl.col("sex") == "L").then(0).cast(pl.Int8)
    village = pl.col("village_code")
    place = pl.coalesce(pl.when(village.str.len_bytes() >= 8).then(village.str.slice(0, 8)), "district_code")
    return (
        both.with_columns(nik=nik, stated=stated)
        .with_columns(
            sex_stated=sex,
            nik_day=pl.when(possible).then(nik_day).cast(pl.Int32),
            nik_sex=pl.when(possible).then(nik_sex),
            district_code=place,
        )
        .with_columns(
            sex=pl.coalesce("sex_stated", "nik_sex"),
            day=pl.coalesce("stated", "nik_day"),
            dated=pl.col("stated").is_not_null(),
            clean=pl.col("nik_day").is_not_null()
            & (pl.col("stated").is_null() | (pl.col("stated") == pl.col("nik_day")))
            & (pl.col("sex_stated").is_null() | (pl.col("sex_stated") == pl.col("nik_sex"))),
            kk=_places(both["kk"]),
            kpj=_places(both["kpj"]),
            phone=_places(both["phone"]),
            village=_places(both["village_code"]),
            district=pl.col("district_code").str.replace_all(".", "", literal=True).cast(pl.UInt32, strict=False),
            home=(pl.col("nik") // 10_000_000_000).cast(pl.UInt32),
            rt=pl.col("rt").str.extract(r"(\d{1,3})").cast(pl.Int16),
            rw=pl.col("rw").str.extract(r"(\d{1,3})").cast(pl.Int16),
        )
    )


def _places(values: pl.Series) -> pl.Series:
    """The place of each value among the distinct ones in order, from 1: only those need to be sorted."""
    distinct = values.drop_nulls().unique().sort()
    places = pl.Series(range(1, len(distinct) + 1), dtype=pl.UInt32)
    return values.replace_strict(distinct, places, default=None, return_dtype=pl.UInt32)
