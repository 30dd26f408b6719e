"""Reads stored originals in processes of their own. Free of Django models: a new process imports this file alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from jangkau.core.kernel import JangkauError, RegionCode
from jangkau.core.reading import ListReading, read_file
from jangkau.core.reading.changes import together
from jangkau.core.reading.meanings import answers_of_branch
from jangkau.core.reading.told import NOTHING_TOLD, Told
from jangkau.registry.access.gateways import seal
from jangkau.registry.lists.gateways import machine, store
from jangkau.registry.lists.gateways.confined import Lost, call_confined
from jangkau.registry.people.gateways.gazetteer import gazetteer

SECONDS_A_LIST = 300.0  # 1.15 million rows take a minute on a slow machine
MEMORY_A_LIST = 4_000_000_000  # bytes; the same rows take 1.4 GB


@dataclass(frozen=True)
class Assignment:
    """One list to be read: where it lies, the path it came by, the area and the day it is read for, and what a person
    changed and said about it."""

    folder: Path
    path: str
    area: str
    as_of: date
    told: Told = NOTHING_TOLD
    changes: tuple[Path, ...] = ()  # cells that were changed, in EDIT_SCHEMA, oldest first
    keys: Path | None = None  # where the keys of sealed files lie


@dataclass(frozen=True)
class Outcome:
    """What the reading found, as values of SentList; or the sentence that says why it cannot be read."""

    values: dict[str, Any]
    error: dict[str, str] | None = None
    stopped: JangkauError | None = None  # by the machine: nothing is said of the list


def read_all(
    assignments: list[Assignment],
    processes: int,
    read: Callable[[Assignment], Outcome] | None = None,
    *,
    meanwhile: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """The outcomes in the order of the assignments, as they become known. With no `processes` the lists are read here,
    without bounds on time and memory. `read`: read_one, or try_one; `meanwhile`: see call_confined."""
    read = read or read_one
    if processes < 1:
        yield from map(read, assignments)
        return
    answers = call_confined(
        read, assignments, processes=processes, seconds=SECONDS_A_LIST, memory=MEMORY_A_LIST, meanwhile=meanwhile
    )
    for assignment, answer in zip(assignments, answers, strict=True):
        yield _lost(assignment.path, answer) if isinstance(answer, Lost) else answer


def _lost(path: str, lost: Lost) -> Outcome:
    """The sentence for a list whose reading had to be stopped."""
    shown = path.rpartition("/")[2]
    why = (
        ("terlalu lama dibaca", "took too long to read")
        if lost.late
        else ("terlalu berat dibaca", "is too heavy to read")
    )
    return Outcome(
        {},
        {
            "id": f"Berkas “{shown}” {why[0]}. Salin daftarnya ke buku kerja baru atau bagi menjadi beberapa berkas.",
            "en": f"The file “{shown}” {why[1]}. Copy the list to a new workbook or split it into several files.",
        },
    )


def read_one(assignment: Assignment) -> Outcome:
    """Reads a list and keeps its rows and problems beside the original."""
    try:
        reading = _read(assignment)
    except JangkauError as error:
        return Outcome({}, {"id": error.indonesian, "en": error.english})
    try:
        store.write_frame(reading.rows, assignment.folder / store.ROWS, assignment.keys)
        store.write_frame(reading.problems, assignment.folder / store.PROBLEMS, assignment.keys)
    except machine.MACHINE_ERRORS as error:
        if told := machine.trouble(error):
            return Outcome({}, stopped=told)
        raise
    return Outcome(_values_of(reading))


def try_one(assignment: Assignment) -> Outcome:
    """Reads a list with its changes and keeps nothing: code -> how many rows would lose (`gone`) or get (`come`) it."""
    try:
        after = _read(assignment).problems
        before = store.read_frame(assignment.folder / store.PROBLEMS, keys=assignment.keys)
    except JangkauError as error:
        return Outcome({}, {"id": error.indonesian, "en": error.english})
    gone, come = _only_in(before, after), _only_in(after, before)
    return Outcome({"gone": gone, "come": come})


def _only_in(problems: pl.DataFrame, others: pl.DataFrame) -> dict[str, int]:
    lone = problems.join(others, on=["code", "sheet", "row"], how="anti", nulls_equal=True)
    return dict(lone["code"].value_counts().sort("code").iter_rows())


def _read(assignment: Assignment) -> ListReading:
    return read_file(
        seal.content_of(assignment.folder / store.ORIGINAL, assignment.keys),
        assignment.path,
        gazetteer=gazetteer(),
        area=RegionCode(assignment.area),
        as_of=assignment.as_of,
        told=assignment.told,
        edits=together([store.read_frame(place, keys=assignment.keys) for place in assignment.changes]),
    )


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
        "report": _report_of(reading, data),
    }


def _report_of(reading: ListReading, data: pl.DataFrame) -> dict[str, Any]:
    """What the page of a list says beside problems: what is hidden, and how the branch answered."""
    hidden = {
        "hidden": [asdict(one) for one in reading.hidden],
        "hidden_sheets": list(reading.hidden_sheets),
    }
    said = {name: found for name, found in hidden.items() if found}
    if reading.kind != "confirmation":
        return said
    answers = data.select(answers_of_branch().fill_null("unclear")).to_series().value_counts().sort("answer")
    return {**said, "answers": dict(answers.rows())}
