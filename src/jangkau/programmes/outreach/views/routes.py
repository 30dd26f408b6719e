"""The plan for what is left: a calendar by team and day; taken over into events, printed, or as a workbook."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from jangkau.programmes.outreach.actions.holding import plan_events
from jangkau.programmes.outreach.forms import RouteForm, TakenForm
from jangkau.programmes.outreach.presenters.books import routes_book
from jangkau.programmes.outreach.queries.routes import RouteDay, route_plan
from jangkau.programmes.outreach.views.events import writer
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.views.days import chosen_day
from jangkau.registry.people.views import download


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The proposed calendar, every line of it editable before it is taken over."""
    scope = scope_of(request.user)
    form, days = _proposed(request, scope)
    context = {
        "form": form,
        "days": days,
        "villages": sum(len(day.stops) for day in days),
        "may_write": scope.may_write,
    }
    return render(request, "outreach/routes.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The proposed calendar as a workbook."""
    return download(routes_book(_proposed(request, scope_of(request.user))[1]), "jangkau-rencana-sosialisasi.xlsx")


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Makes the ticked lines planned events, with the day and the team that stand in them."""
    scope = writer(request)
    taken = []
    for code in request.POST.getlist("place"):
        line = TakenForm({name: request.POST.get(f"{name}-{code}", "") for name in ("planned_on", "team")})
        if scope.allows(code) and line.is_valid():
            taken.append((code, line.cleaned_data["planned_on"], line.cleaned_data["team"]))
    planned = plan_events(taken, by=scope.user)
    messages.success(request, gettext("%(n)s kegiatan direncanakan.") % {"n": planned})
    return redirect("outreach")


def _proposed(request: HttpRequest, scope: Scope) -> tuple[RouteForm, list[RouteDay]]:
    start: dict[str, Any] = {"since": timezone.localdate() + timedelta(days=7), "teams": 2, "a_day": 3, "old": False}
    form = RouteForm(request.GET if "teams" in request.GET else start)
    if not form.is_valid():
        return form, []
    on: date = chosen_day(request)
    return form, route_plan(scope, on, **form.cleaned_data)
