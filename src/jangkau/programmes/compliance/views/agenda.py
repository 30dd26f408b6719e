"""The joint agenda with inspectors and licensing: on a page, as a workbook, on paper."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jangkau.programmes.compliance.forms import AgendaForm
from jangkau.programmes.compliance.presenters.agenda import agenda_book, agenda_paper, points
from jangkau.programmes.compliance.queries.agenda import agenda as found_agenda
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.cases.models import Case
from jangkau.registry.people.views import PDF, download

ON_A_PAGE, ON_PAPER = 50, 200
DAYS_AHEAD = 14


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Which cases come next, and whose turn it is."""
    form, today, found, agency = _asked(request)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "points": list(points(page, today, agency)), "most": ON_PAPER,
        "late": found.filter(due_on__lt=today).count(),
    }  # fmt: skip
    return render(request, "compliance/agenda.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The agenda as a workbook."""
    _form, today, found, agency = _asked(request)
    book = agenda_book(points(found.iterator(), today, agency), today)
    return download(book, f"agenda-kepatuhan-{today}.xlsx")


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The first cases of the agenda as a PDF."""
    _form, today, found, agency = _asked(request)
    told = list(points(found[:ON_PAPER], today, agency))
    return download(agenda_paper(told, today, total=found.count()), f"agenda-kepatuhan-{today}.pdf", PDF)


def _asked(request: HttpRequest) -> tuple[AgendaForm, date, QuerySet[Case], str]:
    form, today = AgendaForm(request.GET, label_suffix=""), timezone.localdate()
    told = form.cleaned_data if form.is_valid() else {}
    until = today + timedelta(days=int(told.get("days") or DAYS_AHEAD))
    agency = told.get("agency", "")
    found = found_agenda(
        scope_of(request.user), until, agency=agency, topic=told.get("topic", ""),
        by_weight=told.get("order") == "weight",
    )  # fmt: skip
    return form, today, found, agency
