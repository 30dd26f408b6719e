"""Lists of a size that a national office sends, for the bench: a workbook of workers and text files of workers and of
members, with the slips that officers make."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.synthetic import InventedRegency

COLUMNS = ("NO", "NIK", "NO KK", "NAMA LENGKAP", "TEMPAT LAHIR", "TGL LAHIR", "JK", "ALAMAT", "RT", "RW", "DESA",
           "PEKERJAAN")  # fmt: skip
MEMBER_COLUMNS = ("KPJ", "NIK", "NAMA", "TGL LAHIR", "JK", "NPP", "NAMA PERUSAHAAN", "SEGMEN", "PROGRAM", "UPAH",
                  "TGL KEPESERTAAN", "BLTH", "STATUS")  # fmt: skip


def workers(regency: InventedRegency, rows: int) -> pl.DataFrame:
    """`rows` people in COLUMNS, as text."""
    people = _people(regency, rows)
    villages = regency.places.select("village_code", "village")
    people = people.join(villages, on="village_code", how="left", maintain_order="left")
    home = pl.format("Kp. {}", pl.col("hamlet").str.to_titlecase())
    said = (
        pl.int_range(1, pl.len() + 1).cast(pl.String), _nik(), "kk", "name", "birth_place", _born(), "sex", home,
        pl.col("rt").cast(pl.String), pl.col("rw").cast(pl.String), "village", "occupation",
    )  # fmt: skip
    return people.select(**dict(zip(COLUMNS, said, strict=True))).fill_null("")


def members(regency: InventedRegency, rows: int) -> pl.DataFrame:
    """`rows` people in MEMBER_COLUMNS, as text; memberships come round again under other numbers."""
    firms = regency.employers.select("employer_id", company=pl.format("{} {}", "form", "name"))
    held = regency.memberships.drop("person_id").join(firms, on="employer_id", how="left", maintain_order="left")
    held = held[np.arange(rows) % held.height]
    people = pl.concat([_people(regency, rows), held.drop("employer_id")], how="horizontal")
    said = (
        pl.format("26{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(9)), _nik(), "name", _born(), "sex", "npp",
        "company", "segment", "programmes", pl.col("wage").cast(pl.String), pl.col("since").dt.strftime("%d-%m-%Y"),
        pl.col("paid_until").dt.strftime("%Y-%m"), "status",
    )  # fmt: skip
    return people.select(**dict(zip(MEMBER_COLUMNS, said, strict=True))).fill_null("")


def write_text(frame: pl.DataFrame, place: Path) -> None:
    """A text file as the branch exports it: semicolons, CRLF, no quotes."""
    place.parent.mkdir(parents=True, exist_ok=True)
    frame.write_csv(place, separator=";", line_terminator="\r\n", quote_style="never")


def write_workbook(frame: pl.DataFrame, place: Path) -> None:
    """One sheet, every cell text but the running number."""
    place.parent.mkdir(parents=True, exist_ok=True)
    frame.with_columns(pl.col("NO").cast(pl.Int64)).write_excel(place, worksheet="DATA", autofilter=False)


def _people(regency: InventedRegency, rows: int) -> pl.DataFrame:
    """Residents and commuters, one in a hundred twice, in an order of their own."""
    rng = np.random.Generator(np.random.PCG64([regency.seed, rows]))
    once = regency.people["employer_id"].len()
    chosen = np.concatenate([np.arange(once), rng.integers(0, once, max(0, rows - once))])
    return regency.people.drop("employer_id")[rng.permutation(chosen)[:rows]].with_columns(slip=rng.random(rows))


def _nik() -> pl.Expr:
    slip = pl.col("slip")
    return (
        pl.when(slip < 0.03).then(pl.lit("-"))
        .when(slip < 0.035).then(pl.col("nik").str.head(15))
        .when(slip < 0.045).then(pl.col("nik").str.replace("0", "1"))
        .otherwise("nik")
    )  # fmt: skip


def _born() -> pl.Expr:
    slip = pl.col("slip")
    return pl.when(slip > 0.99).then(pl.lit("")).when(slip > 0.985).then(pl.lit("30-02-1975")).otherwise(
        pl.col("birth_date").dt.strftime("%d-%m-%Y")
    )  # fmt: skip
