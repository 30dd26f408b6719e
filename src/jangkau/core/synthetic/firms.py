"""Lists of employers: business licences (OSS), company reports (WLKP) and the branch's own employers. One firm is
spelled in several ways, licences repeat for a second line of business, some NIBs lost their leading zero."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.kernel import Month
from jangkau.core.synthetic import words
from jangkau.core.synthetic.layouts.listing import rupiah
from jangkau.core.synthetic.mess import place_text
from jangkau.core.synthetic.page import Book, Cell
from jangkau.core.synthetic.written import Written

LICENCES = "04_perusahaan/oss_nib_2026.xlsx"
REPORTS = "04_perusahaan/wlkp_disnaker.xlsx"
BRANCH = "04_perusahaan/pk_bu_cabang.xlsx"
ROWS_SCHEMA = {
    "file": pl.String, "sheet": pl.String, "row": pl.Int64, "employer_id": pl.Int64, "nib": pl.String, "npp": pl.String,
    "wlkp": pl.String, "workers_stated": pl.Int64, "second_line": pl.Boolean, "problems": pl.String,
}  # fmt: skip
_SCALES = {"MIKRO": "Usaha Mikro", "KECIL": "Usaha Kecil", "MENENGAH": "Usaha Menengah", "BESAR": "Usaha Besar"}


def _table(told: list[tuple[object, ...]]) -> dict[str, pl.DataFrame]:
    return {"employer_rows": pl.DataFrame(told, schema=ROWS_SCHEMA, orient="row")}


def firm_name(name: str, form: str, pick: int) -> str:
    """PT X; X, PT; PT.X; Pt X: one firm, written by many hands.

    >>> firm_name("LOKA JAYA", "PT", 0), firm_name("LOKA JAYA", "PT", 3), firm_name("LOKA JAYA", "", 0)
    ('LOKA JAYA, PT', 'PT LOKA JAYA', 'LOKA JAYA')
    """
    if not form:
        return name
    ways = (f"{name}, {form}", f"{form}.{name}", f"{form} {name}".title(), f"{form} {name}", f"{form}. {name}")
    return ways[pick % 8] if pick % 8 < 5 else ways[3]


def write_licences(folder: Path, firms: pl.DataFrame, regency: str, seed: int, as_of: date, mess: float) -> Written:
    """Business licences, one line for each line of business; `firms` carry `village, district`."""
    rng = np.random.Generator(np.random.PCG64([seed, 15]))
    header = [
        "No",
        "NIB",
        "Nama Perusahaan",
        "KBLI",
        "Judul KBLI",
        "Skala Usaha",
        "Alamat",
        "Kecamatan",
        "Kelurahan/Desa",
        "Jumlah TKI",
    ]
    told: list[tuple[object, ...]] = []
    with Book(folder, LICENCES, streaming=True) as book:
        page = book.page("NIB")
        page.line([f"Data NIB {regency} - tarikan {as_of:%d/%m/%Y}"], "title")
        page.line(header, "header")
        number = 0
        for firm, pick in _shuffled(firms.filter("in_oss"), rng):
            for second in (False, True)[: 2 if pick % 13 == 0 else 1]:
                number += 1
                code, title, _ = words.TRADES[(firm["trade"] + 5 * second) % len(words.TRADES)]
                numeric = pick % 97 < 10 * mess
                nib: Cell = int(firm["nib"]) if numeric else firm["nib"]
                cells: list[Cell] = [number, nib, firm_name(firm["name"], firm["form"], pick), code, title]
                cells += [_SCALES[firm["scale"]], f"Jl. Raya {firm['village']} No. {pick % 300 + 1}", firm["district"]]
                row = page.record([*cells, place_text(firm["village"], pick, mess), firm["workers_true"]])
                lost = "nib_leading_zero_lost" if numeric and firm["nib"].startswith("0") else None
                told.append(
                    (
                        LICENCES,
                        "NIB",
                        row,
                        firm["employer_id"],
                        firm["nib"],
                        None,
                        None,
                        firm["workers_true"],
                        second,
                        lost,
                    )
                )
    return Written(book.rows(), _table(told))


def write_reports(folder: Path, firms: pl.DataFrame, regency: str, seed: int, as_of: date, mess: float) -> Written:
    """Company reports to the labour office: workers by sex, lowest wage; the NIB in six cases of ten."""
    rng = np.random.Generator(np.random.PCG64([seed, 16]))
    told: list[tuple[object, ...]] = []
    workers = 0
    with Book(folder, REPORTS, streaming=True) as book:
        page = book.page("WLKP")
        page.line(["REKAPITULASI WAJIB LAPOR KETENAGAKERJAAN"], "title")
        page.titles(f"DINAS TENAGA KERJA {regency.upper()}")
        top = [
            "NO",
            "NO PELAPORAN",
            "NAMA PERUSAHAAN",
            "NIB",
            "ALAMAT",
            "KEC",
            "TENAGA KERJA",
            "",
            "UPAH TERENDAH",
            "BPJS TK",
        ]
        page.line(top, "header")
        page.line(["", "", "", "", "", "", "L", "P"], "header")
        for number, (firm, pick) in enumerate(_shuffled(firms.filter("in_wlkp"), rng), 1):
            nib = firm["nib"] if pick % 10 < 6 else None
            report = f"{43000 + pick % 47}.{as_of.year - pick % 4}{1 + pick % 12:02d}{1 + pick % 28:02d}.{number:04d}"
            men = firm["workers_true"] * (3 + pick % 5) // 10
            women = firm["workers_true"] - men
            lowest = _lowest_wage(firm)
            cells: list[Cell] = [
                number,
                report,
                firm_name(firm["name"], firm["form"], pick // 3),
                nib,
                f"Ds. {firm['village']}",
            ]
            cells += [place_text(firm["district"], pick | 3, mess), men, women]
            cells += [
                lowest if pick % 2 else rupiah(lowest),
                ("Sudah" if firm["npp"] else "Belum", "")[pick % 5 == 0],
            ]
            row = page.record(cells)
            workers += firm["workers_true"]
            told.append(
                (REPORTS, "WLKP", row, firm["employer_id"], nib, None, report, firm["workers_true"], False, None)
            )
        page.line(["JUMLAH", "", "", "", "", "", workers], "total")
    return Written(book.rows(), _table(told))


def write_branch(folder: Path, employers: pl.DataFrame, seed: int, as_of: date, mess: float) -> Written:
    """The branch's registered employers with programmes, mean wage and arrears."""
    rng = np.random.Generator(np.random.PCG64([seed, 17]))
    header = [
        "NPP",
        "NAMA PERUSAHAAN",
        "SKALA",
        "KECAMATAN",
        "JML TK AKTIF",
        "PROGRAM",
        "UPAH RATA-RATA",
        "BLTH TERAKHIR",
    ]
    told: list[tuple[object, ...]] = []
    with Book(folder, BRANCH, streaming=True) as book:
        page = book.page("PKBU")
        page.line([*header, "BLN TUNGGAKAN", "NILAI TUNGGAKAN"], "header")
        for firm, pick in _shuffled(employers.filter(pl.col("npp").is_not_null()), rng):
            months, members = firm["arrears_months"], firm["members_registered"]
            owed = round(months * members * firm["wage_reported"] * 0.0624)
            paid = Month.of(as_of).plus(-months or -1)
            cells: list[Cell] = [
                firm["npp"],
                firm_name(firm["name"], firm["form"], pick // 5),
                firm["scale"],
                firm["district"],
            ]
            cells += [members, firm["programmes"], firm["wage_reported"], str(paid), months, owed]
            row = page.record(cells)
            told.append((BRANCH, "PKBU", row, firm["employer_id"], None, firm["npp"], None, members, False, None))
    return Written(book.rows(), _table(told))


def _shuffled(frame: pl.DataFrame, rng: Generator) -> list[tuple[dict[str, Any], int]]:
    mixed = frame[rng.permutation(frame.height)]
    return list(zip(mixed.iter_rows(named=True), rng.integers(0, 1 << 20, frame.height).tolist(), strict=True))


def _lowest_wage(firm: dict[str, Any]) -> int:
    """What the firm pays at least; it tells the labour office the truth even when it reports less to the branch."""
    return int(round(firm["wage_paid"] * 0.85, -4)) if firm["wage_paid"] else 1_200_000
