"""Reached and not reached: the map, the villages that are left, the unregistered employers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jangkau.programmes.outreach.actions.holding import settle_place
from jangkau.programmes.outreach.presenters.books import reach_book
from jangkau.programmes.outreach.presenters.maps import reach_map
from jangkau.programmes.outreach.presenters.words import day_of, name_of
from jangkau.programmes.outreach.queries.reach import UnclearEvent, VillageReach, unclear_events, unregistered, villages
from jangkau.programmes.outreach.queries.reach import unclear as count_unclear
from jangkau.programmes.outreach.views.events import acted, event_of, writer
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.lists.queries import days_measured
from jangkau.registry.lists.views.days import chosen_day
from jangkau.registry.people.models import Region, RegionShape
from jangkau.registry.people.views import download

FIRMS_ON_THE_PAGE = 30
QUESTIONS_ON_THE_PAGE = 10


@require_safe
def reach(request: HttpRequest) -> HttpResponse:
    scope, on = scope_of(request.user), chosen_day(request)
    until = _until(on)
    firms = unregistered(scope, until)
    rows = villages(scope, on, firms)
    asked = [row for row in rows if row.asked]
    unclear = unclear_events(scope)
    open_to = {code for each in unclear for code in each.may_be}
    desa, wards = ([row for row in asked if row.is_desa is rural] for rural in (True, False))
    counted = desa or wards  # what is published counts desa
    left = sorted((row for row in asked if not row.reached), key=lambda row: (not row.is_desa, row.code in open_to))
    missed = [row for row in counted if not row.reached]
    may_be = {row.code for row in missed} & open_to
    context = {
        "on": on,
        "until": until,
        "asked": len(counted),
        "reached": len(counted) - len(missed),
        "rural": bool(desa),
        "wards": [sum(row.reached for row in wards), len(wards)],
        "left": left,
        "may_be_reached": may_be,
        "certain": len(missed) - len(may_be),
        "unclear": count_unclear(scope),
        "questions": _questions(unclear[:QUESTIONS_ON_THE_PAGE], rows),
        "map": reach_map(rows),
        "firms": firms[:FIRMS_ON_THE_PAGE],
        "firms_count": len(firms),
        "firms_left": sum(not firm.visits for firm in firms),
        "shapes_official": RegionShape.objects.filter(source=RegionShape.Source.OFFICIAL).exists(),
        "may_write": scope.may_write,
    }
    return render(request, "outreach/reach.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Villages and employers, reached or not, as a workbook."""
    scope, on = scope_of(request.user), chosen_day(request)
    firms = unregistered(scope, _until(on))
    return download(reach_book(villages(scope, on, firms), firms), "jangkau-capaian.xlsx")


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Says in which village an event was held."""
    scope = writer(request)
    found, village = event_of(scope, number), request.POST.get("place", "")
    get_object_or_404(Region, level="village", pk=village if scope.allows(village) else None)
    return acted(request, number, lambda: settle_place(found, village, by=scope.user), back="outreach_reach")


def _questions(unclear: Iterable[UnclearEvent], rows: Iterable[VillageReach]) -> list[dict[str, Any]]:
    """Events whose village is not clear, with the villages they may have been held in, those not reached first."""
    known = {row.code: row for row in rows}
    return [
        {
            "event": each.event,
            "name": name_of(each.event),
            "when": day_of(each.event),
            "villages": sorted((known[code] for code in each.may_be), key=lambda row: row.reached),
        }
        for each in unclear
    ]


def _until(on: date) -> date:
    """What was held since the day measured last counts, too."""
    measured = days_measured()
    return on if measured and on != measured[0] else max(on, timezone.localdate())
