"""Reports of events come in as a workbook that a village filled in: every line is kept, and those that cannot be read
come back with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction

from jangkau.programmes.claims.models import EventReport
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.people import queries as people


class Row(NamedTuple):
    """A line of a workbook, read: `wrong` says in words what keeps it from being a report."""

    name: str
    nik: str
    birth_date: date | None
    village: str | None
    event: str
    event_on: date | None
    told: str
    wrong: str = ""


class Kept(NamedTuple):
    """What became of the lines of a workbook, and of how many of those kept the register knows the person."""

    fresh: int
    known: int
    matched: int


@transaction.atomic
def keep_reports(scope: Scope, rows: Sequence[Row], *, by: User | None) -> Kept:
    """Keeps the lines that can be read and lie in the areas of the scope; one that was reported before is not kept
    twice. Who is meant is found by the NIK, else by name and birth date where only one person has both."""
    require_write(scope)
    readable = [row for row in rows if not row.wrong]
    persons = _persons(scope, readable)
    same_days = EventReport.objects.filter(event_on__in={row.event_on for row in readable})
    known = set(same_days.values_list("name", "nik", "event", "event_on"))
    fresh: dict[tuple[object, ...], EventReport] = {}
    for row in readable:
        assert row.event_on is not None  # a row without it is wrong
        told = (row.name, row.nik, row.event, row.event_on)
        if told not in known and told not in fresh:
            person, village = persons.get(_key(row), (None, None))
            fresh[told] = EventReport(
                name=row.name, nik=row.nik, event=row.event, event_on=row.event_on, birth_date=row.birth_date,
                told=row.told, person_id=person, village_id=village or row.village, reported_by=by,
            )  # fmt: skip
    made = EventReport.objects.bulk_create(fresh.values(), batch_size=500)
    matched = sum(report.person_id is not None for report in made)
    record(by=by, action="events_reported", subject="claims", reports=len(made), known=matched)
    return Kept(len(made), len(readable) - len(made), matched)


def _persons(scope: Scope, rows: Sequence[Row]) -> Mapping[str, tuple[int, str | None]]:
    """Key of a row -> person and village."""
    niks = {row.nik for row in rows if row.nik}
    names = {row.name.upper() for row in rows if row.birth_date}
    found: dict[str, tuple[int, str | None]] = {}
    twice = set()
    for number, nik, village in people.people(scope).filter(nik__in=niks).values_list("pk", "nik", "village_id"):
        found[str(nik)] = (number, village)
    for number, name, born, village in (
        people.people(scope).filter(name__in=names).values_list("pk", "name", "birth_date", "village_id")
    ):
        key = f"{name}|{born}"
        if key in found:
            twice.add(key)
        found[key] = (number, village)
    return {key: person for key, person in found.items() if key not in twice}


def _key(row: Row) -> str:
    return row.nik or f"{row.name.upper()}|{row.birth_date}"
