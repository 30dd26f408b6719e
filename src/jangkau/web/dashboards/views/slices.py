"""The slices of a region as a page and as a workbook: for the offices whole, for everybody with small counts hidden."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.actions.disclosing import tables_for_everybody
from jangkau.registry.lists.presenters.slices import DIMENSION_WORDS
from jangkau.registry.lists.queries import days_measured
from jangkau.registry.lists.queries import regions as about
from jangkau.registry.lists.queries.slices import days_sliced, slices
from jangkau.registry.lists.views.days import chosen_day
from jangkau.registry.people.views import download
from jangkau.web.dashboards.presenters.slices import PUBLIC, Asked, slices_page, slices_workbook, with_segments
from jangkau.web.dashboards.views.pages import allowed

DAYS_SHOWN = 24


@require_safe
def region_slices(request: HttpRequest, code: str) -> HttpResponse:
    """A region cut by one property."""
    scope, asked = scope_of(request.user), _asked(request, code)
    days = [*days_sliced()[-DAYS_SHOWN:], asked.on] if asked.value else [asked.on]
    by_day = {day: _table(scope, day, asked) for day in days if day in days_measured()}
    below = about.below(asked.place)
    page = slices_page(asked, about.ancestors(scope, asked.place), below, by_day)
    return render(request, "dashboards/slices.html", {"page": page})


@require_safe
def slices_book(request: HttpRequest, code: str) -> HttpResponse:
    """Every property of a region as a workbook."""
    scope, asked = scope_of(request.user), _asked(request, code)
    if asked.on not in days_measured():
        raise Http404
    content = slices_workbook(asked.place, asked.on, _table(scope, asked.on, asked), public=asked.public)
    name = f"jangkau-irisan-{code}-{asked.on.isoformat()}{'-umum' if asked.public else ''}.xlsx"
    return download(content, name)


def _asked(request: HttpRequest, code: str) -> Asked:
    given = request.GET
    place = about.place(allowed(scope_of(request.user), code))
    dimension = given.get("by", "sex")
    if dimension not in DIMENSION_WORDS:
        raise Http404
    return Asked(place, chosen_day(request), dimension, given.get("value", ""), given.get("for") == PUBLIC)


def _table(scope: Scope, on: date, asked: Asked) -> pl.DataFrame:
    return with_segments(tables_for_everybody(scope, on)) if asked.public else slices(scope, on)
