"""The lists that villages send: one workbook each, in a folder for the district, each village in a layout of its own.
A district is one piece of work, so that districts can be written side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic import names
from jangkau.core.synthetic.layouts import LAYOUTS, Layout, VillageList
from jangkau.core.synthetic.mess import Entry, Habits, entries, repeat_some
from jangkau.core.synthetic.page import Book
from jangkau.core.synthetic.written import Written, fit_for_path

STRANGERS = 0.014  # people of another village of the district in a list, per row
_NEEDED = [
    "person_id", "name", "title", "nik", "birth_date", "sex", "birth_place", "kk", "mother_name", "hamlet", "rt", "rw",
    "occupation", "village_code", "family", "position", "died", "moved_out", "on_village_list",
]  # fmt: skip
_FILE_NAMES = (
    "data {lower} fix.xlsx", "{upper} BNBA.xlsx", "{code} {name}.xlsx", "{name}_{year} (1).xlsx",
    "Data Pekerja {kind} {name}.xlsx", "Pekerja Rentan Ds. {name} Kec. {district}.xlsx",
)  # fmt: skip


@dataclass(frozen=True)
class DistrictWork:
    """What is needed to write the lists of one district."""

    folder: Path
    directory: str  # below the folder, as in "02_desa/Cicurug"
    places: pl.DataFrame  # of the district, with `number` (its place in the whole regency)
    people: pl.DataFrame  # residents of the district
    seed: int
    as_of: date
    mess: float


def district_works(
    folder: Path, places: pl.DataFrame, people: pl.DataFrame, *, seed: int, as_of: date, mess: float
) -> list[DistrictWork]:
    """The pieces of work, in the order of the district codes."""
    order = np.random.Generator(np.random.PCG64([seed, 2])).permutation(places.height)
    numbered = places.with_columns(number=pl.Series(order))
    residents = people.filter(~pl.col("commuter")).select(_NEEDED, district_code=pl.col("village_code").str.slice(0, 8))
    by_district = residents.partition_by("district_code", as_dict=True)
    named: set[str] = set()
    works = []
    for key, part in sorted(numbered.partition_by("district_code", as_dict=True).items()):
        name = fit_for_path(part["district"][0])
        directory = f"02_desa/{name}" if name.lower() not in named else f"02_desa/{name} {key[0]}"
        named.add(name.lower())
        works.append(DistrictWork(folder, directory, part, by_district[key], seed, as_of, mess))
    return works


def write_district(work: DistrictWork) -> Written:
    """Writes the lists of the district's villages; returns the trail of their rows."""
    used: set[str] = set()
    trails = []
    for place in work.places.iter_rows(named=True):
        rng = np.random.Generator(np.random.PCG64([work.seed, 3, place["number"]]))
        layout = LAYOUTS[place["number"] % len(LAYOUTS)]
        name = _file_name(place, work.as_of.year, rng)
        name = name if name.lower() not in used else f"{place['village_code']} {name}"
        used.add(name.lower())
        with Book(work.folder, f"{work.directory}/{name}") as book:
            layout.write(book, _village_list(work, place, layout, rng), rng)
        trails.append(book.rows())
    return Written(pl.concat(trails))


def _village_list(work: DistrictWork, place: dict[str, Any], layout: Layout, rng: Generator) -> VillageList:
    people = work.people.filter(pl.col("on_village_list") & (pl.col("village_code") == place["village_code"]))
    habits = Habits().times(work.mess)
    if not layout.says_note:
        habits = replace(habits, noted=0.0, move_noted=0.0)
    listed = entries(people.sort("rw", "rt", "family", "position"), rng, habits, says_place=layout.says_place)
    if layout.says_place:
        listed += _strangers(work, place, len(listed), habits, rng)
    signing = names.spell(names.draw(rng, np.array([False, True]))).to_list()
    return VillageList(
        village=place["village"],
        district=place["district"],
        regency=place["regency_name"],
        kind="KELURAHAN" if place["village_code"][9] == "1" else "DESA",
        as_of=work.as_of,
        entries=repeat_some(listed, rng, habits.repeated),
        chief=signing[0],
        clerk=signing[1].title(),
    )


def _strangers(work: DistrictWork, place: dict[str, Any], listed: int, habits: Habits, rng: Generator) -> list[Entry]:
    """A few people of neighbouring villages whose own village stands in the row."""
    others = work.people.filter(
        (pl.col("village_code") != place["village_code"]) & ~pl.col("died") & ~pl.col("moved_out")
    )
    count = min(others.height, int(rng.binomial(listed, min(0.5, STRANGERS * work.mess))))
    chosen = entries(others[np.sort(rng.permutation(others.height)[:count])], rng, habits)
    village_names = dict(work.places.select("village_code", "village").iter_rows())
    for entry in chosen:
        entry.place = village_names[entry.village_code]
        entry.problems.append("other_village")
    return chosen


def _file_name(place: dict[str, Any], year: int, rng: Generator) -> str:
    name = fit_for_path(place["village"])
    return _FILE_NAMES[int(rng.integers(len(_FILE_NAMES)))].format(
        lower=name.lower(), upper=name.upper(), code=place["village_code"], name=name, year=year,
        kind="Kelurahan" if place["village_code"][9] == "1" else "Desa", district=fit_for_path(place["district"]),
    )  # fmt: skip
