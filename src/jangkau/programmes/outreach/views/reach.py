"""Reached and not reached: the map, the villages that are left, the unregistered employers."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jangkau.programmes.outreach.presenters.books import reach_book
from jangkau.programmes.outreach.presenters.maps import reach_map
from jangkau.programmes.outreach.queries.reach import unclear, unregistered, villages
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.lists.queries import days_measured
from jangkau.registry.lists.views.answers import download
from jangkau.registry.lists.views.days import chosen_day
from jangkau.registry.people.models import RegionShape

FIRMS_ON_THE_PAGE = 30


@require_safe
def reach(request: HttpRequest) -> HttpResponse:
    scope, on = scope_of(request.user), chosen_day(request)
    until = _until(on)
    firms = unregistered(scope, until)
    rows = villages(scope, on, firms)
    asked = [row for row in rows if row.asked]
    context = {
        "on": on,
        "until": until,
        "asked": len(asked),
        "reached": sum(row.reached for row in asked),
        "left": [row for row in asked if not row.reached],
        "desa": [sum(row.reached for row in asked if row.is_desa), sum(row.is_desa for row in asked)],
        "unclear": unclear(scope),
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


def _until(on: date) -> date:
    """What was held since the day measured last counts, too."""
    measured = days_measured()
    return on if measured and on != measured[0] else max(on, timezone.localdate())
