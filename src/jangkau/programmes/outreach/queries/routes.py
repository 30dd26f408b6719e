"""A calendar for the villages that are left: which team goes where on which day. First argument: scope."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from jangkau.core.kernel import RegionCode
from jangkau.core.measures.routes import Stop, day_routes
from jangkau.core.rules.workdays import day_after_working_days
from jangkau.programmes.outreach.models import Event
from jangkau.programmes.outreach.queries.reach import VillageReach, unregistered, villages
from jangkau.programmes.outreach.states import OPEN, REACHING
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.gateways.gazetteer import gazetteer

LONG_AGO = timedelta(days=365)
MOST_STOPS = 400


class RouteDay(NamedTuple):
    """A day of a team: its number from 1, the villages in the order of the way, the kilometres as the crow flies."""

    on: date
    team: int
    stops: tuple[VillageReach, ...]
    kilometres: float


def route_plan(scope: Scope, on: date, *, since: date, teams: int, a_day: int, old: bool) -> list[RouteDay]:
    """The villages nobody reached (with `old` also those reached more than a year before `since`) that no open event
    stands for, on the working days from `since`."""
    planned = set(Event.objects.filter(state__in=OPEN, kind__in=REACHING).order_by().values_list("place_id", flat=True))
    left = {
        row.code: row
        for row in villages(scope, on, unregistered(scope, on))
        if row.asked and row.code not in planned and (not row.reached or (old and _long_ago(row, since)))
    }
    found = [gazetteer()[RegionCode(code)] for code in left]
    stops = [
        Stop(str(place.code), place.latitude, place.longitude, left[str(place.code)].uncovered)
        for place in found
        if place.latitude is not None and place.longitude is not None
    ]
    stops = sorted(stops, key=lambda stop: (left[stop.code].reached, -stop.people, stop.code))[:MOST_STOPS]
    days = _working_days(since)
    legs = day_routes(stops, teams=teams, a_day=a_day)
    dates = [next(days) for _ in range(legs[-1].day + 1)] if legs else []
    return [
        RouteDay(dates[leg.day], leg.team + 1, tuple(left[stop.code] for stop in leg.stops), leg.kilometres)
        for leg in legs
    ]


def _long_ago(row: VillageReach, since: date) -> bool:
    return row.last_on is not None and row.last_on < since - LONG_AGO


def _working_days(day: date) -> Iterator[date]:
    """The working days from `day` on."""
    day -= timedelta(days=1)
    while True:
        day = day_after_working_days(day, 1)
        yield day
