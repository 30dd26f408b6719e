"""Reached and not reached: every village with the events held there, every unregistered employer with the visits to it.
First argument: scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.conf import settings
from django.db.models import Count, Max

from jangkau.core.kernel import RegionCode
from jangkau.core.measures.reach import villages_asked
from jangkau.core.reading.cells.places import Places
from jangkau.programmes.outreach.actions.measuring import REACH
from jangkau.programmes.outreach.models import Event
from jangkau.programmes.outreach.queries import events
from jangkau.programmes.outreach.states import REACHING, VILLAGE_CODE, Kind, State
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries as lists
from jangkau.registry.lists.queries import regions
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Employer
from jangkau.registry.people.queries import register_fact

UNCLEAR_SHOWN = 200
_NEVER: tuple[int, date | None] = (0, None)


@dataclass(frozen=True)
class VillageReach:
    """A village: its workers, the events held there, its unregistered employers and how many of them had a visit."""

    code: str
    name: str
    district: str
    workers: int
    uncovered: int
    held: int
    last_on: date | None
    firms: int
    firms_visited: int
    asked: bool

    @property
    def reached(self) -> bool:
        return self.held > 0

    @property
    def is_desa(self) -> bool:
        """A rural village, not an urban ward (see the glossary)."""
        return not RegionCode(self.code).is_kelurahan


@dataclass(frozen=True)
class FirmReach:
    """An employer that should be a member and is not, with the visits to it."""

    employer: Employer
    visits: int
    last_on: date | None


@dataclass(frozen=True)
class UnclearEvent:
    """An event that was held in a village nobody could tell, with the villages (codes) its log may mean."""

    event: Event
    may_be: tuple[str, ...]


def villages(scope: Scope, on: date, waiting: Sequence[FirmReach]) -> list[VillageReach]:
    """Every village of the areas, by code, as it stood on a measured day, with the unregistered employers `waiting`;
    without a measure nobody is known there."""
    area = RegionCode(settings.JANGKAU_AREA)
    names = {str(region.code): region.name for region in gazetteer().inside(area, "district")}
    here = {str(r.code): r.name for r in gazetteer().inside(area, "village")}
    workers, covered = _workers(scope, on)
    held = _held(on)
    firms = Counter(firm.employer.village_id for firm in waiting)
    visited = Counter(firm.employer.village_id for firm in waiting if firm.visits)
    asked = villages_asked({code: workers.get(code, 0) for code in here}, held)
    return [
        VillageReach(
            code, name, names[code[:8]], workers.get(code, 0), workers.get(code, 0) - covered.get(code, 0),
            *held.get(code, _NEVER), firms[code], visited[code], code in asked,
        )
        for code, name in here.items()
        if scope.allows(code)
    ]  # fmt: skip


def unregistered(scope: Scope, on: date) -> list[FirmReach]:
    """Employers that should be members and are not, those nobody visited up to a day first, most workers first."""
    found = list(regions.unregistered_employers(scope, regions.place(settings.JANGKAU_AREA)))
    visits = {
        number: (n, last)
        for number, n, last in Event.objects.filter(
            employer__in=[employer.pk for employer in found], kind=Kind.FACTORY, state=State.HELD, day__lte=on
        )
        .order_by()
        .values_list("employer")
        .annotate(n=Count("pk"), last=Max("day"))
    }
    rows = [FirmReach(employer, *visits.get(employer.pk, _NEVER)) for employer in found]
    return sorted(rows, key=lambda row: row.visits > 0)


def unclear(scope: Scope) -> int:
    """Events held in a village, on a market, at a school or port of which nobody could tell the village."""
    told = register_fact(REACH) or {"unclear": {}}
    return sum(n for code, n in told["unclear"].items() if scope.allows(code or None))


def unclear_events(scope: Scope) -> list[UnclearEvent]:
    """The latest of these events with the villages each may have been held in."""
    names = Places(gazetteer(), RegionCode(settings.JANGKAU_AREA))
    return [
        UnclearEvent(
            event, tuple(code for code in names.may_be(event.title, (event.place_id or "")[:8]) if scope.allows(code))
        )
        for event in events(scope, {"unclear": True})[:UNCLEAR_SHOWN]
    ]


def _held(on: date) -> dict[str, tuple[int, date | None]]:
    """Village -> events held up to a day and the last of them; for the day measured last, as kept: up to today."""
    told = register_fact(REACH)
    if told and told["as_of"] in (None, on.isoformat()):
        return {code: (n, date.fromisoformat(last)) for code, (n, last) in told["villages"].items()}
    held = Event.objects.filter(state=State.HELD, kind__in=REACHING, day__lte=on, place__isnull=False)
    found = held.order_by().values_list("place_id").annotate(n=Count("pk"), last=Max("day"))
    return {code: (n, last) for code, n, last in found if len(code) == VILLAGE_CODE}


def _workers(scope: Scope, on: date) -> tuple[dict[str, int], dict[str, int]]:
    if on not in lists.days_measured():
        return {}, {}
    table = lists.coverage(scope, on).filter(pl.col("segment") == "all")
    codes = table["region_code"].to_list()
    return dict(zip(codes, table["workers"], strict=True)), dict(zip(codes, table["covered"], strict=True))
