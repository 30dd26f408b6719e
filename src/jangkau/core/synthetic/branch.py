"""The branch's export of memberships: semicolons, Windows-1252, CRLF; written in columns, with slips of many hands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic.mess import OFFICE, Habits, entries
from jangkau.core.synthetic.page import TRAIL_SCHEMA
from jangkau.core.synthetic.seen import seen_problems
from jangkau.core.synthetic.written import Written

FILE = "01_bpjstk/peserta.csv"
_HEADER = "KPJ;NIK;NAMA;TGL LAHIR;JK;NPP;NAMA PERUSAHAAN;SEGMEN;PROGRAM;UPAH;TGL KEPESERTAAN;BLTH;STATUS"
_TOUCHED = 0.075  # rows with a slip


def write_memberships(
    folder: Path,
    people: pl.DataFrame,
    memberships: pl.DataFrame,
    employers: pl.DataFrame,
    rng: Generator,
    as_of: date,
    mess: float,
) -> Written:
    """Writes the export; returns the trail of its rows."""
    person = people.select("person_id", "nik", "name", "title", "birth_date", "sex", "rt", "rw", "died")
    rows = memberships.join(person, on="person_id", how="left", maintain_order="left")
    rows = rows.with_columns(
        row=pl.int_range(2, pl.len() + 2, dtype=pl.Int32),
        second=pl.int_range(pl.len()).over("person_id") > 0,
        company=employers["name"].gather(memberships["employer_id"].fill_null(1) - 1),
        form=employers["form"].gather(memberships["employer_id"].fill_null(1) - 1),
    )
    rows = _with_slips(rows, people, rng, mess)
    _write(folder / FILE, _lines(rows, rng))
    return Written(_trail(rows, as_of))


def _with_slips(rows: pl.DataFrame, people: pl.DataFrame, rng: Generator, mess: float) -> pl.DataFrame:
    """Adds `nik_typed, nik_true, nik_is_right, name_typed, marked`; only a few rows are treated one by one."""
    touched = np.flatnonzero(rng.random(rows.height) < min(1.0, _TOUCHED * mess))
    office = OFFICE.times(1 / _TOUCHED)
    habits = Habits(
        nik_missing=0.33, nik_short=0.0, nik_mistyped=0.15, nik_of_neighbour=0.0, date_missing=0, date_unreadable=0,
        date_shifted=0, name_shortened=office.name_shortened, name_mistyped=office.name_mistyped,
        name_run_together=office.name_run_together, patronym=0, repeated=0, noted=0,
    )  # fmt: skip
    made = entries(people[rows["person_id"].to_numpy()[touched] - 1], rng, habits)
    slips = pl.DataFrame(
        {
            "row": rows["row"].gather(touched),
            "nik_typed": [entry.nik if entry.nik_true else "" for entry in made],
            "nik_true": [entry.nik_true for entry in made],
            "nik_is_right": [entry.nik_is_right for entry in made],
            "name_typed": [entry.name for entry in made],
        },
        schema={
            "row": pl.Int32,
            "nik_typed": pl.String,
            "nik_true": pl.String,
            "nik_is_right": pl.Boolean,
            "name_typed": pl.String,
        },
    )
    titled = pl.when(pl.col("title") == "").then("name").otherwise(pl.concat_str("title", pl.lit(" "), "name"))
    return rows.join(slips, on="row", how="left", maintain_order="left").with_columns(
        nik_typed=pl.coalesce("nik_typed", "nik"),
        nik_true=pl.coalesce("nik_true", "nik"),
        nik_is_right=pl.col("nik_is_right").fill_null(True),
        name_typed=pl.coalesce("name_typed", titled),
        marked=pl.col("died") & pl.Series(rng.random(rows.height) < 0.4),
    )


def _lines(rows: pl.DataFrame, rng: Generator) -> pl.DataFrame:
    """The thirteen columns as text; one employer is written in several ways."""
    way = pl.Series(rng.integers(0, 8, rows.height))
    company, form = pl.col("company"), pl.col("form")
    written = (
        pl.when(form == "").then(company)
        .when(way == 0).then(pl.format("{}, {}", company, form))
        .when(way == 1).then(pl.format("{}.{}", form, company))
        .when(way == 2).then(pl.format("{} {}", form, company).str.to_titlecase())
        .otherwise(pl.format("{} {}", form, company))
    )  # fmt: skip
    works = pl.col("npp").is_not_null()
    return rows.select(
        "kpj", "nik_typed",
        pl.when("marked").then(pl.format("{} (ALM)", "name_typed")).otherwise("name_typed"),
        pl.col("birth_date").dt.strftime("%d-%m-%Y"), "sex", pl.col("npp").fill_null(""),
        pl.when(works).then(written).otherwise(pl.lit("")), "segment", "programmes", pl.col("wage").cast(pl.String),
        pl.col("since").dt.strftime("%d-%m-%Y"), pl.col("paid_until").dt.strftime("%Y-%m"), "status",
    )  # fmt: skip


def _write(target: Path, lines: pl.DataFrame) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    text = lines.select(pl.concat_str(pl.all(), separator=";")).to_series()
    body = "\r\n".join([_HEADER, *text.to_list(), ""])
    target.write_bytes(body.encode("cp1252", errors="replace"))


def _trail(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """What a careful reader takes from each line, problems in the order in which the codes are published."""
    findings = {
        **seen_problems(as_of),
        "deceased": pl.col("marked"),
        "second_membership": pl.col("second"),
        "status_contradicts_month": pl.col("contradicts"),
    }
    codes = pl.concat_str(
        [pl.when(found).then(pl.lit(code)) for code, found in findings.items()], separator="|", ignore_nulls=True
    )
    people = rows.select(
        file=pl.lit(FILE), sheet=pl.lit(""), row="row", kind=pl.lit("person"), person_id="person_id",
        name=pl.col("name_typed").str.to_uppercase(),
        nik=pl.when(pl.col("nik_true") != "").then("nik_true"), nik_correct="nik_is_right",
        birth_date="birth_date", sex="sex", village_code=pl.lit(None, pl.String), rt="rt", rw="rw", problems=codes,
    ).cast(dict(TRAIL_SCHEMA.items()))  # fmt: skip
    header = pl.DataFrame(
        {"file": [FILE], "sheet": [""], "row": [1], "kind": ["not_a_data_row"], "problems": ["header"]},
        schema_overrides={"row": pl.Int32},
    )
    return pl.concat([header, people], how="diagonal").select(list(TRAIL_SCHEMA))
