"""What is due, by whom and when: PU, BPU, Jakon, PMI, due dates, penalties and the wage ceiling of JP.

Basis: PP 44/2015 (JKK, JKM), PP 45/2015 (JP), PP 46/2015 (JHT), PP 49/2020, PP 7/2025, PP 36/2025, PP 50/2025,
Permenaker 4/2023 (PMI), PP 86/2013 (administrative fine). Rounding half-up per member, programme and payer (assumed).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.core.rules.oracle.plain import (
    Given,
    NoAnswer,
    down_to,
    half_up,
    month,
    months_later,
    need,
    next_working_day,
    one_of,
    percent,
    truth,
    whole,
)

FIRST_MONTH = "2015-07"
COVID = ("2020-08", "2021-01")
LABOUR_INTENSIVE = ("2025-02", "2026-01")
BPU_TRANSPORT = ("2026-01", "2027-03")
BPU_OTHER = ("2026-04", "2026-12")
EXCLUDED_FUNDING = {"apbn", "apbd", "dbhcht"}

JKK_CLASS = {
    "I": Fraction(24, 10000),
    "II": Fraction(54, 10000),
    "III": Fraction(89, 10000),
    "IV": Fraction(127, 10000),
    "V": Fraction(174, 10000),
}
JP_CEILING = (  # first month, last month, rupiah
    ("2015-07", "2016-02", 7_000_000),
    ("2016-03", "2017-02", 7_335_300),
    ("2017-03", "2018-02", 7_703_500),
    ("2018-03", "2019-02", 8_094_000),
    ("2019-03", "2020-02", 8_512_400),
    ("2020-03", "2021-02", 8_939_700),
    ("2021-03", "2022-02", 8_754_600),
    ("2022-03", "2023-02", 9_077_600),
    ("2023-03", "2024-02", 9_559_600),
    ("2024-03", "2025-02", 10_042_300),
    ("2025-03", "2026-02", 10_547_400),
    ("2026-03", "2027-02", 11_086_300),
)
BPU_TIER = (  # income from, base
    (0, 1_000_000),
    (1_100_000, 1_200_000),
    (1_300_000, 1_400_000),
    (1_500_000, 1_600_000),
    (1_700_000, 1_800_000),
    (1_900_000, 2_000_000),
    (2_100_000, 2_200_000),
    (2_300_000, 2_400_000),
    (2_500_000, 2_600_000),
    (2_700_000, 2_950_000),
    (3_200_000, 3_450_000),
    (3_700_000, 3_950_000),
    (4_200_000, 4_450_000),
    (4_700_000, 4_950_000),
    (5_200_000, 5_450_000),
    (5_700_000, 5_950_000),
    (6_200_000, 6_450_000),
    (6_700_000, 6_950_000),
    (7_200_000, 7_450_000),
    (7_700_000, 7_950_000),
    (8_200_000, 8_700_000),
    (9_200_000, 9_700_000),
    (10_200_000, 10_700_000),
    (11_200_000, 11_700_000),
    (12_200_000, 12_700_000),
    (13_200_000, 13_700_000),
    (14_200_000, 14_700_000),
    (15_200_000, 15_700_000),
    (16_200_000, 16_700_000),
    (17_200_000, 17_700_000),
    (18_200_000, 18_700_000),
    (19_200_000, 19_700_000),
    (20_200_000, 20_700_000),
)
JAKON_SLICE = (  # value from, value to, JKK, JKM
    (0, 100_000_000, Fraction(21, 10000), Fraction(3, 10000)),
    (100_000_000, 500_000_000, Fraction(17, 10000), Fraction(2, 10000)),
    (500_000_000, 1_000_000_000, Fraction(13, 10000), Fraction(2, 10000)),
    (1_000_000_000, 5_000_000_000, Fraction(11, 10000), Fraction(1, 10000)),
    (5_000_000_000, None, Fraction(9, 10000), Fraction(1, 10000)),
)
#: National holidays and joint leave on a due date or on the days it moves to; no others matter here.
HOLIDAYS = frozenset(date(year, 8, 17) for year in range(2015, 2028)) | {
    date(2017, 2, 15),  # election of regional heads
    *(date(2018, 6, day) for day in (15, 18, 19, 20)),  # Idul Fitri
    date(2020, 10, 30),  # joint leave after Maulid
    date(2022, 4, 15),  # Good Friday
    date(2022, 5, 16),  # Waisak
    date(2024, 4, 15),  # joint leave after Idul Fitri
    *(date(2024, 6, day) for day in (17, 18)),  # Idul Adha
    date(2024, 9, 16),  # Maulid
    *(date(2026, 2, day) for day in (16, 17)),  # Chinese new year
    date(2026, 5, 15),  # joint leave after Ascension
}
PMI_TERM = {24: 332_500, 12: 189_000, 6: 108_000}


def during(when: str, period: tuple[str, str]) -> bool:
    return period[0] <= when <= period[1]


def contribution_month(given: Given) -> str:
    when = month(given)
    if when < FIRST_MONTH:
        raise NoAnswer("no contribution rule before July 2015")
    return when


def covid_part(when: str) -> Fraction:
    """What is left of JKK and JKM."""
    return Fraction(1, 100) if during(when, COVID) else Fraction(1)


def ceiling_of(when: str) -> int:
    for first, last, rupiah in JP_CEILING:
        if first <= when <= last:
            return rupiah
    raise NoAnswer(f"the JP ceiling of {when} is not known")


def pu_contribution(given: Given) -> dict[str, Any]:
    wage, when = whole(given, "wage"), contribution_month(given)
    jkk_rate = JKK_CLASS[one_of(given, "risk_class", *JKK_CLASS)]
    scale = one_of(given, "scale", "micro", "small", "medium", "large")
    part = covid_part(when)
    jkk_part = part
    if during(when, LABOUR_INTENSIVE) and truth(given, "labour_intensive") and whole(given, "workers") >= 50:
        jkk_part = Fraction(1, 2)
    jkk = half_up(wage * jkk_rate * jkk_part)
    jkm = half_up(wage * Fraction(3, 1000) * part)
    jht_employer = jht_worker = jp_base = jp_employer = jp_worker = 0
    if scale != "micro":
        jht_employer = half_up(wage * Fraction(37, 1000))
        jht_worker = half_up(wage * Fraction(20, 1000))
    if scale in ("medium", "large"):
        jp_base = min(wage, ceiling_of(when))
        jp_employer = half_up(jp_base * Fraction(2, 100))
        jp_worker = half_up(jp_base * Fraction(1, 100))
    employer_total = jkk + jkm + jht_employer + jp_employer
    worker_total = jht_worker + jp_worker
    return {
        "jkk": jkk,
        "jkm": jkm,
        "jht_employer": jht_employer,
        "jht_worker": jht_worker,
        "jp_base": jp_base,
        "jp_employer": jp_employer,
        "jp_worker": jp_worker,
        "employer_total": employer_total,
        "worker_total": worker_total,
        "total": employer_total + worker_total,
    }


def tier_of(income: int) -> tuple[int, int]:
    """The number and the base of the tier with the greatest lower bound that the income reaches."""
    found = (0, 0)
    for number, (lower, base) in enumerate(BPU_TIER, start=1):
        if income >= lower:
            found = (number, base)
    return found


def bpu_contribution(given: Given) -> dict[str, Any]:
    when, with_jht = contribution_month(given), truth(given, "jht")
    tier, base = tier_of(whole(given, "income"))
    part = covid_part(when)
    reason = "relief_applied" if part < 1 else "no_relief_in_month"
    if during(when, BPU_TRANSPORT):
        sector = one_of(given, "sector", "transport", "other")
        if sector == "transport" or during(when, BPU_OTHER):
            funding = one_of(given, "funding", "own", "apbn", "apbd", "apbdes", "dbhcht", "csr", "donor")
            if funding in EXCLUDED_FUNDING:
                reason = "funding_source_excluded"
            else:
                part, reason = Fraction(1, 2), "relief_applied"
    jkk = half_up(base * Fraction(1, 100) * part)
    jkm = half_up(6_800 * part)
    jht = half_up(base * Fraction(2, 100)) if with_jht else 0
    return {"tier": tier, "base": base, "jkk": jkk, "jkm": jkm, "jht": jht, "total": jkk + jkm + jht, "reason": reason}


def jakon_contribution(given: Given) -> dict[str, Any]:
    when = contribution_month(given)
    if given.get("wage") is not None and given.get("contract_value") is not None:
        raise NoAnswer("either the contract value or the wage")
    if given.get("wage") is not None:
        jkk = whole(given, "wage") * Fraction(174, 10000)
        jkm = whole(given, "wage") * Fraction(30, 10000)
    else:
        value = Fraction(whole(given, "contract_value"))
        if truth(given, "vat_included"):
            value = value / (1 + vat(when))
        jkk = jkm = Fraction(0)
        for lower, upper, jkk_rate, jkm_rate in JAKON_SLICE:
            inside = max(Fraction(0), (value if upper is None else min(value, Fraction(upper))) - lower)
            jkk += inside * jkk_rate
            jkm += inside * jkm_rate
    part = covid_part(when)
    jkk_due, jkm_due = half_up(jkk * part), half_up(jkm * part)
    return {"jkk": jkk_due, "jkm": jkm_due, "total": jkk_due + jkm_due}


def vat(when: str) -> Fraction:
    """Value-added tax held in a contract: 11% since April 2022 (UU 7/2021 art. 7); before that nothing is recorded."""
    if when < "2022-04":
        raise NoAnswer("no rate of VAT is recorded before April 2022")
    return Fraction(11, 100)


def pmi_contribution(given: Given) -> dict[str, Any]:
    channel, months = one_of(given, "channel", "company", "individual"), whole(given, "months")
    if months not in PMI_TERM:
        raise NoAnswer("a term of 6, 12 or 24 months")
    jht = need(given, "jht")
    saved = 50_000 if jht is True else int(jht)
    if saved and saved < 50_000:
        raise NoAnswer("JHT of a migrant worker starts at 50,000 a month")
    departure = 37_500 if channel == "company" else 0
    return {"total": PMI_TERM[months] + departure + saved * months}


def due_date(given: Given) -> dict[str, Any]:
    segment, when = one_of(given, "segment", "pu", "bpu"), contribution_month(given)
    first = date.fromisoformat(when + "-01")
    if during(when, COVID):
        usual = months_later(first.replace(day=30), 1)  # PP 49/2020: the 30th, which February has not
    else:
        usual = months_later(first.replace(day=15), 1 if segment == "pu" else 0)
    return {"due_on": next_working_day(usual, HOLIDAYS)}


def late_penalty(given: Given) -> dict[str, Any]:
    segment = one_of(given, "segment", "pu", "bpu")
    due, months = whole(given, "due"), whole(given, "months_late")
    return {"penalty": half_up(due * Fraction(2, 100) * months) if segment == "pu" else 0}


def administrative_fine(given: Given) -> dict[str, Any]:
    return {"fine": half_up(whole(given, "contribution_due") * Fraction(1, 1000) * whole(given, "months"))}


def jp_ceiling(given: Given) -> dict[str, Any]:
    if given.get("month") is not None:
        return {"ceiling": ceiling_of(month(given))}
    return {"ceiling": down_to(100, whole(given, "previous_ceiling") * (1 + percent(given, "growth")))}


def financing(given: Given) -> dict[str, Any]:
    return {"amount": whole(given, "people") * whole(given, "monthly") * whole(given, "months")}


CONTRIBUTIONS: dict[str, Callable[[Given], dict[str, Any]]] = {
    function.__name__: function
    for function in (
        pu_contribution,
        bpu_contribution,
        jakon_contribution,
        pmi_contribution,
        due_date,
        late_penalty,
        administrative_fine,
        jp_ceiling,
        financing,
    )
}
