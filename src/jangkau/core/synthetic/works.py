"""Rosters of village works (jakon): one workbook a project, its facts above the crew; neither birth date nor sex."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic import names
from jangkau.core.synthetic.layouts.listing import rupiah, spelled, street
from jangkau.core.synthetic.mess import OFFICE, check, entries, forget_birth
from jangkau.core.synthetic.page import Book, Page
from jangkau.core.synthetic.written import Written, fit_for_path

_HEADER = ["NO", "NIK", "NAMA", "ALAMAT", "TUGAS", "UPAH/HARI (HOK)", "JML HARI", "JUMLAH UPAH", "TTD"]


def with_files(projects: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The projects with `village, district` and the `file` of their roster; no two share a file."""
    joined = projects.join(
        places.select("village_code", "village", "district"), on="village_code", how="left", maintain_order="left"
    )
    plain = [
        f"Daftar Pekerja {work} Ds {fit_for_path(village)}"
        for work, village in joined.select("work", "village").iter_rows()
    ]
    seen: set[str] = set()
    files = []
    for name, number in zip(plain, joined["project_id"], strict=True):
        files.append(f"03_jakon/{name}{f' {number}' if name.lower() in seen else ''}.xlsx")
        seen.add(name.lower())
    return joined.with_columns(file=pl.Series(files, dtype=pl.String))


def write_works(
    folder: Path, projects: pl.DataFrame, crews: pl.DataFrame, seed: int, as_of: date, mess: float
) -> Written:
    """Writes the roster of each of `projects`; `crews` are the people with `project_id, task, daily_wage, days`."""
    by_project = crews.partition_by("project_id", as_dict=True)
    trails = []
    for project in projects.iter_rows(named=True):
        crew = by_project.get((project["project_id"],), crews.clear())
        rng = np.random.Generator(np.random.PCG64([seed, 5, project["project_id"]]))
        with Book(folder, project["file"]) as book:
            _roster(book.page("HOK"), project, crew, rng, as_of, mess)
        trails.append(book.rows())
    return Written(pl.concat(trails))


def _roster(page: Page, project: dict[str, Any], crew: pl.DataFrame, rng: Generator, as_of: date, mess: float) -> None:
    page.line(["DAFTAR TENAGA KERJA KEGIATAN PEMBANGUNAN DESA"], "title")
    value: str | int = project["value"] if rng.random() < 0.4 else rupiah(project["value"])
    facts: tuple[tuple[str, str | int], ...] = (
        ("Nama Kegiatan", project["work"]),
        ("Lokasi", f"Kp. {project['hamlet'].title()} Desa {project['village']} Kec. {project['district']}"),
        ("Nilai RAB", value),
        ("Sumber Dana", f"Dana Desa (DDS) TA {project['start'].year}"),
        ("Tanggal Mulai", spelled(project["start"])),
        ("Tanggal Selesai", spelled(project["end"])),
        ("Pelaksana", f"TPK Desa {project['village']}"),
    )
    for label, fact in facts:
        page.line([label, ":", fact], "project_header")
    page.skip()
    page.line(_HEADER, "header")
    total = 0
    for number, entry in enumerate(entries(crew, rng, OFFICE.times(mess)), 1):
        forget_birth(entry)
        facts_of = entry.facts
        nik = f"'{entry.nik}" if entry.nik_true else entry.nik
        address = f"{street(entry).title()} RT {entry.rt:02d}/{entry.rw:02d}"
        pay = facts_of["daily_wage"] * facts_of["days"]
        total += pay
        cells = [number, nik, entry.name, address, facts_of["task"], facts_of["daily_wage"], facts_of["days"], pay]
        page.person(cells, check(entry, as_of, sex_stated=False), sex=False)
    page.line(["JUMLAH", "", "", "", "", "", "", total], "total")
    signing = names.spell(names.draw(rng, np.array([False, True]))).to_list()
    page.signatures(signing[0], signing[1].title(), 6, f"{project['village']}, {spelled(project['start'])}")
