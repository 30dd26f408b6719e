"""Deaths of members that nobody has claimed on, and the memberships of one person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import polars as pl
from django.db.models import Max, QuerySet

from jangkau.core.measures.rights import RIGHTS, rights_on
from jangkau.core.measures.standing import Held
from jangkau.programmes.claims.models import EventReport
from jangkau.programmes.claims.queries.claims import claims_on, given_up
from jangkau.programmes.claims.states import DEATH_EVENTS, DEATHS
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.models import Case, Transition
from jangkau.registry.people.models import Membership, Person

_EVENTS = {"person_id": pl.Int64(), "event_on": pl.Date()}
_MEMBERSHIPS = {
    "person_id": pl.Int64(), "segment": pl.String(), "programmes": pl.String(), "since": pl.Date(),
    "paid_until": pl.Date(), "monthly_income": pl.Int64(),
}  # fmt: skip
_KINDS = {**_EVENTS, **_MEMBERSHIPS, "first_covered_on": pl.Date(), "state": pl.String()}


class Unclaimed(NamedTuple):
    """A member who died while covered, the claim on it, if there is one, and how an earlier one was given up."""

    person: Person
    right: dict[str, Any]
    case: Case | None
    given_up: Transition | None


def rights(scope: Scope, only: Iterable[int] | None = None) -> pl.DataFrame:
    """Every death on whose day a membership ran (see core.measures.rights), the newest first. The day is that of the
    lists; where they tell none, the last that a village reported."""
    dead = Person.objects.filter(scope.where("village_id"), deceased=True)
    if only is not None:
        dead = dead.filter(pk__in=list(only))
    days = [*dead.filter(deceased_on__isnull=False).values_list("pk", "deceased_on")]
    days += _reported().filter(person__in=dead.filter(deceased_on=None)).values_list("person").annotate(Max("event_on"))
    if not days:  # on the page of nearly everybody
        return pl.DataFrame(schema={name: _KINDS[name] for name in RIGHTS})
    deaths = pl.DataFrame(days, schema=_EVENTS, orient="row")
    of_them = Membership.objects.filter(person__in=dead).values_list(*_MEMBERSHIPS)
    memberships = pl.DataFrame(list(of_them), schema=_MEMBERSHIPS, orient="row")
    return rights_on(deaths, memberships).sort("event_on", "person_id", descending=[True, False])


def unclaimed(scope: Scope, found: pl.DataFrame) -> list[Unclaimed]:
    """Lines of `rights` with the person and the claim."""
    numbers = found["person_id"].to_list()
    people = Person.objects.filter(scope.where("village_id")).select_related("village", "district").in_bulk(numbers)
    held, dropped = claims_on(scope, numbers, DEATHS), given_up(scope, numbers, DEATHS)
    return [
        Unclaimed(people[row["person_id"]], row, held.get(row["person_id"]), dropped.get(row["person_id"]))
        for row in found.iter_rows(named=True)
        if row["person_id"] in people
    ]


def undated(scope: Scope) -> QuerySet[Any]:
    """Members noted as dead (Person) of whom neither a list nor a village tells the day, by village; `last_paid`: the
    last month paid."""
    dead = Person.objects.filter(scope.where("village_id"), deceased=True, deceased_on=None)
    members = dead.annotate(last_paid=Max("memberships__paid_until")).filter(last_paid__isnull=False)
    unknown = members.exclude(pk__in=_reported().filter(person__isnull=False).values("person"))
    return unknown.select_related("village").order_by("village_id", "name", "pk")


def _reported() -> QuerySet[EventReport]:
    return EventReport.objects.filter(event__in=DEATH_EVENTS).order_by()


def held_by(scope: Scope, people: Iterable[int]) -> dict[int, list[Held]]:
    """Person -> memberships, as core.measures.standing reads them, the one paid longest first."""
    of_them = Membership.objects.filter(scope.where("person__village_id"), person__in=list(people))
    found: dict[int, list[Held]] = {}
    wages = scope.sees(Column.WAGE)
    columns = ("person_id", "segment", "programmes", "since", "paid_until", "monthly_income")
    for person, segment, has, since, paid, wage in of_them.order_by("-paid_until", "pk").values_list(*columns):
        found.setdefault(person, []).append(Held(segment, has, since, paid, wage if wages else None))
    return found
