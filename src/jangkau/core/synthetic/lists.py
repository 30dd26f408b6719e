"""The lists about an invented regency as officers send them, written into a folder; and which row is whom.
A note beside them says that nobody in them exists."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic import field, firms, offices
from jangkau.core.synthetic.branch import write_memberships
from jangkau.core.synthetic.budgets import write_budget
from jangkau.core.synthetic.deaths import invent_deaths, write_deaths
from jangkau.core.synthetic.regency import InventedRegency
from jangkau.core.synthetic.register import write_register
from jangkau.core.synthetic.villages import district_works, write_district
from jangkau.core.synthetic.works import with_files, write_works
from jangkau.core.synthetic.written import Written, together

_NEEDED = [
    "person_id", "name", "title", "nik", "birth_date", "sex", "birth_place", "kk", "mother_name", "hamlet", "rt", "rw",
    "occupation", "village_code", "died", "moved_out", "post", "income", "employer_id", "works_in_public",
]  # fmt: skip
Task = Callable[[], Written]
NOTE = """# Data rekaan

Semua berkas di folder ini rekaan. Tidak ada orang atau perusahaan di dalamnya yang sungguh ada; hanya nama dan kode
wilayah yang asli. NIK rekaan berakhiran 9000-9999 atau 7000-7999 (warga) dan 8000-8999 (pekerja dari luar).

# Invented data

Every file in this folder is invented. No person or firm in it exists; only names and codes of regions are real.
"""


@dataclass(frozen=True)
class WrittenLists:
    """What was written: `rows` tells for every line about people what it holds, in the columns of the truth; `tables`
    the same for rows about employers, acquisitions and meetings (by the name of the truth's file)."""

    rows: pl.DataFrame
    tables: dict[str, pl.DataFrame]


def write_lists(regency: InventedRegency, folder: Path, *, mess: float = 1.0, processes: int = 1) -> WrittenLists:
    """Writes all lists below `folder` (made when missing) and returns the trail that `write_truth` needs. `mess` scales
    the slips (0: none, 1: as usual); the same regency gives the same bytes, whatever the number of `processes`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "DATA-REKAAN.md").write_text(NOTE, encoding="utf-8")
    tasks = [*_other_lists(regency, folder, mess), *_village_lists(regency, folder, mess)]
    whole = together(_done(tasks, _in_columns(regency, folder, mess), processes))
    return WrittenLists(whole.rows, whole.tables)


def _done(tasks: list[Task], columnar: list[Task], processes: int) -> list[Written]:
    """Runs all tasks; those that work in columns use all cores by themselves and stay in this process."""
    if processes <= 1:
        return [task() for task in (*columnar, *tasks)]
    # "spawn", because a fork of a process with Polars threads may hang
    with ProcessPoolExecutor(min(processes, len(tasks)), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(task) for task in tasks]
        return [*(task() for task in columnar), *(each.result() for each in waiting)]


def _stream(regency: InventedRegency, stream: int) -> Generator:
    return np.random.Generator(np.random.PCG64([regency.seed, stream]))


def _in_columns(regency: InventedRegency, folder: Path, mess: float) -> list[Task]:
    people, as_of = regency.people, regency.as_of
    return [
        partial(
            write_memberships, folder, people, regency.memberships, regency.employers, _stream(regency, 4), as_of, mess
        ),
        partial(write_register, folder, people, regency.places, _stream(regency, 6), as_of, mess),
    ]


def _village_lists(regency: InventedRegency, folder: Path, mess: float) -> list[Task]:
    works = district_works(folder, regency.places, regency.people, seed=regency.seed, as_of=regency.as_of, mess=mess)
    return [partial(write_district, work) for work in works]


def _other_lists(regency: InventedRegency, folder: Path, mess: float) -> list[Task]:
    seed, as_of, name = regency.seed, regency.as_of, regency.name
    where = regency.places.select("village_code", "village", "district_code", "district", "name_is_shared")
    people = regency.people.select(_NEEDED)
    employers = _joined(regency.employers, where, "village_code")
    company = employers.select("employer_id", company="name")
    of_firms = employers.filter(pl.col("kind") == "firm")
    civil = _joined(people.filter("works_in_public"), company, "employer_id")
    head = pl.col("post").str.starts_with("Ketua")
    posts = _joined(people.filter(pl.col("post").is_not_null()), where, "village_code").sort(
        "village_code", head, "person_id"
    )
    fishers = _joined(people.filter((pl.col("occupation") == "nelayan") & ~pl.col("moved_out")), where, "village_code")
    agents = _joined(regency.acquisitions, regency.agents, "agent_id")
    enrolled = _joined(_joined(agents, people, "person_id"), where, "village_code")
    meetings = _joined(_joined(regency.outreach, where, "village_code"), company, "employer_id")
    projects = with_files(regency.projects, regency.places)
    crews = _joined(regency.rosters, people, "person_id")
    dead = _joined(
        _joined(invent_deaths(regency).sort("died_on", "person_id"), people, "person_id"), where, "village_code"
    )
    tasks: list[Task] = [
        partial(write_deaths, folder, dead, name, seed, as_of),
        partial(field.write_acquisitions, folder, enrolled, seed, as_of, mess),
        partial(offices.write_posts, folder, posts, seed, as_of, mess),
        partial(firms.write_licences, folder, of_firms, name, seed, as_of, mess),
        partial(firms.write_reports, folder, of_firms, name, seed, as_of, mess),
        partial(firms.write_branch, folder, employers, seed, as_of, mess),
        partial(offices.write_non_asn, folder, civil, name, seed, as_of, mess),
        partial(field.write_outreach, folder, meetings, seed, mess),
        partial(write_works, folder, projects, crews, seed, as_of, mess),
        partial(write_budget, folder, regency.projects, regency.places, seed, as_of, mess),
    ]
    return (
        [*tasks, partial(offices.write_fishers, folder, fishers, name, seed, as_of, mess)] if fishers.height else tasks
    )


def _joined(frame: pl.DataFrame, other: pl.DataFrame, key: str) -> pl.DataFrame:
    """The frame in its order, with the columns of the other beside it."""
    return frame.join(other, on=key, how="left", maintain_order="left")
