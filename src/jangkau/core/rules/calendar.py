"""Days of the law: months and years later, the next working day, so many working days after. Holidays and the length of
the working week are parameters; a year whose holidays are not loaded is an error."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

HolidaysOn = Callable[[date], tuple[date, ...]]


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month.

    >>> months_later(date(2025, 11, 30), 3), months_later(date(2024, 2, 29), 60)
    (datetime.date(2026, 2, 28), datetime.date(2029, 2, 28))
    """
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = divmod(ordinal, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_working_day(day: date, holidays: HolidaysOn, week: int) -> date:
    """`day` itself, or the first working day after it. `holidays` gives those of the year of a day.

    >>> next_working_day(date(2026, 2, 15), lambda day: (date(2026, 2, 16), date(2026, 2, 17)), 5)
    datetime.date(2026, 2, 18)
    """
    while day.weekday() >= week or day in holidays(day):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, count: int, holidays: HolidaysOn, week: int) -> date:
    """The last of `count` working days, counted from the day after.

    >>> working_days_after(date(2026, 8, 14), 3, lambda day: (date(2026, 8, 17),), 5)
    datetime.date(2026, 8, 20)
    """
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), holidays, week)
    return day


def years_between(first: date, second: date) -> int:
    """Full years from one day to another.

    >>> years_between(date(1961, 3, 10), date(2026, 3, 9)), years_between(date(1961, 3, 10), date(2026, 3, 10))
    (64, 65)
    """
    return second.year - first.year - ((second.month, second.day) < (first.month, first.day))
