"""A month later: the same folder of lists, in which one row in twenty of the export of the branch is another (new
members, lapses, corrections, a few who left), and one village list in twenty comes again with corrections."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter
from python_calamine import CalamineWorkbook

from jangkau.core.synthetic import InventedRegency

EXPORT = "01_bpjstk/peserta.csv"
NEW, LAPSED, CORRECTED, GONE = 0.02, 0.02, 0.005, 0.005  # of the rows of the export
VILLAGES, IN_A_VILLAGE = 0.05, 0.05  # lists that come again, and their rows that are corrected
_NAME = re.compile(r"[A-Z][A-Z'. ]{6,}")


def write_next_month(before: Path, after: Path, regency: InventedRegency) -> None:
    """Writes the folder `after` from the lists in `before`."""
    shutil.copytree(before, after, copy_function=_link)
    rng = np.random.Generator(np.random.PCG64([regency.seed, 11]))
    outside = regency.people.join(regency.memberships, on="person_id", how="anti").filter(~pl.col("died"))
    (after / EXPORT).unlink()
    write_next_export(before / EXPORT, after / EXPORT, outside, rng)
    villages = sorted(path.relative_to(before) for path in (before / "02_desa").rglob("*.xlsx"))
    for number in rng.permutation(len(villages))[: max(1, int(len(villages) * VILLAGES))]:
        (after / villages[number]).unlink()
        _corrected(before / villages[number], after / villages[number], rng)


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def write_next_export(
    before: Path, after: Path, outside: pl.DataFrame, rng: np.random.Generator, *, cards: str = "27"
) -> None:
    """Writes the export of a month later; new members come from `outside` (nik, name, birth_date, sex), and the numbers
    of their cards begin with `cards`."""
    header, *lines = before.read_text("cp1252").splitlines()
    drawn = rng.random(len(lines))
    kept = [_as_now(line, share) for line, share in zip(lines, drawn, strict=True) if share >= GONE]
    chosen = outside[np.sort(rng.permutation(outside.height)[: int(len(lines) * NEW)])]
    fresh = chosen.select(
        pl.format(
            "{}{};{};{};{};{};;;BPU;JKK,JKM;1500000;01-11-2026;2026-11;AKTIF",
            pl.lit(cards), pl.int_range(pl.len()).cast(pl.String).str.zfill(9), "nik", "name",
            pl.col("birth_date").dt.strftime("%d-%m-%Y"), "sex",
        )
    )  # fmt: skip
    after.parent.mkdir(parents=True, exist_ok=True)
    after.write_bytes("\r\n".join([header, *kept, *fresh.to_series(), ""]).encode("cp1252", errors="replace"))


def _as_now(line: str, share: float) -> str:
    """A line of the export a month later."""
    cells = line.split(";")
    if share < GONE + LAPSED:
        cells[-1] = "AKTIF" if cells[-1] == "NON AKTIF" else "NON AKTIF"
    elif share < GONE + LAPSED + CORRECTED:
        cells[2] = f"{cells[2]} {cells[2][:1]}".strip()
    return ";".join(cells)


def _corrected(source: Path, target: Path, rng: np.random.Generator) -> None:
    """The workbook once more, cell by cell, with other spellings in some names."""
    read = CalamineWorkbook.from_path(source)
    with xlsxwriter.Workbook(target) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name in read.sheet_names:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(read.get_sheet_by_name(name).to_python(skip_empty_area=False)):
                touched = sum(cell != "" for cell in row) > 5 and rng.random() < IN_A_VILLAGE
                for column, cell in enumerate(row):
                    if isinstance(cell, (date, datetime)):
                        sheet.write_datetime(at, column, cell, day)
                    elif touched and isinstance(cell, str) and _NAME.fullmatch(cell):
                        sheet.write_string(at, column, cell[:-1])
                        touched = False
                    elif isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    else:
                        sheet.write(at, column, cell)
