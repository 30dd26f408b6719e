"""Working days against NumPy's business-day calendar, an arithmetic of somebody else, for every day of 2021-2027."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from jangkau.core.rules import NoRuleInForce, parameters
from jangkau.core.rules.workdays import day_after_working_days, holidays_are_assumed, working_days_left

FIRST, LAST = date(2021, 1, 1), date(2027, 12, 31)
HOLIDAYS = np.array(
    [day for year in range(2021, 2028) for day in parameters()["holidays"].on(date(year, 1, 1)).content],
    dtype="datetime64[D]",
)
OFFICE = np.busdaycalendar(weekmask="1111100", holidays=HOLIDAYS)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize("count", [1, 3, 10, 30])
def test_so_many_working_days_after_every_day(count: int):
    days = [day for day in DAYS if day < date(2027, 11, 1)]
    starts = np.array(days, dtype="datetime64[D]")
    expected = np.busday_offset(starts, count, roll="preceding", busdaycal=OFFICE).astype(object).tolist()
    assert [day_after_working_days(day, count) for day in days] == expected


def test_the_days_left_until_a_deadline_and_since_one_that_passed():
    for today in DAYS[:-45:3]:
        due = today + timedelta(days=(today.toordinal() * 7) % 45)
        after, up_to = np.datetime64(today + timedelta(days=1)), np.datetime64(due + timedelta(days=1))
        left = int(np.busday_count(after, up_to, busdaycal=OFFICE))
        assert working_days_left(today, due) == left, (today, due)
        assert working_days_left(due, today) == -left, (today, due)


def test_a_year_without_a_decree_is_told_apart_and_one_without_holidays_is_an_error():
    assert [year for year in range(2021, 2028) if holidays_are_assumed(date(year, 6, 1))] == [2027]
    with pytest.raises(NoRuleInForce, match="Keputusan bersama"):
        day_after_working_days(date(2027, 12, 24), 10)
