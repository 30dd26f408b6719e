"""What a member or a family gets: JKK, JKM, scholarship, JP, JKP, expiry, and the share that is covered.

Basis: PP 44/2015 with PP 82/2019 (accidents and deaths from 2 December 2019), Permenaker 5/2021 (BPU in the first three
months), PP 45/2015 and Permenaker 29/2015 (JP), PP 37/2021 and PP 6/2025 (JKP).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.core.rules.oracle.plain import (
    Given,
    NoAnswer,
    day,
    half_up,
    months_later,
    need,
    one_of,
    percent,
    whole,
    years_later,
)

PP_44_2015 = date(2015, 7, 1)
PP_82_2019 = date(2019, 12, 2)
PERMENAKER_5_2021 = date(2021, 4, 1)
PP_37_2021 = date(2021, 2, 2)
PP_6_2025 = date(2025, 2, 7)
SEGMENTS = ("pu", "bpu", "jakon")  # the sums of migrant workers are not known

#: Percent of eighty wages. Rows whose percentage is measured otherwise (28, 31, 32) are not here.
DISABILITY_TABLE = """
    1 40, 2 35, 3 35, 4 30, 5 32, 6 28, 7 70, 8 35, 9 50, 10 25,
    11 70, 12 35, 13 40, 14 20, 15 15, 16 12, 17 9, 18 7, 19 4, 20 3,
    21 4.5, 22 3.5, 23 2, 24 1.5, 25 5, 26 3, 27 2, 29 30, 30a 10, 30b 20,
    30c 30, 33 5, 34 10, 35 30, 36 15, 37 10, 39 70, 43 10
