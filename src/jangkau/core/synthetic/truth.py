"""What is true about the lists, as tables beside them: which row is whom, who is covered, per village and segment.
Never needed by the product; tests and benchmarks measure themselves against it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from jangkau.core.synthetic.lists import WrittenLists
from jangkau.core.synthetic.regency import InventedRegency
from jangkau.core.synthetic.works import with_files


def write_truth(regency: InventedRegency, folder: Path, written: WrittenLists) -> None:
    """Writes `rows.csv`, `persons.csv`, `coverage.csv`, `employers.csv`, `employer_rows.csv`, `perisai_rows.csv`,
    `outreach_rows.csv`, `budget_rows.csv` and `jakon_projects.csv` into `folder`; flags are 1 or 0, missing is
    empty."""
    folder.mkdir(parents=True, exist_ok=True)
    flagged(written.rows).write_csv(folder / "rows.csv")
    flagged(persons(regency)).write_csv(folder / "persons.csv")
    coverage(regency).write_csv(folder / "coverage.csv")
    flagged(regency.employers.drop("trade")).write_csv(folder / "employers.csv")
    flagged(with_files(regency.projects, regency.places)).write_csv(folder / "jakon_projects.csv")
    for name, table in written.tables.items():
        flagged(table).write_csv(folder / f"{name}.csv")


def flagged(frame: pl.DataFrame) -> pl.DataFrame:
    """True and false as 1 and 0."""
    return frame.with_columns(pl.col(pl.Boolean).cast(pl.Int8))


def persons(regency: InventedRegency) -> pl.DataFrame:
    """Everybody with what is true of them; the membership shown is the one paid longest."""
    best = regency.memberships.sort("paid_until", "kpj").unique("person_id", keep="last").select(
        "person_id", "kpj", "segment", "programmes", "funding", first_month=pl.col("since").dt.strftime("%Y-%m"),
        last_month=pl.col("paid_until").dt.strftime("%Y-%m"), reported_wage="wage",
    )  # fmt: skip
    people = regency.people.join(best, on="person_id", how="left", maintain_order="left")
    why = (
        pl.when("died").then(pl.lit("died")).when("moved_out").then(pl.lit("moved_out"))
        .when("commuter").then(pl.lit("lives_outside")).when("over_65").then(pl.lit("over_65"))
        .when("covered").then(pl.lit("covered")).when(pl.col("kpj").is_not_null()).then(pl.lit("lapsed"))
        .otherwise(pl.lit("not_member"))
    )  # fmt: skip
    return people.select(
        "person_id", "name", "sex", "birth_date", "birth_place", "nik", "kk", "mother_name", "hamlet", "rt", "rw",
        "village_code", "occupation", "segment_work", "employer_id", "income", "decile", "kpj", "segment", "programmes",
        "funding", "reported_wage", "first_month", "last_month", "counted", "covered", why.alias("why"), "twin_of",
        "nik_dob_differs", "commuter", "died", "moved_out", "over_65",
    )  # fmt: skip


def coverage(regency: InventedRegency) -> pl.DataFrame:
    """Counted and covered workers of the regency, its districts and villages, by segment of work and in total."""
    counted = regency.people.filter("counted").select(
        "covered", "segment_work", village=pl.col("village_code"), district=pl.col("village_code").str.slice(0, 8),
        regency=pl.lit(str(regency.area)),
    )  # fmt: skip
    both = pl.concat([counted, counted.with_columns(segment_work=pl.lit("TOTAL"))])
    tables = [
        both.group_by(code=level, segment_work="segment_work").agg(
            workers=pl.len(), covered=pl.col("covered").sum(), coverage_pct=(100 * pl.col("covered").mean()).round(2)
        ).with_columns(level=pl.lit(level))
        for level in ("regency", "district", "village")
    ]  # fmt: skip
    order = ["level", "code", "segment_work", "workers", "covered", "coverage_pct"]
    return pl.concat(tables).select(order).sort("level", "code", "segment_work", descending=[True, False, False])
