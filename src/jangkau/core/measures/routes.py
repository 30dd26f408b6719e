"""Which villages in one day, by which team? A day starts where most people wait; its other villages are the nearest,
those of the same district first. Greedy, like a person with a map; distances are great circles between the middles of
villages, not roads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

_EARTH = 6371.0088  # kilometres, mean radius


class Stop(NamedTuple):
    """A village to go to: its code (the district stands in it), its middle in degrees, the people who wait there."""

    code: str
    latitude: float
    longitude: float
    people: int


class Leg(NamedTuple):
    """A day of a team, both counted from 0: the villages in the order of the way, and its kilometres."""

    day: int
    team: int
    stops: tuple[Stop, ...]
    kilometres: float


def day_routes(stops: Sequence[Stop], *, teams: int, a_day: int) -> list[Leg]:
    """A way for every team and day until every stop has had its day, `a_day` stops at most. Raises ValueError for less
    than one team or stop a day.

    >>> here, near = Stop("32.02.01.2001", -7.0, 106.5, 40), Stop("32.02.01.2002", -7.0, 106.6, 10)
    >>> far = Stop("32.02.02.2001", -7.4, 106.5, 30)
    >>> [(leg.day, leg.team, [s.code for s in leg.stops]) for leg in day_routes([far, near, here], teams=1, a_day=2)]
    [(0, 0, ['32.02.01.2001', '32.02.01.2002']), (1, 0, ['32.02.02.2001'])]
    """
    if teams < 1 or a_day < 1:
        raise ValueError("at least one team and one stop a day")
    left = sorted(stops, key=lambda stop: (-stop.people, stop.code))
    legs: list[Leg] = []
    while left:
        way = [left.pop(0)]
        while left and len(way) < a_day:
            end = way[-1]
            following = min(left, key=lambda s: (s.code[:8] != end.code[:8], kilometres(end, s), s.code))
            way.append(following)
            left.remove(following)
        length = sum(kilometres(one, other) for one, other in pairwise(way))
        legs.append(Leg(len(legs) // teams, len(legs) % teams, tuple(way), length))
    return legs


def kilometres(one: Stop, other: Stop) -> float:
    """The great circle between two stops (haversine formula).

    >>> round(kilometres(Stop("", 0, 0, 0), Stop("", 0, 1, 0)), 1)
    111.2
    """
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin((south - north) / 2) ** 2
    across += cos(north) * cos(south) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(across))
