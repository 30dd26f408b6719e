"""Who is protected by whose money, until when; whose funding ends soon without going on; whose funding ends before the
full death benefit begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jangkau.core.kernel import Month
from jangkau.programmes.subsidy.models import FundedMonth, Nominee, Scheme
from jangkau.programmes.subsidy.queries import schemes
from jangkau.programmes.subsidy.queries.money import death_benefit, full_benefit_from
from jangkau.programmes.subsidy.states import Answer, State
from jangkau.registry.access.permissions import Scope

WARNING_DAYS = 60


@dataclass(frozen=True)
class Protection:
    """People covered since one day and paid for until another. `until` is the last day paid; `full_from` the first day
    of the full death benefit; the sums are what a family gets on the last day and on the day of the full benefit."""

    scheme: Scheme
    people: int
    since: date
    until: date
    full_from: date
    sum_at_end: int
    full_sum: int

    @property
    def never_full(self) -> bool:
        """Does the funding end before the full benefit begins?"""
        return self.until < self.full_from

    @property
    def days_full(self) -> int:
        """For how many days the full benefit holds."""
        return max((self.until - self.full_from).days + 1, 0)


def protections(scheme: Scheme, people: QuerySet[Nominee]) -> list[Protection]:
    """Enrolled people by the day since which and until which they are covered."""
    groups = people.filter(state=State.ENROLLED).order_by().values_list("covered_since", "last_month")
    return [
        protection(scheme, since, last, count)
        for since, last, count in groups.annotate(n=Count("pk")).order_by("covered_since", "last_month")
        if since and last
    ]


def protection(scheme: Scheme, since: date, last_month: date, people: int = 1) -> Protection:
    """What people covered since a day and paid for up to a month have."""
    until, full_from = Month.of(last_month).last_day, full_benefit_from(scheme, since)
    return Protection(
        scheme, people, since, until, full_from,
        death_benefit(scheme, since, until), death_benefit(scheme, since, full_from),
    )  # fmt: skip


def ending_soon(scope: Scope, today: date) -> QuerySet[Nominee]:
    """Enrolled people of the areas of the scope whose funding ends within 60 days and goes on nowhere."""
    last = Month.of(today + timedelta(days=WARNING_DAYS) + timedelta(days=1)).plus(-1).first_day
    later = FundedMonth.objects.filter(
        Q(person=OuterRef("person")) | Q(nik=OuterRef("nik")), month__gt=OuterRef("last_month")
    ).exclude(answer=Answer.REFUSED)
    found = Nominee.objects.filter(scope.where("village_id"), scheme__in=schemes(scope), state=State.ENROLLED)
    ends = found.filter(last_month__lte=last, last_month__gte=Month.of(today).plus(-1).first_day)
    return ends.filter(~Exists(later)).select_related("scheme", "village").order_by("last_month", "scheme_id", "pk")


def funding_of(scope: Scope, persons: Sequence[int], niks: Sequence[str]) -> list[Protection]:
    """Who pays or paid for a person, the latest first."""
    named = Q(person_id__in=persons) | Q(nik__in=niks) if niks else Q(person_id__in=persons)
    found = Nominee.objects.filter(named, scope.where("village_id"), state=State.ENROLLED).select_related("scheme")
    return [
        protection(who.scheme, who.covered_since, who.last_month)
        for who in found.order_by("-last_month", "-pk")
        if who.covered_since and who.last_month
    ]
