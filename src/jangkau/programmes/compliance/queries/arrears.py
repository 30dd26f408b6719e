"""Arrears by class: which classes are in force, how many employers, workers and rupiah stand in each. First argument:
scope."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet, Sum

from jangkau.core.rules.employers import arrears_classes, arrears_ranges
from jangkau.programmes.compliance.models import ArrearsScale
from jangkau.programmes.compliance.queries import employers
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.models import Employer


class Classes(NamedTuple):
    """The months in arrears of each class, first and last. `entered`: what the office entered; without it the practice
    that the law files quote, which is assumed."""

    ranges: dict[str, tuple[int, int | None]]
    entered: ArrearsScale | None

    def of(self, months: int | None) -> str:
        """The class of so many months; empty without arrears."""
        inside = (name for name, (first, last) in self.ranges.items() if first <= (months or 0) <= (last or 10**6))
        return next(inside, "")


class ClassTotal(NamedTuple):
    """One class: its months, and the employers, registered workers and rupiah in it."""

    name: str
    first: int
    last: int | None
    employers: int
    workers: int
    amount: int


def classes_on(day: date) -> Classes:
    """The classes that are in force on a day."""
    standing = ArrearsScale.objects.filter(since__lte=day, withdrawn_at=None).order_by("-since", "-pk").first()
    return Classes(arrears_ranges(standing.first_months if standing else arrears_classes(day)), standing)


def in_class(found: QuerySet[Employer], classes: Classes, name: str) -> QuerySet[Employer]:
    """Those of some employers whose months in arrears fall into a class."""
    first, last = classes.ranges[name]
    within = found.filter(arrears_months__gte=first)
    return within if last is None else within.filter(arrears_months__lte=last)


def totals(scope: Scope, classes: Classes) -> list[ClassTotal]:
    """Every class in force with what stands in it."""
    owing = employers(scope).order_by().filter(arrears_months__gt=0)
    told = []
    for name, (first, last) in classes.ranges.items():
        within = in_class(owing, classes, name)
        sums = within.aggregate(workers=Sum("workers_registered"), amount=Sum("arrears"))
        told.append(ClassTotal(name, first, last, within.count(), sums["workers"] or 0, sums["amount"] or 0))
    return told


def scales(scope: Scope) -> QuerySet[ArrearsScale]:
    """Every scale that an office entered, newest first."""
    found = ArrearsScale.objects.select_related("entered_by").order_by("-since", "-pk")
    return found if scope.areas else found.none()
