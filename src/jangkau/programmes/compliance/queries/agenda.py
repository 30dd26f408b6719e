"""The joint agenda: which cases come next, and whose turn it is. First argument: scope."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q, QuerySet

from jangkau.programmes.compliance.states import AGENDA_AGENCIES, KIND, STAGES, STEPS
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases import queries as cases
from jangkau.registry.cases.models import Case
from jangkau.registry.cases.states import Step


def agenda(scope: Scope, until: date, *, agency: str = "", topic: str = "", by_weight: bool = False) -> QuerySet[Case]:
    """Cases in which one of the agencies has a step to take, without a deadline or with one up to a day: the nearest
    deadline first and then the most workers, or the most workers first."""
    agencies = {agency} if agency else set(AGENDA_AGENCIES)
    states = {source for step in _leading_on() for source in step.sources if agencies & set(step.agencies)}
    found = cases.cases(scope).filter(Q(due_on=None) | Q(due_on__lte=until), kind=KIND, state__in=states)
    found = found.filter(topic=topic) if topic else found
    nearest = F("due_on").asc(nulls_last=True)
    return found.order_by("-weight", nearest, "pk") if by_weight else found.order_by(nearest, "-weight", "pk")


def turns(case: Case, agencies: Collection[str] = AGENDA_AGENCIES) -> dict[str, list[Step]]:
    """Agency -> the steps that lead on from where a case stands; those that wait for the deadline, too."""
    open_steps = [step for step in _leading_on() if case.state in step.sources]
    told = {agency: [step for step in open_steps if agency in step.agencies] for agency in agencies}
    return {agency: steps for agency, steps in told.items() if steps}


def _leading_on() -> list[Step]:
    """The steps that somebody takes and that do not end the case."""
    return [step for step in STEPS.values() if step.by_hand and not STAGES[step.target].ended]
