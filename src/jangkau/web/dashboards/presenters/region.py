"""Wilayah: what about this district, this village? Children, groups, outreach, and what is left out of the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jangkau.core.measures import PublishedFigure
from jangkau.registry.lists.presenters import shares
from jangkau.registry.lists.presenters.shares import ShareRow, Standing
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.web.dashboards.presenters.changes import Changes, changes_of
from jangkau.web.dashboards.presenters.home import map_cells
from jangkau.web.dashboards.presenters.measures import Measures, measures, quotations
from jangkau.web.dashboards.presenters.trend import trend_of

OCCUPATIONS = 12


@dataclass(frozen=True)
class RegionPage:
    place: Place
    ancestors: tuple[Place, ...]
    on: date
    standing: Standing
    measures: Measures
    changes: Changes | None
    children: tuple[ShareRow, ...]
    allocated: int
    level_word: str
    segments: tuple[ShareRow, ...]
    projects: ShareRow | None
    sexes: tuple[ShareRow, ...]
    ages: tuple[ShareRow, ...]
    occupations: tuple[ShareRow, ...]
    not_counted: tuple[tuple[str, int], ...]
    people_named: int
    visited: int | None
    villages: int
    visits: tuple[Any, ...]
    unvisited: tuple[ShareRow, ...]
    employers_unregistered: int
    workers_unregistered: int
    map: dict[str, Any]
    shapes_official: bool
    trend: dict[str, Any]
    trend_rows: tuple[tuple[date, float], ...]
    by_day: bool  # the line joins measured days, not ends of months
    published: tuple[PublishedFigure, ...]
    any_over: bool
    any_unvisited: bool

    @property
    def is_village(self) -> bool:
        return self.place.level == "village"


def region_page(facts: Facts, told: Sequence[PublishedFigure] = ()) -> RegionPage:
    """The page of a regency, a district or a village; `told`: what others published."""
    now = shares.standing(facts)
    points = tuple(shares.trend(facts))
    published = quotations(facts.place.code, told) if facts.place.level == "regency" else ()
    rows = shares.children(facts)
    village_rows = shares.villages(facts)
    unvisited = tuple(row for row in village_rows if row.visited is False)
    return RegionPage(
        place=facts.place,
        ancestors=facts.ancestors,
        on=facts.on,
        standing=now,
        measures=measures(facts, now, told),
        changes=changes_of(facts),
        children=rows,
        allocated=sum(row.allocated for row in village_rows),
        level_word=shares.level_word(facts.place.level),
        segments=shares.segments(facts),
        projects=shares.project_workers(facts),
        sexes=shares.by_sex(facts),
        ages=shares.by_age(facts),
        occupations=shares.by_trade(facts, OCCUPATIONS),
        not_counted=shares.not_counted(facts),
        people_named=int(shares.counted(facts.cube)["people"].sum()),
        visited=None if facts.visited is None else sum(row.visited is True for row in village_rows),
        villages=sum(row.visited is not None for row in village_rows),
        visits=tuple(facts.visits),
        unvisited=unvisited,
        employers_unregistered=facts.employers_unregistered,
        workers_unregistered=facts.workers_unregistered,
        map=map_cells(facts, village_rows) if facts.place.level == "district" else {},
        shapes_official=facts.shapes_official,
        trend=trend_of(points, published, None, facts.on) if len(points) > 1 else {},
        trend_rows=points,
        by_day=not facts.history,
        published=published,
        any_over=any((row.percent or 0) > 100 for row in (*rows, *village_rows)),
        any_unvisited=bool(unvisited),
    )
