"""What is known of a region on a measured day: the facts that its page and its reports are made of, the regions above
and below it. First argument: scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum

from jangkau.core.kernel import Month, RegionCode
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries as lists
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import State
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.registry.lists.queries.pairs import pairs_waiting
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Employer, RegionShape
from jangkau.registry.people.queries import register_fact

UNREGISTERED = "pwbd"  # finding of an employer that should be a member and is not
DAYS_SHOWN = 24


def home_code(scope: Scope) -> str:
    """The region somebody starts from: the whole register, or the first of their areas."""
    if scope.allows(settings.JANGKAU_AREA) or not scope.areas:
        return str(settings.JANGKAU_AREA)
    return scope.areas[0]


def place(code: str) -> Place:
    """A region by its code; raises Unknown or Refused for what is none."""
    region = gazetteer()[RegionCode(code)]
    return Place(str(region.code), region.name, region.code.level, str(region.code.parent or ""))


def facts(scope: Scope, code: str, on: date) -> Facts:
    """All that the page of region `code` is made of, on a measured day; on another day the frames are empty."""
    here = place(code)
    held = lists.lists(scope)
    reached = register_fact("villages_reached")
    unregistered = unregistered_employers(scope, here).aggregate(firms=Count("pk"), workers=Sum("workers_found"))
    states = dict(held.order_by().values_list("state").annotate(n=Count("pk")))
    measured = on in lists.days_measured()
    return Facts(
        on=on,
        place=here,
        ancestors=ancestors(scope, here),
        below=below(here),
        villages=villages_in(here),
        cube=_cube(scope, here, on) if measured else _EMPTY_CUBE,
        coverage=lists.coverage(scope, on) if measured else _EMPTY_COVERAGE,
        changes=lists.changes_kept(scope, here.code, on) if measured else None,
        history=_history(here, on),
        measured=measured_days(here.code, on),
        visited=None if reached is None else frozenset(reached),
        lists_published=states.get(State.PUBLISHED, 0),
        lists_to_publish=states.get(State.READ, 0),
        rows_to_review=pairs_waiting(scope),
        employers_unregistered=unregistered["firms"] or 0,
        workers_unregistered=unregistered["workers"] or 0,
        shapes_official=RegionShape.objects.filter(
            region__code__startswith=here.code, source=RegionShape.Source.OFFICIAL
        ).exists(),
        names={region.code: region.name for region in below(place(str(settings.JANGKAU_AREA)))},
    )


def unregistered_employers(scope: Scope, here: Place) -> QuerySet[Employer]:
    """Employers with workers and without a membership in a region, most workers first."""
    inside = scope.where("village_id") & _inside("village__code", here.code, here.level)
    found = Employer.objects.filter(inside).filter(finding__contains=UNREGISTERED).select_related("village")
    return found.order_by(F("workers_found").desc(nulls_last=True), "pk")


def ancestors(scope: Scope, here: Place) -> tuple[Place, ...]:
    """The regions around a place that somebody may see, the widest first."""
    found: list[Place] = []
    while here.parent and here.level != "regency":
        here = place(here.parent)
        if scope.allows(here.code):
            found.insert(0, here)
    return tuple(found)


def people_named(scope: Scope, village: str, on: date, kinds: Mapping[str, Sequence[str]]) -> frozenset[int]:
    """The people counted in a village on a measured day, by number: those whose column of the standing has one of the
    values of `kinds`. Nobody stands here whose village no list stated."""
    if not scope.allows(village):
        return frozenset()
    named = lists.standing(on).filter(
        pl.col("village_code") == village,
        pl.col("not_counted").is_null(),
        *(pl.col(column).is_in(list(values)) for column, values in kinds.items()),
    )
    return frozenset(named.select("person_id").collect()["person_id"])


def people_unnamed(scope: Scope, village: str, on: date) -> int:
    """How many of those counted in a village live at an address nobody stated: they are estimated, without names."""
    row = lists.coverage(scope, on).filter((pl.col("region_code") == village) & (pl.col("segment") == "all"))
    return int(row["allocated"].sum())


def choices(scope: Scope, code: str) -> tuple[Place, ...]:
    """The regions that the picker offers: areas of the scope and what lies below, with the one shown even if deeper."""
    found = dict(_offered(scope.areas or (str(settings.JANGKAU_AREA),)))
    if code not in found and scope.allows(code):
        found[code] = place(code)
    return tuple(found.values())


@lru_cache(maxsize=256)
def _offered(areas: tuple[str, ...]) -> Mapping[str, Place]:
    return {each.code: each for area in areas for each in (place(area), *below(place(area)))}


_EMPTY_COVERAGE = pl.DataFrame(
    schema=dict.fromkeys(("region_code", "segment"), pl.String())
    | dict.fromkeys(("workers", "covered", "allocated"), pl.Int64())
)
_EMPTY_CUBE = pl.DataFrame(
    schema=dict.fromkeys(("segment", "sex", "age_band", "trade", "state", "not_counted"), pl.String())
    | {"people": pl.Int64()}
)


def _inside(field: str, code: str, level: str) -> Q:
    if level == "village":
        return Q(**{field: code})
    within = Q(**{f"{field}__startswith": code + "."})
    return within | Q(**{f"{field}__isnull": True}) if level == "regency" else within


def below(here: Place) -> tuple[Place, ...]:
    """The regions one level below, by code."""
    regions = gazetteer().children(here.code)
    return tuple(Place(str(r.code), r.name, r.code.level, here.code) for r in regions)


def villages_in(here: Place) -> tuple[Place, ...]:
    """The villages inside a region, by code."""
    regions = gazetteer().inside(here.code, "village")
    return tuple(Place(str(r.code), r.name, "village", str(r.code.parent)) for r in regions)


def _cube(scope: Scope, here: Place, on: date) -> pl.DataFrame:
    cube = lists.cube(scope, on)
    column = {"district": "district_code", "village": "village_code"}.get(here.level)
    return cube.filter(pl.col(column) == here.code) if column else cube


def measured_days(code: str, on: date) -> tuple[tuple[date, int, int], ...]:
    """Workers and covered of a region on each measured day up to `on`, the oldest first."""
    days = [day for day in reversed(lists.days_measured()) if day <= on][-DAYS_SHOWN:]
    places = [(day, store.measures_folder(day) / "coverage.parquet") for day in days]
    return _by_region(tuple((day, place, place.stat().st_mtime_ns) for day, place in places)).get(code, ())


@lru_cache(maxsize=4)
def _by_region(places: tuple[tuple[date, Path, int], ...]) -> dict[str, tuple[tuple[date, int, int], ...]]:
    found: dict[str, tuple[tuple[date, int, int], ...]] = {}
    for day, place, _ in places:
        table = store.read_frame(place).filter(pl.col("segment") == "all")
        for code, workers, covered in table.select("region_code", "workers", "covered").iter_rows():
            found[code] = (*found.get(code, ()), (day, workers, covered))
    return found


def _history(here: Place, on: date) -> list[tuple[Month, int, int]]:
    """Months are kept for the whole register alone."""
    if here.code != settings.JANGKAU_AREA or register_fact("as_of") != on.isoformat():
        return []
    return [(Month.parse(month), workers, covered) for month, workers, covered in register_fact("history") or []]