"""
DISABILITY = {row: Fraction(share) for row, share in (pair.split() for pair in DISABILITY_TABLE.split(","))}
PENSION_BOUNDS = {  # year: lowest, highest
    2015: (300_000, 3_600_000),
    2016: (310_050, 3_720_600),
    2023: (383_400, 4_598_100),
    2024: (393_500, 4_718_200),
    2025: (399_700, 4_792_300),
    2026: (411_400, 4_932_300),
}


def happened(given: Given, name: str) -> date:
    on = day(given, name)
    if on < PP_44_2015:
        raise NoAnswer("nothing is recorded before July 2015")
    return on


def periodic_and_funeral(on: date) -> tuple[int, int]:
    return (12_000_000, 10_000_000) if on >= PP_82_2019 else (4_800_000, 3_000_000)


def jkm_lump(on: date) -> int:
    return 20_000_000 if on >= PP_82_2019 else 16_200_000


def jkk_temporary_inability(given: Given) -> dict[str, Any]:
    wage, days, on = whole(given, "wage"), whole(given, "days"), happened(given, "accident_on")
    second_half = Fraction(1) if on >= PP_82_2019 else Fraction(3, 4)
    paid_days = min(days, 180) + min(max(days - 180, 0), 180) * second_half + max(days - 360, 0) * Fraction(1, 2)
    return {"amount": half_up(Fraction(wage, 30) * paid_days)}


def jkk_disability(given: Given) -> dict[str, Any]:
    wage, row = whole(given, "wage"), str(need(given, "row"))
    happened(given, "accident_on")
    if row not in DISABILITY:
        raise NoAnswer(f"row {row} has no single percentage")
    lost = Fraction(str(given["function_lost"])) if given.get("function_lost") is not None else Fraction(1)
    if not 0 <= lost <= 1:
        raise NoAnswer("the share of function lost lies between 0 and 1")
    share = DISABILITY[row] * lost
    return {"percent": share, "amount": half_up(share / 100 * 80 * wage)}


def jkk_total_disability(given: Given) -> dict[str, Any]:
    on, wage = happened(given, "accident_on"), whole(given, "wage")
    one_of(given, "segment", *SEGMENTS)
    lump, (periodic, _) = half_up(wage * Fraction(70, 100) * 80), periodic_and_funeral(on)
    return {"lump": lump, "periodic": periodic, "total": lump + periodic}


def jkk_death(given: Given) -> dict[str, Any]:
    on, wage = happened(given, "accident_on"), whole(given, "wage")
    one_of(given, "segment", *SEGMENTS)
    lump = max(half_up(wage * Fraction(60, 100) * 80), jkm_lump(on))
    periodic, funeral = periodic_and_funeral(on)
    return {"lump": lump, "periodic": periodic, "funeral": funeral, "total": lump + periodic + funeral}


def jkk_transport(given: Given) -> dict[str, Any]:
    on = happened(given, "accident_on")
    highest = (5_000_000, 2_000_000, 10_000_000) if on >= PP_82_2019 else (1_000_000, 1_500_000, 2_500_000)
    paid = {mode: min(whole(given, mode), most) for mode, most in zip(("land", "sea", "air"), highest, strict=True)}
    return paid | {"total": sum(paid.values())}


def jkk_home_care(given: Given) -> dict[str, Any]:
    cost, months, on = whole(given, "cost"), whole(given, "months"), happened(given, "accident_on")
    if on < PP_82_2019:
        raise NoAnswer("home care came with PP 82/2019")
    if months > 12:
        raise NoAnswer("what the first twelve months cost is not told")
    return {"paid": min(cost, 20_000_000)}


def jkm_benefit(given: Given) -> dict[str, Any]:
    segment, first, died = (
        one_of(given, "segment", *SEGMENTS),
        day(given, "first_covered_on"),
        happened(given, "died_on"),
    )
    if died < first:
        raise NoAnswer("died before cover began")
    full_from = months_later(first, 3) if segment == "bpu" and died >= PERMENAKER_5_2021 else first
    if died < full_from:
        return {"total": 10_000_000, "full_from": full_from}
    lump, (periodic, funeral) = jkm_lump(died), periodic_and_funeral(died)
    return {
        "lump": lump,
        "periodic": periodic,
        "funeral": funeral,
        "total": lump + periodic + funeral,
        "full_from": full_from,
    }


def scholarship(given: Given) -> dict[str, Any]:
    cause, children = one_of(given, "cause", "jkk", "jkm"), whole(given, "children")
    eligible = children > 0 and (cause == "jkk" or whole(given, "months_contributed") >= 36)
    per_child = 8 * 1_500_000 + 3 * 2_000_000 + 3 * 3_000_000 + 5 * 12_000_000
    return {"eligible": eligible, "maximum": min(children, 2) * per_child if eligible else 0}


def retirement_age_in(year: int) -> int:
    if year < 2015:
        raise NoAnswer("JP began in 2015")
    return 56 if year < 2019 else min(57 + (year - 2019) // 3, 65)


def jp_retirement_age(given: Given) -> dict[str, Any]:
    if given.get("year") is not None:
        year = whole(given, "year")
        return {"age": retirement_age_in(year), "year": year}
    born = day(given, "birth_date").year
    year = 2015
    while year - born < retirement_age_in(year):
        year += 1
    return {"age": retirement_age_in(year), "year": year}


def jp_pension(given: Given) -> dict[str, Any]:
    months, wage, year = whole(given, "months"), whole(given, "average_wage"), whole(given, "year")
    if months < 180:
        return {"outcome": "lump_sum"}
    if year not in PENSION_BOUNDS:
        raise NoAnswer(f"the bounds of {year} are not known")
    lowest, highest = PENSION_BOUNDS[year]
    formula = half_up(Fraction(1, 100) * Fraction(months, 12) * wage)
    return {"outcome": "pension", "formula": formula, "monthly": min(max(formula, lowest), highest)}


def jp_survivor(given: Given) -> dict[str, Any]:
    as_fifteen = whole(given, "member_months") >= 12 and percent(given, "density") >= Fraction(80, 100)
    return {"outcome": "pension_as_15_years" if as_fifteen else "lump_sum"}


def jkp_benefit(given: Given) -> dict[str, Any]:
    wage, months, on = whole(given, "wage"), whole(given, "months"), day(given, "dismissed_on")
    if on < PP_37_2021:
        raise NoAnswer("JKP began with PP 37/2021")
    base, paid_months = min(wage, 5_000_000), min(months, 6)
    if on >= PP_6_2025:
        monthly = half_up(base * Fraction(60, 100))
        return {"base": base, "monthly": monthly, "total": monthly * paid_months}
    first, later = half_up(base * Fraction(45, 100)), half_up(base * Fraction(25, 100))
    total = first * min(paid_months, 3) + later * max(paid_months - 3, 0)
    return {"base": base, "monthly": first, "total": total}


def claim_expiry(given: Given) -> dict[str, Any]:
    on, filed = happened(given, "accident_on"), day(given, "filed_on")
    if filed < on:
        raise NoAnswer("filed before it happened")
    expires_on = years_later(on, 5 if on >= PP_82_2019 else 2)
    return {"expires_on": expires_on, "expired": filed > expires_on}


def coverage(given: Given) -> dict[str, Any]:
    """Percent to two places, half-up: as published figures are printed."""
    eligible, active = need(given, "eligible"), need(given, "active")
    people = sum(whole(eligible, segment) for segment in eligible)
    covered = sum(whole(active, segment) for segment in active)
    if people == 0:
        raise NoAnswer("nobody is eligible")
    hundredths = half_up(Fraction(covered * 10_000, people))
    return {
        "eligible_total": people,
        "active_total": covered,
        "percent": f"{hundredths // 100}.{hundredths % 100:02}",
        "uncovered": max(people - covered, 0),
    }


BENEFITS: dict[str, Callable[[Given], dict[str, Any]]] = {
    function.__name__: function
    for function in (
        jkk_temporary_inability,
        jkk_disability,
        jkk_total_disability,
        jkk_death,
        jkk_transport,
        jkk_home_care,
        jkm_benefit,
        scholarship,
        jp_retirement_age,
        jp_pension,
        jp_survivor,
        jkp_benefit,
        claim_expiry,
        coverage,
    )
}
