"""What a scheme costs and how far its money reaches: the price of a month by core.rules, whole rupiah, and the meter of
the budget. A month is committed by a decree, billed once the branch was told, confirmed when the branch agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from jangkau.core.kernel import Month
from jangkau.core.rules import Result, evaluate
from jangkau.programmes.subsidy.models import FundedMonth, Nominee, Scheme
from jangkau.programmes.subsidy.states import FUNDING, WAGE_EARNERS, Answer, SchemeKind, State

RISK_CLASS = "I"  # assumed: offices and village governments have the lowest risk


@dataclass(frozen=True)
class Price:
    """What one person costs in a month, and how that came about."""

    month: date
    amount: int
    reason: str  # of core.rules: funding_source_excluded, relief_applied, no_relief_in_month
    result: Result


@dataclass(frozen=True)
class Meter:
    """Rupiah, and the people enrolled. `forecast`: what the scheme will have cost at the end of each year if the branch
    goes on to accept the share of answered rupiah that it accepted so far."""

    budget: int
    committed: int
    billed: int
    confirmed: int
    refused: int
    forecast: dict[int, int]
    people: int

    @property
    def free(self) -> int:
        return self.budget - self.committed


def months_of(scheme: Scheme) -> list[Month]:
    """The months that a scheme pays, in order."""
    first = Month.of(scheme.first_month)
    return [first.plus(n) for n in range(scheme.months)]


def next_month(scheme: Scheme) -> date | None:
    """The first month of a scheme that the branch was not told of yet; None after the last."""
    told = set(scheme.batches.values_list("month", flat=True))
    return next((month.first_day for month in months_of(scheme) if month.first_day not in told), None)


def segment_of(scheme: Scheme) -> str:
    """As which kind of member its people are registered: pu or bpu."""
    return "pu" if scheme.kind in WAGE_EARNERS else "bpu"


def price(scheme: Scheme, month: Month) -> Price:
    """The contribution of one person in a month: JKK and JKM, with JHT where the scheme says so."""
    if scheme.kind in WAGE_EARNERS:
        given = {"wage": scheme.income, "risk_class": RISK_CLASS, "month": str(month), "scale": "micro"}
        result = evaluate("pu_contribution", given)
        amount = sum(int(str(result.values[name])) for name in ("jkk", "jkm"))
        return Price(month.first_day, amount, str(result.values["reason"]), result)
    given = {
        "income": scheme.income, "month": str(month), "sector": scheme.sector, "jht": scheme.with_jht,
        "funding": FUNDING[SchemeKind(scheme.kind)],
    }  # fmt: skip
    result = evaluate("bpu_contribution", given)
    return Price(month.first_day, int(str(result.values["total"])), str(result.values["reason"]), result)


def prices(scheme: Scheme) -> list[Price]:
    """The price of every month of a scheme."""
    return [price(scheme, month) for month in months_of(scheme)]


def price_of_person(scheme: Scheme, since: date | None = None) -> int:
    """Rupiah for one person over the months of a scheme, from `since` on."""
    return sum(each.amount for each in prices(scheme) if since is None or each.month >= since)


def meter(scheme: Scheme) -> Meter:
    """Where the money of a scheme stands."""
    return meters([scheme])[scheme.pk]


def meters(schemes: Sequence[Scheme]) -> dict[int, Meter]:
    """Where the money of some schemes stands, by the number of the scheme."""
    numbers = [scheme.pk for scheme in schemes]
    parts = FundedMonth.objects.filter(scheme__in=numbers).order_by().values_list("scheme_id", "month", "answer")
    rows: dict[int, list[_Part]] = {}
    for number, *part in parts.annotate(sum=Sum("amount"), billed=Sum("amount", filter=Q(batch__isnull=False))):
        rows.setdefault(number, []).append(_Part(*part))
    enrolled = Nominee.objects.filter(scheme__in=numbers, state=State.ENROLLED).order_by().values_list("scheme_id")
    people = dict(enrolled.annotate(n=Count("pk")))
    return {scheme.pk: _meter(scheme, rows.get(scheme.pk, []), people.get(scheme.pk, 0)) for scheme in schemes}


class _Part(NamedTuple):
    """Rupiah of a month that were answered alike."""

    month: date
    answer: str
    amount: int
    billed: int | None


def _meter(scheme: Scheme, rows: Sequence[_Part], people: int) -> Meter:
    confirmed = sum(row.amount for row in rows if row.answer == Answer.ACCEPTED)
    refused = sum(row.amount for row in rows if row.answer == Answer.REFUSED)
    by_year: Counter[tuple[int, str]] = Counter()  # added up here: the year of every row costs a database more
    for row in rows:
        by_year[row.month.year, row.answer] += row.amount
    forecast: Counter[int] = Counter()
    for (year, answer), amount in sorted(by_year.items()):
        if answer == Answer.REFUSED:
            continue
        open_yet = answer != Answer.ACCEPTED and confirmed + refused > 0
        expected = (amount * confirmed * 2 + confirmed + refused) // (2 * (confirmed + refused)) if open_yet else amount
        forecast[year] += expected
    return Meter(
        budget=scheme.budget,
        committed=sum(row.amount for row in rows) - refused,
        billed=sum(row.billed or 0 for row in rows),
        confirmed=confirmed,
        refused=refused,
        forecast=dict(forecast),
        people=people,
    )


def full_benefit_from(scheme: Scheme, covered_since: date) -> date:
    """The day from which the family of somebody covered without a break since a day gets the full death benefit."""
    given = {"segment": segment_of(scheme), "first_covered_on": covered_since, "died_on": covered_since}
    found = evaluate("jkm_benefit", given).values["full_from"]
    assert isinstance(found, date)
    return found


def death_benefit(scheme: Scheme, covered_since: date, died_on: date) -> int:
    """Rupiah that the family gets after a death on a day."""
    given = {"segment": segment_of(scheme), "first_covered_on": covered_since, "died_on": died_on}
    return int(str(evaluate("jkm_benefit", given).values["total"]))
