"""How far does a finding about an employer carry? Which lists say so, whether a number or only a name joins them, how
large the difference is. The shares of findings of each grade that are true in the invented regency stand in
docs/guide/compliance.md; the bounds are assumed and chosen there. A grade says how to begin, never who is guilty."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from jangkau.core.measures.findings import BELOW_SHARE, FEWEST_BELOW

STRONG, FAIR, WEAK = "strong", "fair", "weak"
MOST_MISSING, MANY_MISSING = 0.5, 1 / 3  # assumed: share of the workers found who are not registered
FEW_WORKERS = 5  # assumed: below that a rough count of a licence says little


class Known(NamedTuple):
    """What lists say of one employer (kinds of core.reading.LIST_KINDS; whole rupiah; None where no list says it)."""

    kinds: Collection[str]
    has_number: bool  # a NIB or NPP, not a name alone
    found: int | None = None
    registered: int | None = None
    wage: int | None = None
    lowest_wage: int | None = None
    paid_below: int | None = None
    small: bool = False  # a micro or small firm


class Grade(NamedTuple):
    """`level` is STRONG, FAIR or WEAK; `because`: codes of the reasons, the weightiest first."""

    level: str
    because: tuple[str, ...]


def grade(finding: str, known: Known) -> Grade:
    """The grade of one finding (a code of core.measures.findings.FINDINGS).

    >>> grade("pwbd", Known({"licences", "company_reports"}, True, found=40, registered=0))
    Grade(level='strong', because=('two_lists',))
    >>> grade("pds_tk", Known({"company_reports", "branch_employers"}, True, found=100, registered=80)).level
    'weak'
    """
    rules = {"pwbd": _unregistered, "pds_tk": _workers, "pds_upah": _wages}
    return rules[finding](known) if finding in rules else Grade(STRONG, ("branch_says_so",))


def _unregistered(known: Known) -> Grade:
    if {"licences", "company_reports"} <= set(known.kinds):
        return Grade(STRONG, ("two_lists",))
    if not known.has_number:
        return Grade(WEAK, ("name_only",))
    if known.found == 1:
        return Grade(WEAK, ("one_list", "owner_alone"))
    if (known.found or 0) < FEW_WORKERS:
        return Grade(WEAK, ("one_list", "few_workers"))
    return Grade(FAIR, ("one_list",))


def _workers(known: Known) -> Grade:
    missing = 1 - (known.registered or 0) / known.found if known.found else 0.0
    if missing >= MOST_MISSING:
        return Grade(STRONG, ("most_missing",))
    return Grade(FAIR, ("many_missing",)) if missing >= MANY_MISSING else Grade(WEAK, ("some_missing",))


def _wages(known: Known) -> Grade:
    if known.lowest_wage and known.wage and known.wage < known.lowest_wage:
        return Grade(STRONG, ("below_own_report",))
    if (known.paid_below or 0) >= max(FEWEST_BELOW, (known.registered or 0) * BELOW_SHARE):
        return Grade(FAIR, ("members_below_own_report",))
    return Grade(FAIR, ("below_floor" if known.small else "below_minimum",))
