"""The works that village budgets of the invented regency hold, as the village office of the regency lists them: most
works with a roster stand there under words of their own, and some works of the list never sent a roster."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.synthetic import words
from jangkau.core.synthetic.mess import place_text
from jangkau.core.synthetic.page import Book, Cell
from jangkau.core.synthetic.written import Written

BUDGET = "08_anggaran/kegiatan_apbdes_dpmd.xlsx"
_LISTED = 0.92  # of the works with a roster
_MORE = 0.25  # further works, per village
_FUNDS = ("Dana Desa (DDS)", "Bankeu Provinsi", "ADD", "Bankeu Provinsi")
_HEADER = ["NO", "KECAMATAN", "DESA", "NAMA KEGIATAN", "LOKASI", "SUMBER DANA", "PAGU", "RENCANA MULAI",
           "RENCANA SELESAI", "KET"]  # fmt: skip
_TRUE = ("project_id", "village_code", "activity", "value", "start", "end")


def budget_lines(projects: pl.DataFrame, places: pl.DataFrame, seed: int, as_of: date) -> pl.DataFrame:
    """What the list holds: `project_id` (null: no roster was ever sent), `village_code, activity, hamlet, fund, value,
    start, end`, by village. Plans differ from what became of them by a few days and a few per cent."""
    rng = np.random.Generator(np.random.PCG64([seed, 31]))
    known = projects.filter(pl.Series(rng.random(projects.height) < _LISTED))
    count = known.height
    shift = pl.Series(rng.integers(-12, 13, count))
    part = pl.Series(rng.choice([1.0, 1.0, 1.0, 0.97, 1.04], count))
    planned = known.select(
        "project_id", "village_code", "hamlet", activity="work",
        value=(pl.col("value") * part / 1000).round().cast(pl.Int64) * 1000,
        start=pl.col("start").dt.offset_by(pl.format("{}d", shift)),
        end=pl.col("end").dt.offset_by(pl.format("{}d", shift)),
    )  # fmt: skip
    further = max(1, round(_MORE * places.height))
    day = np.datetime64(as_of, "D").astype(np.int64)
    start = day + rng.integers(-150, 60, further)
    others = pl.DataFrame(
        {
            "project_id": pl.Series([None] * further, dtype=planned["project_id"].dtype),
            "village_code": places["village_code"].gather(rng.integers(places.height, size=further)),
            "hamlet": pl.Series(words.HAMLETS).gather(rng.integers(len(words.HAMLETS), size=further)),
            "activity": pl.Series(words.BUDGET_WORKS).gather(rng.integers(len(words.BUDGET_WORKS), size=further)),
            "value": pl.Series(rng.integers(40, 300, further) * 1_000_000),
            "start": pl.Series(start.astype(np.int32)).cast(pl.Date),
            "end": pl.Series((start + rng.integers(20, 90, further)).astype(np.int32)).cast(pl.Date),
        }
    )
    whole = pl.concat([planned, others.select(planned.columns)]).sort("village_code", "start", "activity", "hamlet")
    funds = pl.Series(_FUNDS).gather(rng.integers(len(_FUNDS), size=whole.height))
    return whole.with_columns(fund=funds)


def write_budget(
    folder: Path, projects: pl.DataFrame, places: pl.DataFrame, seed: int, as_of: date, mess: float
) -> Written:
    """The list of the village office; the table `budget_rows` tells what each row is about."""
    lines = budget_lines(projects, places, seed, as_of).join(
        places.select("village_code", "village", "district"), on="village_code", how="left", maintain_order="left"
    )
    rng = np.random.Generator(np.random.PCG64([seed, 32]))
    told = []
    with Book(folder, BUDGET) as book:
        page = book.page("APBDES")
        page.titles(f"DAFTAR KEGIATAN PEMBANGUNAN DESA APBDES DAN BANKEU {as_of.year}", "DPMD")
        page.line(_HEADER, "header")
        for number, line in enumerate(lines.iter_rows(named=True), 1):
            pick = int(rng.integers(1 << 20))
            where = f"Kp. {line['hamlet'].title()}"
            activity = (line["activity"], line["activity"].upper(), f"{line['activity']} {where}")[pick % 3]
            value: Cell = line["value"] if pick % 5 else f"Rp {line['value']:,}".replace(",", ".")
            cells: list[Cell] = [number, line["district"], place_text(line["village"], pick, mess), activity, where]
            row = page.record([*cells, line["fund"], value, line["start"], line["end"]])
            told.append((BUDGET, "APBDES", row, *(line[name] for name in _TRUE)))
        page.line(["JUMLAH", "", "", "", "", "", int(lines["value"].sum())], "total")
    schema = {
        "file": pl.String, "sheet": pl.String, "row": pl.Int64, "project_id": pl.Int64, "village_code": pl.String,
        "activity": pl.String, "value": pl.Int64, "start": pl.Date, "end": pl.Date,
    }  # fmt: skip
    return Written(book.rows(), {"budget_rows": pl.DataFrame(told, schema=schema, orient="row")})
