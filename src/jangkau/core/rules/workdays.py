"""Which day is so many working days away, and how many are left? Monday to Friday (assumed) without national holidays
and joint leave, both dated parameters of law/holidays.yaml; a year whose holidays are not loaded is an error."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jangkau.core.rules.calendar import next_working_day, working_days_after
from jangkau.core.rules.loading import book


def day_after_working_days(day: date, count: int) -> date:
    """The last of `count` working days, counted from the day after `day`. Raises NoRuleInForce.

    >>> day_after_working_days(date(2026, 8, 14), 3)
    datetime.date(2026, 8, 20)
    """
    return working_days_after(day, count, _holidays, _week(day))


def working_days_left(today: date, due: date) -> int:
    """Working days after `today` up to and with `due`; below zero the working days since `due`. Raises NoRuleInForce.

    >>> working_days_left(date(2026, 8, 14), date(2026, 8, 20)), working_days_left(date(2026, 8, 24), date(2026, 8, 20))
    (3, -2)
    """
    if due < today:
        return -working_days_left(due, today)
    week = _week(today)
    days = (today + timedelta(days=n) for n in range(1, (due - today).days + 1))
    return sum(next_working_day(day, _holidays, week) == day for day in days)


def holidays_are_assumed(day: date) -> bool:
    """Were the holidays of the year of `day` computed because no decree is out? Raises NoRuleInForce.

    >>> holidays_are_assumed(date(2026, 1, 2)), holidays_are_assumed(date(2027, 1, 4))
    (False, True)
    """
    return book()["holidays"].on(day).status == "assumed"


def _holidays(day: date) -> tuple[date, ...]:
    content: Any = book()["holidays"].on(day).content
    return tuple(content)


def _week(day: date) -> int:
    content: Any = book()["working_week"].on(day).content
    return int(content)
