"""Builders who work project after project and have no membership of their own: candidates for BPU. First argument:
scope."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from jangkau.core.kernel import Month
from jangkau.core.measures import reading_on
from jangkau.core.rules.calendar import months_later
from jangkau.programmes.construction.models import RosterLine
from jangkau.programmes.construction.states import State
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.models import Membership, Person

Rows = QuerySet[Any, Any]
LEAST_WORKS, LEAST_DAYS = 2, 30  # the office's own rule: nothing is decreed
MONTHS = 12


class Builder(NamedTuple):
    """A candidate: how many works and days within the year, and the last day of the last work."""

    person: Person
    works: int
    days: int | None
    until: date | None


class BuilderPage(NamedTuple):
    """A page of candidates; `after`: works and person from which the next one is asked for."""

    builders: list[Builder]
    after: str | None = None


def candidates(scope: Scope, on: date, *, works: int = LEAST_WORKS, days: int = LEAST_DAYS) -> Rows:
    """People on rosters of works that began within twelve months up to a day: `person_id, works, days, until` of those
    with so many works or so many days, of working age, who live and are no members on the day. The most works first."""
    reading = reading_on(on)
    paid = Month.of(on).plus(-reading.grace_months).first_day
    member = Membership.objects.filter(person_id=OuterRef("person_id"), paid_until__gte=paid)
    young, old = months_later(on, -12 * reading.youngest), months_later(on, -12 * (reading.oldest + 1))
    born = Q(person__birth_date=None) | Q(person__birth_date__gt=old, person__birth_date__lte=young)
    found = (
        RosterLine.objects.filter(scope.where("work__village_id"), scope.where("person__village_id"), born)
        .filter(work__starts_on__gt=months_later(on, -MONTHS), work__starts_on__lte=on, person__deceased=False)
        .filter(person__moved_out=False)
        .exclude(work__state=State.CANCELLED)
        .values("person_id")
        .annotate(works=Count("work", distinct=True), worked=Sum("days"), until=Max("work__ends_now"))
        .filter(Q(works__gte=works) | Q(worked__gte=days))
        .filter(~Exists(member))
    )
    return found.order_by("-works", "person_id")


def page_of(rows: list[dict[str, Any]], after: str, most: int) -> BuilderPage:
    """`most` of the rows of `candidates` after "works-person", as `after` of the page before told it. The rows are
    counted for the page anyway, so they are asked for once."""
    works, _, number = after.partition("-")
    if works.isdecimal() and number.isdecimal():
        rows = [row for row in rows if (-row["works"], row["person_id"]) > (-int(works), int(number))]
    last = rows[most - 1] if len(rows) > most else None
    return BuilderPage(people_of(rows[:most]), f"{last['works']}-{last['person_id']}" if last else None)


def people_of(rows: list[dict[str, Any]]) -> list[Builder]:
    """The rows with their people."""
    people = Person.objects.select_related("village", "district").in_bulk([row["person_id"] for row in rows])
    return [
        Builder(people[row["person_id"]], row["works"], row["worked"], row["until"])
        for row in rows
        if row["person_id"] in people
    ]


def roster_with_people(scope: Scope, lines: QuerySet[RosterLine]) -> list[tuple[RosterLine, Person | None]]:
    """Roster lines with what the register knows of their people, as far as somebody may see them."""
    found = list(lines)
    known = Person.objects.filter(scope.where("village_id")).select_related("village", "district")
    people = known.in_bulk([line.person_id for line in found if line.person_id])
    return [(line, people.get(line.person_id or 0)) for line in found]
