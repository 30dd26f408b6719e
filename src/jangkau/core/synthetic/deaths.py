"""Deaths as the civil registry reports them, and the truth: who of the dead was a member on the day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import dashed, spelled
from jangkau.core.synthetic.mess import OFFICE, check, entries
from jangkau.core.synthetic.page import Book
from jangkau.core.synthetic.regency import InventedRegency
from jangkau.core.synthetic.written import Written

DEATHS = "05_dinas/kematian_disdukcapil.xlsx"
STREAM = 41


def invent_deaths(regency: InventedRegency) -> pl.DataFrame:
    """Everybody who died: `person_id, died_on, entitled`. Of the members among them most died while the contributions
    ran, the others months after the last one; nobody died after the day of the regency."""
    rng = np.random.Generator(np.random.PCG64([regency.seed, STREAM]))
    paid = regency.memberships.group_by("person_id").agg(pl.col("paid_until").max())
    dead = (
        regency.people.filter("died").select("person_id").join(paid, on="person_id", how="left", maintain_order="left")
    )
    days = [_day_of(until, rng, regency.as_of) for until in dead["paid_until"]]
    gap = [
        None if until is None else _months(day) - _months(until)
        for until, day in zip(dead["paid_until"], days, strict=True)
    ]
    return dead.select(
        "person_id",
        died_on=pl.Series(days, dtype=pl.Date),
        entitled=pl.Series([months is not None and months <= 3 for months in gap], dtype=pl.Boolean),
    )


def _day_of(paid_until: date | None, rng: Generator, as_of: date) -> date:
    after = int(rng.integers(0, 60)) if rng.random() < 0.6 else int(rng.integers(160, 500))
    drawn = as_of - timedelta(days=int(rng.integers(10, 700)))
    return drawn if paid_until is None else min(paid_until + timedelta(days=after), as_of)


def _months(day: date) -> int:
    return day.year * 12 + day.month


def write_deaths(folder: Path, people: pl.DataFrame, regency: str, seed: int, as_of: date) -> Written:
    """The list of the civil registry; `people` carry `died_on, village, district`."""
    rng = np.random.Generator(np.random.PCG64([seed, STREAM + 1]))
    with Book(folder, DEATHS, streaming=True) as book:
        page = book.page("KEMATIAN")
        page.titles(
            f"DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL {regency.upper()}",
            f"DAFTAR KEMATIAN S.D. {spelled(as_of).upper()}",
        )
        page.line(["NO", "NIK", "NAMA", "L/P", "TANGGAL LAHIR", "DESA", "KECAMATAN", "TANGGAL MENINGGAL"], "header")
        for number, entry in enumerate(entries(people, rng, OFFICE.times(0)), 1):  # the registry knows its numbers
            told = entry.facts
            entry.problems.append("deceased")
            cells = [number, entry.nik, entry.name, entry.sex, dashed(entry.birth), told["village"], told["district"]]
            page.person([*cells, dashed(told["died_on"])], check(entry, as_of))
    return Written(book.rows())
