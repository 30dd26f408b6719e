"""Lists from the field: what Perisai agents enrolled, and the log of outreach meetings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.synthetic.layouts.listing import spelled
from jangkau.core.synthetic.mess import OFFICE, check, in_slices, place_text
from jangkau.core.synthetic.page import Book, Cell
from jangkau.core.synthetic.written import Written

ACQUISITIONS = "06_perisai/akuisisi_perisai.xlsx"
OUTREACH = "07_sosialisasi/log_sosialisasi.xlsx"


def write_acquisitions(folder: Path, people: pl.DataFrame, seed: int, as_of: date, mess: float) -> Written:
    """Enrolments by date; `people` carry the columns of acquisitions, agents and places. The list states neither sex
    nor address."""
    rng = np.random.Generator(np.random.PCG64([seed, 13]))
    header = [
        "NO",
        "KANTOR PERISAI",
        "NAMA AGEN",
        "TGL DAFTAR",
        "KPJ",
        "NIK",
        "NAMA PESERTA",
        "TGL LAHIR",
        "DESA",
        "PROGRAM",
    ]
    told = []
    with Book(folder, ACQUISITIONS, streaming=True) as book:
        page = book.page("AKUISISI")
        page.titles("LAPORAN AKUISISI AGEN PERISAI")
        page.line([*header, "BLN TERBAYAR"], "header")
        picks = rng.integers(0, 1 << 20, people.height).tolist()
        made = in_slices(people, rng, OFFICE.times(mess))
        for number, (entry, pick) in enumerate(zip(made, picks, strict=True), 1):
            facts = entry.facts
            if facts["name_is_shared"]:  # the list names no district, so nobody can tell which village is meant
                entry.village_code = ""
                entry.problems.append("region_ambiguous")
            agent = facts["agent"].upper() if pick % 6 == 0 else facts["agent"]
            programmes = facts["programmes"].replace(",", "+")
            cells: list[Cell] = [
                number,
                facts["office"],
                agent,
                facts["registered"],
                facts["kpj"],
                entry.nik,
                entry.name,
            ]
            cells += [entry.birth, place_text(facts["village"] or "", pick, mess), programmes, facts["months_paid"]]
            page.person(cells, check(entry, as_of, sex_stated=False), sex=False)
            told.append((ACQUISITIONS, "AKUISISI", page.at, entry.person_id, facts["agent_id"], facts["still_active"]))
        page.line(["JUMLAH", f"{people.height} orang"], "total")
    columns = ["file", "sheet", "row", "person_id", "agent_id", "still_active"]
    return Written(book.rows(), {"perisai_rows": pl.DataFrame(told, schema=columns, orient="row")})


def write_outreach(folder: Path, outreach: pl.DataFrame, seed: int, mess: float) -> Written:
    """Meetings by date; `outreach` carries `village, district` and the firm's name as `company`."""
    rng = np.random.Generator(np.random.PCG64([seed, 14]))
    told = []
    with Book(folder, OUTREACH) as book:
        page = book.page("LOG")
        first = outreach["date"].min()
        last = outreach["date"].max()
        years = f"{first:%Y}-{last:%Y}" if isinstance(first, date) and isinstance(last, date) else ""
        page.line([f"LOG SOSIALISASI JAMSOSTEK {years}"], "title")
        page.line(["NO", "TANGGAL", "JENIS", "KECAMATAN", "DESA/KEL/LOKASI", "HADIR", "PETUGAS", "BIAYA"], "header")
        picks = rng.integers(0, 1 << 20, outreach.height).tolist()
        for number, (event, pick) in enumerate(zip(outreach.iter_rows(named=True), picks, strict=True), 1):
            where = event["company"] if event["kind"] == "pabrik" else place_text(event["village"], pick, 3 * mess)
            where = f"Pasar {where}" if event["kind"] == "pasar" else where
            day: Cell = spelled(event["date"]) if pick % 12 == 0 else event["date"]
            present: Cell = (event["attendance"], f"± {event['attendance']}", None)[
                (pick % 20 == 1) + 2 * (pick % 20 == 2)
            ]
            cost = None if pick % 5 == 3 else 250_000 + pick % 37 * 50_000  # a fifth of the lines tell none
            row = page.record([number, day, event["kind"], event["district"], where, present, event["officer"], cost])
            told.append(
                (
                    OUTREACH,
                    "LOG",
                    row,
                    event["date"],
                    event["kind"],
                    event["village_code"],
                    event["attendance"],
                    event["employer_id"],
                )
            )
        page.line(["JUMLAH", "", "", "", "", int(outreach["attendance"].sum())], "total")
    schema = {
        "file": pl.String, "sheet": pl.String, "row": pl.Int64, "date": pl.Date, "kind": pl.String,
        "true_village_code": pl.String, "attendance": pl.Int64, "employer_id": pl.Int64,
    }  # fmt: skip
    return Written(book.rows(), {"outreach_rows": pl.DataFrame(told, schema=schema, orient="row")})
