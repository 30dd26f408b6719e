"""Jakon: JKK and JKM of a construction contract in marginal slices of its value without VAT, or of a monthly wage when
the wages are known. PP 44/2015; PP 49/2020 art. 12; Permenaker 5/2021. Net values and slices are not rounded."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from jangkau.core.rules.arithmetic import Rate, Whole, least, most, multiply, plus, times
from jangkau.core.rules.contributions.wage_earners import MONTH, WAGE
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import Input
from jangkau.core.rules.parameters import Table

JAKON_CONTRIBUTION = Rule(
    "jakon_contribution", "Iuran jasa konstruksi", "Contribution of a construction project",
    "PP 44/2015 art. 54-55; PP 49/2020 art. 12",
)  # fmt: skip
OUTPUTS = ("jkk", "jkm", "total")
by_value = JAKON_CONTRIBUTION.form(
    (
        Input("contract_value", "money", "nilai kontrak", "contract value"),
        Input("vat_included", "flag", "nilai termasuk PPN", "value includes VAT"),
        MONTH,
    ),
    OUTPUTS,
    dated_by="month",
)
by_wage = JAKON_CONTRIBUTION.form((WAGE, MONTH), ("jkk=wage_jkk", "jkm=wage_jkm", "total=wage_total"), dated_by="month")


@by_value.step(
    "Bagian nilai tanpa PPN", "Part of the value without VAT", unit="share", when="vat_included", otherwise=Rate(1, 1)
)
def value_share(vat_rate: Rate) -> Rate:
    return Rate.of(1 / (1 + vat_rate.fraction))


def sliced(
    value: Whole, share: Rate, floors: tuple[int, ...], rates: list[Fraction], relief: Rate, rounding: str
) -> Whole:
    """Contribution of `value` x `share` in marginal slices, rounded once.

    >>> tenths = [Fraction(21, 10_000), Fraction(17, 10_000)]
    >>> sliced(200_000_000, Rate(1, 1), (0, 100_000_000), tenths, Rate(0, 1), "half_up")
    380000
    """
    scale = share.denominator
    over = lcm(*(rate.denominator for rate in rates))
    net = times(value, int(share.numerator))
    weighted: Whole = 0
    for place, rate in enumerate(rates):
        part = most(net - floors[place] * scale, 0)
        if place + 1 < len(floors):
            part = least(part, (floors[place + 1] - floors[place]) * scale)
        weighted = plus(weighted, times(part, int(rate * over)))
    return multiply(weighted, Rate(1, scale * over).times(relief.remainder()), rounding)


@by_value.step("Iuran JKK", "JKK contribution", law="PP 44/2015 art. 54-55")
def jkk(
    contract_value: Whole, value_share: Rate, jakon_slice_from: Table, jakon_jkk_rate: Table, covid_relief: Rate,
    contribution_rounding: str,
) -> Whole:  # fmt: skip
    rates = jakon_jkk_rate.rates()
    return sliced(contract_value, value_share, jakon_slice_from.wholes(), rates, covid_relief, contribution_rounding)


@by_value.step("Iuran JKM", "JKM contribution", law="PP 44/2015 art. 54-55")
def jkm(
    contract_value: Whole, value_share: Rate, jakon_slice_from: Table, jakon_jkm_rate: Table, covid_relief: Rate,
    contribution_rounding: str,
) -> Whole:  # fmt: skip
    rates = jakon_jkm_rate.rates()
    return sliced(contract_value, value_share, jakon_slice_from.wholes(), rates, covid_relief, contribution_rounding)


@by_value.step("Jumlah iuran", "Total contribution")
def total(jkk: Whole, jkm: Whole) -> Whole:
    return plus(jkk, jkm)


@by_wage.step("Iuran JKK", "JKK contribution", law="Permenaker 5/2021 art. 65-71")
def wage_jkk(wage: Whole, jakon_wage_jkk_rate: Rate, covid_relief: Rate, contribution_rounding: str) -> Whole:
    return multiply(wage, jakon_wage_jkk_rate.times(covid_relief.remainder()), contribution_rounding)


@by_wage.step("Iuran JKM", "JKM contribution", law="Permenaker 5/2021 art. 65-71")
def wage_jkm(wage: Whole, jakon_wage_jkm_rate: Rate, covid_relief: Rate, contribution_rounding: str) -> Whole:
    return multiply(wage, jakon_wage_jkm_rate.times(covid_relief.remainder()), contribution_rounding)


@by_wage.step("Jumlah iuran", "Total contribution")
def wage_total(wage_jkk: Whole, wage_jkm: Whole) -> Whole:
    return plus(wage_jkk, wage_jkm)
