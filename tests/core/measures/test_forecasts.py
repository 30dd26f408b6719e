"""A forecast says what it is worth."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.kernel import Month, Refused
from jangkau.core.measures.forecasts import FEWEST_MONTHS, LIKELY, back_test, month_reached, outlook

OCTOBER = Month(2026, 10)
series = st.lists(st.integers(0, 1_000_000), min_size=FEWEST_MONTHS, max_size=36)


@given(series, st.integers(1, 24))
def test_the_interval_holds_the_middle_and_widens(people: list[int], months: int):
    told = outlook(OCTOBER, people, months)
    assert [line.month for line in told] == [OCTOBER.plus(ahead) for ahead in range(1, months + 1)]
    for line in told:
        assert 0 <= line.low <= line.expected <= line.high
    raw = [line.high - line.low for line in told if line.low > 0]
    assert all(later >= earlier - 1 for earlier, later in itertools.pairwise(raw))


@given(series, st.integers(0, 2_000_000))
def test_the_month_reached_agrees_with_the_outlook(people: list[int], goal: int):
    reached = month_reached(OCTOBER, people, goal)
    if reached is None or reached == OCTOBER:
        assert (reached is None) == (people[-1] < goal)
        return
    ahead = reached.ordinal - OCTOBER.ordinal
    told = [people[-1], *(line.expected for line in outlook(OCTOBER, people, ahead))]
    assert told[ahead] >= goal - 1
    assert told[ahead - 1] <= goal


def test_a_falling_series_reaches_nothing_higher():
    assert month_reached(OCTOBER, [60, 50, 40, 30, 20, 10], 100) is None
    assert outlook(OCTOBER, [60, 50, 40, 30, 20, 10], 6)[-1].expected == 0


def test_too_short_a_past_is_refused():
    with pytest.raises(Refused, match=str(FEWEST_MONTHS)):
        outlook(OCTOBER, [1, 2, 3], 1)
    assert back_test([1, 2, 3], 1) is None


def test_on_walks_of_its_own_kind_the_interval_keeps_its_promise_and_the_drift_pays():
    rng = random.Random(7)
    inside, errors, unchanged, made = 0.0, 0.0, 0.0, 0
    for _ in range(60):
        people = [100_000]
        for _ in range(35):
            people.append(people[-1] + round(rng.gauss(900, 600)))
        told = back_test(people, 6)
        assert told is not None
        made += told.forecasts
        inside += told.inside_share * told.forecasts
        errors += told.mean_error * told.forecasts
        unchanged += told.mean_error_unchanged * told.forecasts
    assert abs(inside / made - LIKELY) < 0.06
    assert errors < unchanged / 2
