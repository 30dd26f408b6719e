"""Members to ask the oracle and the rules about: random ones from a seed, and those that stand on an edge.

They come in groups: what a group shares, and columns of whole numbers that differ from member to member, so that a rule
may take a group at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from tests.core.rules.oracle.benefits import DISABILITY, PENSION_BOUNDS, PP_6_2025, PP_37_2021, PP_82_2019, SEGMENTS
from tests.core.rules.oracle.contributions import BPU_TIER, JAKON_SLICE, JKK_CLASS, JP_CEILING, PMI_TERM
from tests.core.rules.oracle.plain import Given

DAYS = (0, 1, 29, 30, 179, 180, 181, 359, 360, 361, 500, 800)
ROWS = 250  # members of a group
SCALES = ("micro", "small", "medium", "large")
FUNDING = ("own", "apbn", "apbd", "apbdes", "dbhcht", "csr", "donor")
MONTHS = [f"{year}-{number:02}" for year in range(2015, 2028) for number in range(1, 13)][6:-10]  # to February 2027
EDGE_MONTHS = ["2020-07", "2020-08", "2021-01", "2021-02", "2025-01", "2025-02", "2025-07", "2025-08", "2026-01",
               "2026-02", "2026-03", "2026-04", "2026-12", "2027-01", "2027-02"]  # fmt: skip
EDGES = sorted(
    {0, 1, 2, 49, 50, 99, 100, 3_600_025, 3_601_000, 3_605_000, 3_609_000, 5_000_000, 416_666, 416_667, 10**9, 10**12}
    | {rupiah for _, _, rupiah in JP_CEILING}
    | {lower for lower, _ in BPU_TIER}
    | {lower for lower, _, _, _ in JAKON_SLICE}
)
AROUND = sorted({max(0, edge + step) for edge in EDGES for step in (-1, 0, 1)})


@dataclass(frozen=True)
class Group:
    fixed: Given
    columns: dict[str, list[int]]

    def members(self) -> Iterator[Given]:
        for values in zip(*self.columns.values(), strict=True):
            yield self.fixed | dict(zip(self.columns, values, strict=True))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


def money(pick: random.Random) -> int:
    """A third on an edge; the rest like wages, like contracts, or anything."""
    kind = pick.randrange(6)
    if kind < 2:
        return pick.choice(AROUND)
    if kind < 4:
        return pick.randrange(500_000, 25_000_000)
    return pick.randrange(10**4, 10**7) * 1000 if kind == 4 else pick.randrange(10 ** pick.randrange(1, 13))


def month(pick: random.Random) -> str:
    return pick.choice(EDGE_MONTHS if pick.random() < 0.5 else MONTHS)


def day(pick: random.Random) -> str:
    """From July 2015 to 2026; half of them within two days of a change of the law."""
    if pick.random() < 0.5:
        return (pick.choice((PP_82_2019, PP_6_2025)) + timedelta(days=pick.randrange(-2, 3))).isoformat()
    return (date(2015, 7, 1) + timedelta(days=pick.randrange(4100))).isoformat()


def pu_contribution(pick: random.Random) -> Given:
    return {
        "risk_class": pick.choice(list(JKK_CLASS)),
        "month": month(pick),
        "scale": pick.choice(SCALES),
        "labour_intensive": pick.random() < 0.5,
        "workers": pick.choice((1, 49, 50, 51, 5000)),
    }


def bpu_contribution(pick: random.Random) -> Given:
    return {
        "sector": pick.choice(("transport", "other")),
        "funding": pick.choice(FUNDING),
        "jht": pick.random() < 0.5,
        "month": pick.choice((*EDGE_MONTHS, "2027-03", "2027-04")) if pick.random() < 0.7 else month(pick),
    }


def jakon_by_value(pick: random.Random) -> Given:
    when = month(pick)
    return {"vat_included": when >= "2022-04" and pick.random() < 0.5, "month": when}


def dismissed(pick: random.Random) -> Given:
    on = pick.choice(
        (PP_37_2021, PP_6_2025 - timedelta(days=1), PP_6_2025, PP_37_2021 + timedelta(days=pick.randrange(2100)))
    )
    return {"dismissed_on": on.isoformat(), "months": pick.randrange(8)}


def accident(pick: random.Random) -> Given:
    return {"accident_on": day(pick)}


def nothing(_: random.Random) -> Given:
    return {}


Picked = Callable[[random.Random], Given]
Column = Callable[[random.Random], int]


def up_to(most: int) -> Column:
    return lambda pick: pick.randrange(most + 1)


#: Rules whose members differ by whole numbers: what a group shares, and its columns.
BY_COLUMNS: dict[str, list[tuple[Picked, dict[str, Column]]]] = {
    "pu_contribution": [(pu_contribution, {"wage": money})],
    "bpu_contribution": [(bpu_contribution, {"income": money})],
    "jakon_contribution": [
        (jakon_by_value, {"contract_value": money}),
        (lambda pick: {"month": month(pick)}, {"wage": money}),
    ],
    "late_penalty": [(lambda pick: {"segment": pick.choice(("pu", "bpu"))}, {"due": money, "months_late": up_to(60)})],
    "administrative_fine": [(nothing, {"contribution_due": money, "months": up_to(60)})],
    "jp_ceiling": [
        (lambda pick: {"growth": f"{pick.randrange(-500, 1500) / 100:.2f}%"}, {"previous_ceiling": money}),
    ],
    "financing": [(nothing, {"people": up_to(10**6), "monthly": up_to(10**6), "months": up_to(120)})],
    "jkk_temporary_inability": [(lambda pick: accident(pick) | {"days": pick.choice(DAYS)}, {"wage": money})],
    "jkk_disability": [
        (
            lambda pick: (
                accident(pick)
                | {"row": pick.choice(list(DISABILITY))}
                | ({"function_lost": f"{pick.randrange(101) / 100:.2f}"} if pick.random() < 0.5 else {})
            ),
            {"wage": money},
        )
    ],
    "jkk_total_disability": [(lambda pick: accident(pick) | {"segment": "pu"}, {"wage": money})],
    "jkk_death": [(lambda pick: accident(pick) | {"segment": "pu"}, {"wage": money})],
    "jkk_transport": [(accident, {"land": money, "sea": money, "air": money})],
    "jkk_home_care": [(lambda pick: {"accident_on": "2026-01-05", "months": pick.randrange(1, 13)}, {"cost": money})],
    "jp_pension": [
        (
            lambda pick: {"year": pick.choice(list(PENSION_BOUNDS)), "months": pick.choice((179, 180, 181, 240, 480))},
            {"average_wage": money},
        ),
    ],
    "jkp_benefit": [(dismissed, {"wage": money})],
}


def groups(rule: str, members: int, seed: int = 44) -> Iterator[Group]:
    pick = random.Random(f"{rule} {seed}")
    forms = BY_COLUMNS[rule]
    for number in range(-(-members // ROWS)):
        shared, columns = forms[number % len(forms)]
        yield Group(shared(pick), {name: [column(pick) for _ in range(ROWS)] for name, column in columns.items()})


def jkm_benefit() -> Iterator[Given]:
    for pick, began in _beginnings():
        died = began + timedelta(days=pick.choice((0, 1, *range(85, 96), pick.randrange(2000))))
        yield {"segment": pick.choice(SEGMENTS), "first_covered_on": began.isoformat(), "died_on": died.isoformat()}


def claim_expiry() -> Iterator[Given]:
    for pick, began in _beginnings():
        filed = began + timedelta(days=pick.choice((0, 729, 730, 731, 732, *range(1824, 1830), pick.randrange(4000))))
        yield {"accident_on": began.isoformat(), "filed_on": filed.isoformat()}


def coverage() -> Iterator[Given]:
    pick = random.Random(44)
    for _ in range(4000):
        eligible = {segment: pick.randrange(1, 10 ** pick.randrange(1, 8)) for segment in ("pu", "bpu", "jakon")}
        yield {"eligible": eligible, "active": {segment: pick.randrange(most) for segment, most in eligible.items()}}


def _beginnings() -> Iterator[tuple[random.Random, date]]:
    pick = random.Random(44)
    for _ in range(8000):
        yield pick, date(2015, 7, 1) + timedelta(days=pick.randrange(4000))


#: Rules that ask for words and days: everything there is, or thousands from a seed.
ONE_BY_ONE: dict[str, Callable[[], Iterable[Given]]] = {
    "pmi_contribution": lambda: (
        {"channel": channel, "months": months, "jht": False}
        for channel, months in product(("company", "individual"), PMI_TERM)
    ),
    "due_date": lambda: ({"segment": segment, "month": when} for segment, when in product(("pu", "bpu"), MONTHS)),
    "jp_ceiling": lambda: ({"month": when} for when in MONTHS),
    "jkm_benefit": jkm_benefit,
    "scholarship": lambda: (
        {"cause": cause, "children": children, "months_contributed": months}
        for cause, children, months in product(("jkk", "jkm"), range(6), range(60))
    ),
    "jp_retirement_age": lambda: (
        [{"year": year} for year in range(2015, 2101)]
        + [{"birth_date": f"{year}-{day}"} for year, day in product(range(1959, 2011), ("01-01", "06-15", "12-31"))]
    ),
    "jp_survivor": lambda: (
        {"member_months": months, "density": density} for months, density in product(range(180), range(0, 101, 4))
    ),
    "claim_expiry": claim_expiry,
    "coverage": coverage,
}
