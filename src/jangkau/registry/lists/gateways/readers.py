"""Reads stored originals in processes of their own. Free of Django models: a new process imports this file alone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jangkau.core.kernel import JangkauError, RegionCode
from jangkau.core.reading import ListReading, read_file
from jangkau.registry.lists.gateways import store
from jangkau.registry.people.gateways.gazetteer import gazetteer


@dataclass(frozen=True)
class Assignment:
    """One list to be read: where it lies, the path it came by, the area and the day it is read for."""

    folder: Path
    path: str
    area: str
    as_of: date


@dataclass(frozen=True)
class Outcome:
    """What the reading found, as values of SentList; or the sentence that says why it cannot be read."""

    values: dict[str, Any]
    error: dict[str, str] | None = None


def read_all(assignments: list[Assignment], processes: int) -> Iterator[Outcome]:
    """The outcomes in the order of the assignments, as they become known."""
    if processes <= 1 or len(assignments) <= 1:
        yield from map(read_one, assignments)
        return
    # spawn, not fork: the frame library keeps threads that a fork would tear
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(assignments)), context) as pool:
        yield from pool.map(read_one, assignments)


def read_one(assignment: Assignment) -> Outcome:
    """Reads a list and keeps its rows and problems beside the original."""
    try:
        reading = read_file(
            (assignment.folder / store.ORIGINAL).read_bytes(),
            assignment.path,
            gazetteer=gazetteer(),
            area=RegionCode(assignment.area),
            as_of=assignment.as_of,
        )
    except JangkauError as error:
        return Outcome({}, {"id": error.indonesian, "en": error.english})
    store.write_frame(reading.rows, assignment.folder / store.ROWS)
    store.write_frame(reading.problems, assignment.folder / store.PROBLEMS)
    return Outcome(_values_of(reading))


def _values_of(reading: ListReading) -> dict[str, Any]:
    data = reading.rows.filter(reading.rows["state"] == "data")
    counts: Iterable[tuple[str, int]] = data["problems"].explode().drop_nulls().value_counts().sort("problems").rows()
    return {
        "kind": reading.kind,
        "village_id": reading.village_code,
        "district_id": reading.district_code or (reading.village_code[:8] if reading.village_code else None),
        "month": reading.month.first_day if reading.month else None,
        "title": (reading.title or "")[:300],
        "rows": reading.rows.height,
        "rows_of_people": data.height,
        "tables": [asdict(table) for table in reading.tables],
        "project": {key: str(value) if isinstance(value, date) else value for key, value in reading.project.items()},
        "problem_counts": dict(counts),
    }
