"""The protection gap summed by district and village, and the village budget beside the works that came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from jangkau.programmes.construction import queries
from jangkau.programmes.construction.forms import BudgetFilterForm, RegionForm
from jangkau.programmes.construction.models import BudgetLine
from jangkau.programmes.construction.presenters import regional as present
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.queries import measured_on, regions
from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.views import download

LINES_ON_A_PAGE = 50


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """The gap of every district; of a district every village."""
    scope = scope_of(request.user)
    here = _here(request, scope)
    counted = queries.by_village(queries.chosen(scope, region=here.code))
    below = here.level in ("district", "village")
    rows = present.gap_rows(counted if below else queries.by_district(counted))
    context = {"here": here, "below": below, "rows": rows, "on": measured_on()}
    return render(request, "construction/gaps.html", context)


@require_safe
def gaps_workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, always with every village."""
    scope = scope_of(request.user)
    counted = queries.by_village(queries.chosen(scope, region=_here(request, scope).code))
    return download(present.gaps_book(counted, measured_on()), "jangkau-celah-proyek-desa.xlsx")


@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """The works in village budgets: which are missing, which began without proof of registration."""
    scope = scope_of(request.user)
    form = BudgetFilterForm(request.GET)
    if not form.is_valid():
        return redirect("work_budget")
    told = form.cleaned_data
    found = queries.budget_lines(scope, region=told["region"], finding=told["finding"])
    if told["after"]:
        found = found.filter(pk__gt=told["after"])
    lines = list(found[: LINES_ON_A_PAGE + 1])
    counts = queries.budget_counts(scope, told["region"])
    context = {
        "form": form,
        "lines": [(line, present.FINDING_TAGS[line.finding]) for line in lines[:LINES_ON_A_PAGE]],
        "after": lines[LINES_ON_A_PAGE - 1].pk if len(lines) > LINES_ON_A_PAGE else None,
        "counts": [(label, *counts.get(value, (0, 0)), value) for value, label in BudgetLine.Finding.choices],
        "headline": present.budget_headline(counts),
        "any": bool(counts),
        "may_write": scope.may_write,
        "on": measured_on(),
    }
    return render(request, "construction/budget.html", context)


@require_safe
def budget_workbook(request: HttpRequest) -> HttpResponse:
    """The lines that are shown, all pages of them."""
    scope = scope_of(request.user)
    form = BudgetFilterForm(request.GET)
    if not form.is_valid():
        return redirect("work_budget")
    found = queries.budget_lines(scope, region=form.cleaned_data["region"], finding=form.cleaned_data["finding"])
    return download(present.budget_book(found.iterator()), "jangkau-anggaran-desa.xlsx")


def _here(request: HttpRequest, scope: Scope) -> Place:
    form = RegionForm(request.GET)
    code = form.cleaned_data["region"] if form.is_valid() else ""
    return regions.place(code or regions.home_code(scope))
