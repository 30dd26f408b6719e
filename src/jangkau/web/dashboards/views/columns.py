"""Batas data: whose each column is, what agreements open to others, and how that is changed by two people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from jangkau.registry.access import actions, queries
from jangkau.registry.access.models import Column, Permission
from jangkau.registry.access.permissions import scope_of
from jangkau.web.dashboards.forms.columns import OpeningForm
from jangkau.web.dashboards.presenters.columns import agency_lines, opening_views
from jangkau.web.dashboards.views.users import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest) -> HttpResponse:
    """Who sees which column; by POST an opening is proposed."""
    scope, today = scope_of(request.user), timezone.localdate()
    form = OpeningForm(request.POST or None, label_suffix="")
    if form.is_valid() and attempt(request, lambda: actions.propose_opening(scope, **form.told)):
        return redirect("columns")
    openings = list(queries.openings())
    context = {
        "columns": Column.choices,
        "agencies": agency_lines(openings, today),
        "openings": opening_views(openings, today, scope.user.pk if scope.user else None),
        "form": form,
        "may_write": scope.may(Permission.ADMINISTER_USERS, None),
    }
    return render(request, "dashboards/columns.html", context)


@require_POST
def column_act(request: HttpRequest, number: int) -> HttpResponse:
    """Confirms an opening or ends it."""
    scope = scope_of(request.user)
    act = actions.end_opening if request.POST.get("act") == "end" else actions.confirm_opening
    attempt(request, lambda: act(scope, number))
    return redirect("columns")
