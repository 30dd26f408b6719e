"""Claims: on whom, where they stand, and what was paid against what the law let expect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.fields import BigIntegerField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from jangkau.programmes.claims.models import ReceivedPaper
from jangkau.programmes.claims.states import DEATHS, DROPPED, KIND, OF_WAGES, PAPERS, PERSON
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope, Withheld, withheld
from jangkau.registry.cases import queries as cases
from jangkau.registry.cases.models import Case, Transition


class Results(NamedTuple):
    """What claims brought so far. `expected`: the estimates of those paid that had one, `of_expected` what was paid on
    these."""

    open: int
    paid: int
    rupiah: int
    expected: int
    of_expected: int


class Line(NamedTuple):
    """A claim with what was paid on it. `expected` None: no estimate was told; `handed_in` and `pay_by` are None before
    the papers are with the branch, `pay_by` also where the law names no days. `papers`: how many were brought."""

    case: Case
    expected: int | Withheld | None
    paid: int | None
    paid_on: date | None
    handed_in: date | None
    pay_by: date | None
    papers: int

    @property
    def difference(self) -> int | None:
        """Paid more (or less, negative) than expected; None where one of both is unknown."""
        return None if self.paid is None or not isinstance(self.expected, int) else self.paid - self.expected

    @property
    def late(self) -> bool:
        """Was it paid after the last day the law gives?"""
        return bool(self.pay_by and self.paid_on and self.paid_on > self.pay_by)

    @property
    def papers_needed(self) -> int:
        return len(PAPERS.get(self.case.topic, ()))


def claims(scope: Scope) -> QuerySet[Case]:
    """The claims somebody may see, open ones first."""
    return cases.cases(scope).filter(kind=KIND)


def claims_on(scope: Scope, people: Iterable[int], topics: Sequence[str]) -> dict[int, Case]:
    """Person -> the newest claim on some benefits, ended or not; one that was given up is none."""
    found = cases.cases_on(scope, PERSON, people).filter(kind=KIND, topic__in=topics).exclude(state=DROPPED)
    return {case.subject_id: case for case in found.order_by("pk")}


def claimed(scope: Scope, topics: Sequence[str]) -> set[int]:
    """Everybody on whom there is a claim on some benefits that was not given up."""
    found = claims(scope).filter(subject_kind=PERSON, topic__in=topics).exclude(state=DROPPED).order_by()
    return set(found.values_list("subject_id", flat=True))


def given_up(scope: Scope, people: Iterable[int], topics: Sequence[str]) -> dict[int, Transition]:
    """Person -> how the newest claim on some benefits was given up: the day, the cause, the case."""
    found = Transition.objects.filter(
        scope.where("case__region_id"), case__kind=KIND, case__subject_kind=PERSON, case__subject_id__in=list(people),
        case__topic__in=topics, to_state=DROPPED,
    )  # fmt: skip
    return {step.case.subject_id: step for step in found.select_related("case").order_by("pk")}


def settled(found: Iterable[Case], event_on: date) -> set[str]:
    """The benefits that were paid for an event already, among the claims of a person; a death is paid for once."""
    return {
        case.topic
        for case in found
        if case.state == "paid" and (case.topic in DEATHS or case.facts.get("event_on") == event_on.isoformat())
    }


def claim_lines(scope: Scope, found: Iterable[Case]) -> list[Line]:
    """Claims with what was handed in and paid."""
    listed = list(found)
    steps: dict[int, list[Transition]] = {}
    for step in Transition.objects.filter(scope.where("case__region_id"), case__in=listed).order_by("number"):
        steps.setdefault(step.case_id, []).append(step)
    brought = dict(ReceivedPaper.objects.filter(case__in=listed).order_by().values_list("case").annotate(n=Count("pk")))
    lines = [_line(case, steps.get(case.pk, []), brought.get(case.pk, 0)) for case in listed]
    if scope.sees(Column.WAGE):
        return lines
    hidden = withheld(Column.WAGE)
    return [line._replace(expected=hidden) if line.case.topic in OF_WAGES and line.expected else line for line in lines]


def _line(case: Case, steps: Sequence[Transition], papers: int) -> Line:
    told: dict[str, Any] = {}
    handed_in = pay_by = None
    for step in steps:
        told |= step.facts
        if step.to_state.startswith("complete"):
            handed_in, pay_by = step.on, step.due_on
    paid = told.get("paid") if case.state == "paid" else None
    return Line(
        case,
        expected=case.facts.get("estimate") if not case.facts.get("monthly") else None,
        paid=paid,
        paid_on=date.fromisoformat(told["paid_on"]) if paid is not None and told.get("paid_on") else None,
        handed_in=handed_in,
        pay_by=pay_by,
        papers=papers,
    )


def results(scope: Scope) -> Results:
    """Claims that are open, that were paid, how much, and how that compares with the estimates."""
    payments = Transition.objects.filter(scope.where("case__region_id"), case__kind=KIND, to_state="paid").order_by()
    compared = Q(expected__isnull=False, per=None)
    if not scope.sees(Column.WAGE):
        compared &= ~Q(case__topic__in=OF_WAGES)
    sums = payments.annotate(
        rupiah=Cast(KeyTextTransform("paid", "facts"), BigIntegerField()),
        expected=Cast(KeyTextTransform("estimate", "case__facts"), BigIntegerField()),
        per=KeyTextTransform("monthly", "case__facts"),
    ).aggregate(
        count=Count("pk"),
        all=Sum("rupiah"),
        of_expected=Sum("rupiah", filter=compared),
        all_expected=Sum("expected", filter=compared),
    )
    return Results(
        open=claims(scope).filter(ended=False).count(),
        paid=sums["count"],
        rupiah=sums["all"] or 0,
        expected=sums["all_expected"] or 0,
        of_expected=sums["of_expected"] or 0,
    )
