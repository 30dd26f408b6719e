"""Children of dead and disabled members: whose scholarship is due in a school year, and whose families were not asked
for their children yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from jangkau.core.measures.standing import Held, months_paid
from jangkau.core.rules import evaluate, parameters
from jangkau.core.rules.scholarships import DueYear, scholarship_due
from jangkau.programmes.claims.models import Child, SchoolYear
from jangkau.programmes.claims.queries.claims import claims
from jangkau.programmes.claims.queries.rights import held_by
from jangkau.programmes.claims.states import DEATHS
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.models import Case


class DueChild(NamedTuple):
    """A child in a school year: what is due, or the year that was claimed already."""

    child: Child
    due: DueYear | None
    claimed: SchoolYear | None


def children_of(scope: Scope, cases: Iterable[int]) -> QuerySet[Child]:
    """The children named on some claims."""
    return Child.objects.filter(scope.where("case__region_id"), case__in=list(cases)).order_by("birth_date", "pk")


def due_children(scope: Scope, year: int) -> list[DueChild]:
    """Every child that a scholarship of a school year is due to or was claimed for, by village and family."""
    years = Prefetch("school_years", SchoolYear.objects.select_related("case").order_by("year"))
    found = Child.objects.filter(scope.where("case__region_id")).select_related("case__region").prefetch_related(years)
    lines = []
    for child in found.order_by("case__region_id", "case_id", "birth_date", "pk"):
        held = list(child.school_years.all())
        claimed = next((each for each in held if each.year == year), None)
        taken = [each.level for each in held if each.year < year]
        due = None if claimed or child.ended_because else scholarship_due(child.birth_date, child.level, taken, year)
        if claimed or due:
            lines.append(DueChild(child, due, claimed))
    return lines


def families_to_ask(scope: Scope) -> list[Case]:
    """Paid claims whose children have a right to scholarships while no child is named; those that were paid with “no
    child” are left out."""
    named = Child.objects.filter(scope.where("case__region_id")).values("case")
    paid = claims(scope).filter(state="paid").exclude(pk__in=named)
    found = list(paid.exclude(transitions__facts__children=0))
    held = held_by(scope, [case.subject_id for case in found])
    return [case for case in found if gives_scholarship(case, held.get(case.subject_id, []))]


def gives_scholarship(case: Case, held: Iterable[Held]) -> bool:
    """Do children have a right on a claim? After a death or a total disability; when work did not cause the death, only
    with enough months paid."""
    if case.topic not in DEATHS and not (case.topic == "jkk" and case.facts.get("disabled")):
        return False
    on = date.fromisoformat(case.facts["event_on"])
    given = {"cause": "jkm" if case.topic == "jkm" else "jkk", "children": 1, "event_on": on}
    return bool(
        evaluate("scholarship", given | {"months_contributed": months_paid(held, "jkm", on)}).values["eligible"]
    )


def most_children(case: Case) -> int:
    """How many children of a claim may have a scholarship."""
    limit = parameters()["scholarship_children"].on(date.fromisoformat(case.facts["event_on"])).content
    return int(str(limit))
