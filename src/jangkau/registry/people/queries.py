"""What other rooms may ask about regions and people. First argument: scope, but for what is the same for everybody."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.models import Employer, MergedPerson, Person, RegionShape, RegisterFact

_DIGITS = re.compile(r"[^0-9]")


def register_fact(name: str) -> Any:
    """A fact of the register about itself, or None."""
    return RegisterFact.objects.filter(name=name).values_list("value", flat=True).first()


def survivors() -> dict[int, int]:
    """For every number that was merged away: the number of the person who remained in the end."""
    into = dict(MergedPerson.objects.values_list("number", "into_id"))

    def last(number: int) -> int:
        while number in into:
            number = into[number]
        return number

    return {number: last(number) for number in into}


def survivor(number: int) -> int:
    """The number under which a person is known today."""
    into = MergedPerson.objects.filter(pk=number).values_list("into_id", flat=True).first()
    return number if into is None else survivor(into)


class Found(NamedTuple):
    """What a search found; for a pasted column also how many numbers were asked for and those nobody has, as pasted."""

    people: QuerySet[Person]
    numbers_asked: int = 0
    numbers_unknown: tuple[str, ...] = ()


def people(scope: Scope) -> QuerySet[Person]:
    """The people somebody may see, by name. Who lives where nobody stated is seen by those who see a whole regency."""
    return Person.objects.filter(scope.where("village_id")).select_related("village", "district").order_by("name", "pk")


def search(scope: Scope, sought: str) -> Found:
    """People by NIK (whole or its end), KPJ or words of the name; several lines are taken as a column of NIK."""
    lines = [line.strip() for line in sought.replace("\t", "\n").splitlines() if line.strip()]
    if len(lines) > 1:
        numbers = {digits for line in lines if len(digits := _DIGITS.sub("", line)) == 16}
        found = people(scope).filter(nik__in=sorted(numbers)[:10_000])
        known = set(found.values_list("nik", flat=True))
        unknown = tuple(line for line in dict.fromkeys(lines) if _DIGITS.sub("", line) not in known)
        return Found(found, len(lines), unknown)
    digits = _DIGITS.sub("", sought)
    if len(digits) == 16:
        return Found(people(scope).filter(nik=digits))
    if len(digits) >= 6 and not re.search(r"[A-Za-z]", sought):
        return Found(people(scope).filter(Q(memberships__kpj=digits) | Q(nik__startswith=digits)).distinct())
    found = people(scope)
    for word in sought.upper().split()[:5]:
        found = found.filter(name__contains=word)
    return Found(found)


def employers(scope: Scope) -> QuerySet[Employer]:
    """Employers of the areas of the scope."""
    return Employer.objects.filter(scope.where("village_id") & scope.where("district_id")).order_by("pk")


def shapes(scope: Scope, area: str, level: str) -> QuerySet[RegionShape]:
    """Outlines of the regions of a level inside an area, for the map. The whole area is drawn for everybody: a map
    shows where places are, not who lives there."""
    return RegionShape.objects.filter(
        Q(region_id=area) | Q(region_id__startswith=f"{area}."), region__level=level
    ).select_related("region")
