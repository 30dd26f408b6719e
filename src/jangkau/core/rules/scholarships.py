"""For which level and sum is a child's scholarship due in a school year? Levels, years and sums: PP 82/2019 (dated
parameters of core.rules). Which level follows which, and July as the first month of a school year, is the practice of
schools. Whether a child still goes to school, married or works, only the family can tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from jangkau.core.rules.calendar import months_later
from jangkau.core.rules.loading import book
from jangkau.core.rules.parameters import Table

FIRST_MONTH = 7
LONGEST = {"tk": 2, "sd": 6, "smp": 3, "sma": 3, "pt": 5}  # years of a level, in the order of a life
RATE_OF = {"tk": "kindergarten_primary", "sd": "kindergarten_primary", "smp": "junior", "sma": "senior",
           "pt": "university"}  # fmt: skip


class DueYear(NamedTuple):
    """A scholarship that is due: the level to expect and whole rupiah."""

    level: str
    amount: int


def school_year_of(day: date) -> int:
    """The school year of a day, by the year in which it began.

    >>> school_year_of(date(2026, 6, 30)), school_year_of(date(2026, 7, 1))
    (2025, 2026)
    """
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def scholarship_due(birth_date: date, level: str, taken: Iterable[str], year: int) -> DueYear | None:
    """What is due to a child of a school `level` ("" not at school yet) who was paid for the levels `taken`, one each
    year, in the school year that begins in `year`: the next level once the longest time of one is used up. None before
    school, after the last level, and from the age on at which the scholarship ends.

    >>> scholarship_due(date(2012, 3, 1), "sd", ["sd"] * 6, 2026)
    DueYear(level='smp', amount=2000000)
    >>> scholarship_due(date(2003, 6, 30), "pt", [], 2026) is None
    True
    """
    begins = date(year, FIRST_MONTH, 1)
    oldest = book()["scholarship_age"].on(begins).content
    if level not in LONGEST or months_later(birth_date, 12 * int(str(oldest))) <= begins:
        return None
    levels = list(LONGEST)
    used = list(taken)
    for expected in levels[levels.index(level) :]:
        if used.count(expected) < LONGEST[expected]:
            return DueYear(expected, scholarship_rate(expected, year))
    return None


def scholarship_rate(level: str, year: int) -> int:
    """Whole rupiah for a child of a level in a school year."""
    rates = book()["scholarship_amount"].on(date(year, FIRST_MONTH, 1)).content
    assert isinstance(rates, Table)
    return int(rates.whole(RATE_OF[level]))
