"""Words the oracle is written in: how a case spells money, months, days and percentages, and the one rounding.

Slow and obvious on purpose: whole numbers, `Fraction` and `date`, one case at a time. It shares nothing with the rules
it checks.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Given = dict[str, Any]


class NoAnswer(Exception):
    """An input is missing or senseless, or no rule is known for the day."""


def need(given: Given, name: str) -> Any:
    if given.get(name) is None:
        raise NoAnswer(f"{name} is missing")
    return given[name]


def whole(given: Given, name: str) -> int:
    """Rupiah, months, people, days: never negative, never a fraction, never a truth value."""
    value = need(given, name)
    if type(value) is not int or value < 0:
        raise NoAnswer(f"{name} must be a whole number, not {value!r}")
    return value


def truth(given: Given, name: str) -> bool:
    value = need(given, name)
    if type(value) is not bool:
        raise NoAnswer(f"{name} must be true or false, not {value!r}")
    return value


def one_of(given: Given, name: str, *words: str) -> str:
    value = need(given, name)
    if value not in words:
        raise NoAnswer(f"{name} must be one of {words}, not {value!r}")
    return str(value)


def month(given: Given, name: str = "month") -> str:
    """A month as "YYYY-MM": such texts sort like time."""
    value = need(given, name)
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(value)):
        raise NoAnswer(f"{name} must be YYYY-MM, not {value!r}")
    return str(value)


def day(given: Given, name: str) -> date:
    value = need(given, name)
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError as error:
        raise NoAnswer(f"{name} must be YYYY-MM-DD") from error


def percent(given: Given, name: str) -> Fraction:
    """5.11% is 511/10000; without its sign it is per cent all the same."""
    try:
        return Fraction(str(need(given, name)).removesuffix("%")) / 100
    except ValueError as error:
        raise NoAnswer(f"{name} must be a percentage") from error


def half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def down_to(step: int, amount: Fraction) -> int:
    return amount // step * step


def years_later(start: date, years: int) -> date:
    return months_later(start, 12 * years)


def months_later(start: date, months: int) -> date:
    """The same day of a later month; the last of the month where there is no such day."""
    year, number = divmod(start.year * 12 + start.month - 1 + months, 12)
    number += 1
    return date(year, number, min(start.day, calendar.monthrange(year, number)[1]))


def next_working_day(start: date, holidays: frozenset[date]) -> date:
    while start.weekday() >= 5 or start in holidays:
        start += timedelta(days=1)
    return start


def as_written(value: Any) -> Any:
    """An answer as an answer file spells it: days in ISO form, percentages as decimal text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        whole_part, rest = divmod(value, 1)
        return f"{float(value):.10f}".rstrip("0") if rest else str(whole_part)
    return value
