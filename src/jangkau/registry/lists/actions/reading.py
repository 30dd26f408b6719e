"""Reads received lists, several at a time in processes of their own, and keeps what was understood."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from jangkau.core.kernel import Gazetteer, JangkauError, RegionCode
from jangkau.core.reading import ListReading, read_file
from jangkau.registry.access.actions import record
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList, State
from jangkau.registry.people.queries import gazetteer, gazetteer_table

_gazetteer: Gazetteer | None = None


@dataclass(frozen=True)
class Summary:
    """What the reading of one list leaves in the database: the values of SentList's columns."""

    sha256: str
    values: dict[str, Any]


def read_lists(
    lists: Iterable[SentList],
    *,
    as_of: date,
    processes: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> list[SentList]:
    """Reads every list given, in their order; returns them with state read or unreadable. One list that cannot be read
    does not stop the others."""
    todo = list(lists)
    arguments = [(item.sha256, item.path, settings.JANGKAU_AREA, as_of) for item in todo]
    if processes > 1 and len(todo) > 1:
        # spawn, not fork: the frame library keeps threads that a fork would tear
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, context, _start_reader, (gazetteer_table(),)) as pool:
            return [
                _keep(item, s, n, progress) for n, (item, s) in enumerate(zip(todo, pool.map(_read_in_pool, arguments)))
            ]
    places = gazetteer()
    return [_keep(item, _read(*args, places), n, progress) for n, (item, args) in enumerate(zip(todo, arguments))]


def _start_reader(table: str) -> None:
    global _gazetteer
    _gazetteer = Gazetteer.parse(table)


def _read_in_pool(arguments: tuple[str, str, str, date]) -> Summary:
    assert _gazetteer is not None  # the initializer ran
    return _read(*arguments, _gazetteer)


def _read(sha256: str, path: str, area: str, as_of: date, places: Gazetteer) -> Summary:
    folder = store.folder_of(sha256)
    try:
        reading = read_file(
            (folder / store.ORIGINAL).read_bytes(), path, gazetteer=places, area=RegionCode(area), as_of=as_of
        )
    except JangkauError as error:
        return Summary(sha256, {"state": State.UNREADABLE, "error": {"id": error.indonesian, "en": error.english}})
    store.write_frame(reading.rows, folder / store.ROWS)
    store.write_frame(reading.problems, folder / store.PROBLEMS)
    return Summary(sha256, _values_of(reading))


def _values_of(reading: ListReading) -> dict[str, Any]:
    data = reading.rows.filter(reading.rows["state"] == "data")
    counts = data["problems"].explode().drop_nulls().value_counts().sort("problems").rows()
    return {
        "state": State.READ,
        "error": None,
        "kind": reading.kind,
        "village_id": reading.village_code,
        "district_id": reading.district_code or (reading.village_code[:8] if reading.village_code else None),
        "month": reading.month.first_day if reading.month else None,
        "title": (reading.title or "")[:300],
        "rows": reading.rows.height,
        "rows_of_people": data.height,
        "tables": [table.summary() for table in reading.tables],
        "project": reading.project,
        "problem_counts": {str(code): int(n) for code, n in counts},
    }


@transaction.atomic
def _keep(item: SentList, summary: Summary, position: int, progress: Callable[[int], None]) -> SentList:
    for name, value in summary.values.items():
        setattr(item, name, value)
    item.save(update_fields=list(summary.values))
    record(by=None, action=f"list_{item.state}", subject=f"list {item.pk}")
    progress(position + 1)
    return item
