"""Deaths of members that nobody has claimed on, and claims. First argument: scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import polars as pl
from django.db.models import Sum
from django.db.models.fields import BigIntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from jangkau.core.measures.rights import rights_on_death
from jangkau.programmes.claims.states import KIND, PERSON
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases import queries as cases
from jangkau.registry.cases.models import Case, Transition
from jangkau.registry.people.models import Membership, Person

_DEATHS = {"person_id": pl.Int64(), "died_on": pl.Date()}
_MEMBERSHIPS = {
    "person_id": pl.Int64(), "segment": pl.String(), "programmes": pl.String(), "since": pl.Date(),
    "paid_until": pl.Date(), "monthly_income": pl.Int64(),
}  # fmt: skip


class Unclaimed(NamedTuple):
    """A member who died while covered, and the claim on it, if there is one."""

    person: Person
    right: dict[str, Any]
    case: Case | None


class Results(NamedTuple):
    """What claims brought so far."""

    open: int
    paid: int
    rupiah: int


def rights(scope: Scope, only: Iterable[int] | None = None) -> pl.DataFrame:
    """Every death with a date on which a membership ran (see core.measures.rights), the newest first."""
    dead = Person.objects.filter(scope.where("village_id"), deceased=True, deceased_on__isnull=False)
    if only is not None:
        dead = dead.filter(pk__in=list(only))
    deaths = pl.DataFrame(list(dead.values_list("pk", "deceased_on")), schema=_DEATHS, orient="row")
    of_them = Membership.objects.filter(person__in=dead).values_list(*_MEMBERSHIPS)
    memberships = pl.DataFrame(list(of_them), schema=_MEMBERSHIPS, orient="row")
    return rights_on_death(deaths, memberships).sort("died_on", "person_id", descending=[True, False])


def unclaimed(scope: Scope, found: pl.DataFrame) -> list[Unclaimed]:
    """Lines of `rights` with the person and the claim."""
    numbers = found["person_id"].to_list()
    people = Person.objects.filter(scope.where("village_id")).select_related("village", "district").in_bulk(numbers)
    held = claims_on(scope, numbers)
    return [
        Unclaimed(people[row["person_id"]], row, held.get(row["person_id"]))
        for row in found.iter_rows(named=True)
        if row["person_id"] in people
    ]


def claims_on(scope: Scope, people: Iterable[int]) -> dict[int, Case]:
    """Person -> the newest claim on their death, ended or not."""
    found = cases.cases_on(scope, PERSON, people).filter(kind=KIND, topic__in=("jkm", "jkk_death")).order_by("pk")
    return {case.subject_id: case for case in found}


def undated(scope: Scope) -> int:
    """Members noted as dead of whom no list tells the day."""
    dead = Person.objects.filter(scope.where("village_id"), deceased=True, deceased_on=None)
    return dead.filter(memberships__paid_until__isnull=False).distinct().count()


def results(scope: Scope) -> Results:
    """Claims that are open, that were paid, and how much."""
    held = cases.cases(scope).filter(kind=KIND).order_by()
    paid = Transition.objects.filter(scope.where("case__region_id"), case__kind=KIND, to_state="paid")
    amount = Cast(KT("facts__paid"), BigIntegerField())
    return Results(held.filter(ended=False).count(), paid.count(), paid.aggregate(total=Sum(amount))["total"] or 0)
