"""Counts and sums around the law: official coverage as a share of a loaded denominator, and what financing a number of
people costs."""

from __future__ import annotations

from jangkau.core.kernel import Refused
from jangkau.core.rules.arithmetic import Rate, Whole, multiply, plus, times
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import Input

COVERAGE = Rule("coverage", "Cakupan menurut penyebut resmi", "Coverage of an official denominator", "")
coverage = COVERAGE.form(
    (
        Input("eligible", "counts", "pekerja menurut segmen", "workers by segment"),
        Input("active", "counts", "peserta aktif menurut segmen", "active members by segment"),
    ),
    ("eligible_total", "active_total", "percent", "uncovered"),
)


@coverage.step("Pekerja", "Workers", unit="count")
def eligible_total(eligible: dict[str, int]) -> Whole:
    return plus(*eligible.values())


@coverage.step("Peserta aktif", "Active members", unit="count")
def active_total(active: dict[str, int], eligible: dict[str, int]) -> Whole:
    if not set(active) <= set(eligible):
        raise Refused(
            "Ada segmen peserta aktif tanpa penyebut. Isi “eligible” untuk segmen yang sama.",
            "A segment of active members has no denominator. Give “eligible” for the same segments.",
        )
    return plus(*active.values())


@coverage.step("Cakupan dalam persen", "Coverage in percent", unit="words")
def percent(eligible_total: int, active_total: int) -> str:
    if eligible_total == 0:
        raise Refused(
            "Penyebutnya nol: cakupan tidak terukur.", "The denominator is zero: coverage cannot be measured."
        )
    hundredths = int(multiply(active_total, Rate(10_000, eligible_total), "half_up"))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


@coverage.step("Belum terlindungi", "Not covered", unit="count")
def uncovered(eligible_total: int, active_total: int) -> int:
    return max(0, eligible_total - active_total)


FINANCING = Rule("financing", "Biaya membayari iuran", "Cost of financing contributions", "")
financing = FINANCING.form(
    (
        Input("people", "count", "banyaknya orang", "number of people"),
        Input("monthly", "money", "iuran sebulan seorang", "monthly contribution of a person"),
        Input("months", "count", "banyaknya bulan", "number of months"),
    ),
    ("amount",),
)


@financing.step("Biaya", "Cost")
def amount(people: Whole, monthly: Whole, months: Whole) -> Whole:
    return times(times(people, monthly), months)
