"""The family register extract (DTSEN) with deciles 1 to 5: a CSV that a machine wrote, so with few slips."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic.page import TRAIL_SCHEMA
from jangkau.core.synthetic.seen import seen_problems
from jangkau.core.synthetic.written import Written

FILE = "05_dinas/dtsen_desil.csv"
HIGHEST_DECILE = 5
_FAMILIES = 0.48  # of the families in these deciles


def write_register(
    folder: Path, people: pl.DataFrame, places: pl.DataFrame, rng: Generator, as_of: date, mess: float
) -> Written:
    """Writes the extract, family by family; returns the trail of its rows."""
    families = int(people["family"].max() or 0) + 1  # type: ignore[arg-type]  # a column of whole numbers
    known = pl.Series(rng.random(families) < _FAMILIES).gather(people["family"])
    rows = people.filter(known & (pl.col("decile") <= HIGHEST_DECILE) & ~pl.col("commuter")).join(
        places.select("village_code", "village", "district"), on="village_code", how="left", maintain_order="left"
    )
    rows = rows.sort("village_code", "family", "position").with_columns(
        row=pl.int_range(2, pl.len() + 2, dtype=pl.Int32),
        nik_true=pl.when(pl.Series(rng.random(rows.height) < 0.025 * mess)).then(pl.lit("")).otherwise("nik"),
        undated=pl.Series(rng.random(rows.height) < 0.01 * mess),
    )
    rows = rows.with_columns(stated=pl.when(~pl.col("undated")).then("birth_date"))
    target = folder / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    _columns(rows).write_csv(target)
    return Written(_trail(rows, as_of))


def _columns(rows: pl.DataFrame) -> pl.DataFrame:
    spouse = (pl.col("position") == 1) & (pl.col("sex") != pl.col("sex").first().over("family"))
    return rows.select(
        id_keluarga=pl.format("K{}", pl.col("family").cast(pl.String).str.zfill(7)), no_kk="kk",
        nik="nik_true", nama="name", tgl_lahir=pl.col("stated").dt.strftime("%Y-%m-%d"), jenis_kelamin="sex",
        hub_keluarga=pl.when(pl.col("position") == 0).then(pl.lit("Kepala Keluarga"))
        .when(spouse).then(pl.lit("Istri/Suami")).otherwise(pl.lit("Anak")),
        kecamatan=pl.col("district").str.to_uppercase(), desa=pl.col("village").str.to_uppercase(),
        alamat=pl.format(
            "Kp. {} RT {}/{}", pl.col("hamlet").str.to_titlecase(), pl.col("rt").cast(pl.String).str.zfill(2),
            pl.col("rw").cast(pl.String).str.zfill(2),
        ),
        pekerjaan_utama=pl.col("occupation").str.to_titlecase(), desil="decile",
    )  # fmt: skip


def _trail(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    problems = {"date_missing": pl.col("undated"), **seen_problems(as_of, birth="stated")}
    codes = pl.concat_str(
        [pl.when(found).then(pl.lit(code)) for code, found in problems.items()], separator="|", ignore_nulls=True
    )
    people = rows.select(
        file=pl.lit(FILE), sheet=pl.lit(""), row="row", kind=pl.lit("person"), person_id="person_id",
        name="name", nik=pl.when(pl.col("nik_true") != "").then("nik_true"), nik_correct=pl.col("nik_true") != "",
        birth_date="stated", sex="sex", village_code="village_code", rt="rt", rw="rw", problems=codes,
    ).cast(dict(TRAIL_SCHEMA.items()))  # fmt: skip
    header = pl.DataFrame(
        {"file": [FILE], "sheet": [""], "row": [1], "kind": ["not_a_data_row"], "problems": ["header"]},
        schema_overrides={"row": pl.Int32},
    )
    return pl.concat([header, people], how="diagonal").select(list(TRAIL_SCHEMA))
