"""Where does this pace lead? A random walk with drift: tomorrow is today plus the mean monthly change, and the interval
widens with the changes seen and with how few there were. It knows no season and no plan; `back_test` tells what it was
worth on the past of the same series. Source: Hyndman and Athanasopoulos, Forecasting, section on simple methods."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from math import ceil, sqrt
from statistics import NormalDist, mean, stdev
from typing import NamedTuple

from jangkau.core.kernel import Month, Refused

FEWEST_MONTHS = 6
LIKELY = 0.8  # share of futures that the interval is meant to hold
FURTHEST = 600  # months; a goal beyond is told as not reached at this pace


class Outlook(NamedTuple):
    """People expected in a month, with the interval meant to hold the truth in LIKELY of the cases."""

    month: Month
    expected: int
    low: int
    high: int


class BackTest(NamedTuple):
    """What the method was worth on months already known: forecasts made, share inside the interval (0-1), mean absolute
    error in people, and the same for saying that nothing changes."""

    forecasts: int
    inside_share: float
    mean_error: float
    mean_error_unchanged: float


def outlook(last: Month, people: Sequence[int], months: int) -> list[Outlook]:
    """The next `months` months after `last`; `people` holds the counts of the months up to `last`, oldest first.
    Raises Refused for fewer than FEWEST_MONTHS counts.

    >>> outlook(Month(2026, 10), [100, 110, 120, 130, 140, 150], 2)[1]
    Outlook(month=Month(year=2026, month=12), expected=170, low=170, high=170)
    """
    drift, spread = _drift(people)
    z = NormalDist().inv_cdf((1 + LIKELY) / 2)
    found = []
    for ahead in range(1, months + 1):
        middle = people[-1] + drift * ahead
        reach = z * spread * sqrt(ahead * (1 + ahead / (len(people) - 1)))
        low, high = (max(0, round(edge)) for edge in (middle - reach, middle + reach))
        found.append(Outlook(last.plus(ahead), max(0, round(middle)), low, high))
    return found


def month_reached(last: Month, people: Sequence[int], goal: int) -> Month | None:
    """The first month with at least `goal` people at the present pace; None when it leads elsewhere.

    >>> str(month_reached(Month(2026, 10), [100, 110, 120, 130, 140, 150], 185))
    '2027-02'
    """
    drift, _ = _drift(people)
    if people[-1] >= goal:
        return last
    if drift <= 0 or (goal - people[-1]) / drift > FURTHEST:
        return None
    return last.plus(ceil((goal - people[-1]) / drift))


def back_test(people: Sequence[int], ahead: int) -> BackTest | None:
    """Forecasts `ahead` months from every earlier month with enough past, beside what came; None when there is none.

    >>> back_test([100, 110, 120, 130, 140, 150, 160, 170], 1).mean_error
    0
    """
    made = []
    for end in range(FEWEST_MONTHS, len(people) - ahead + 1):
        told = outlook(Month(2000, 1), people[:end], ahead)[-1]
        came = people[end + ahead - 1]
        made.append((told.low <= came <= told.high, abs(told.expected - came), abs(people[end - 1] - came)))
    if not made:
        return None
    inside, errors, unchanged = zip(*made, strict=True)
    return BackTest(len(made), mean(inside), mean(errors), mean(unchanged))


def _drift(people: Sequence[int]) -> tuple[float, float]:
    """The mean monthly change and the spread of the changes (people)."""
    if len(people) < FEWEST_MONTHS:
        raise Refused(
            f"Prakiraan perlu sedikitnya {FEWEST_MONTHS} bulan; baru ada {len(people)}.",
            f"A forecast needs at least {FEWEST_MONTHS} months; there are {len(people)}.",
        )
    changes = [later - earlier for earlier, later in itertools.pairwise(people)]
    return mean(changes), stdev(changes)
