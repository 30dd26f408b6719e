"""Angka resmi & target: the page, a figure entered, a workbook sent or taken home, a figure taken back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.queries import regions as about
from jangkau.registry.people.actions import store_figures, withdraw_figure
from jangkau.registry.people.models import OfficialFigure
from jangkau.registry.people.queries import official_rows
from jangkau.registry.people.views import download
from jangkau.web.dashboards.forms.official import FiguresFileForm, OfficialFigureForm
from jangkau.web.dashboards.presenters.official import figures_of_workbook, figures_workbook, official_page


@require_safe
def official(request: HttpRequest) -> HttpResponse:
    return _page(request, OfficialFigureForm(initial=_start()), FiguresFileForm())


@require_safe
def official_workbook(request: HttpRequest) -> HttpResponse:
    """All figures as a workbook; rows added below come back by `official_upload`."""
    return download(figures_workbook(list(official_rows())), "jangkau-angka-resmi.xlsx")


@require_POST
def official_add(request: HttpRequest) -> HttpResponse:
    scope = _may_enter(request)
    form = OfficialFigureForm(request.POST)
    if form.is_valid():
        try:
            added = store_figures([form.figure], by=scope.user)
        except JangkauError as error:
            form.add_error("region_code", error.sentence(get_language() or "id"))
        else:
            return _done(request, added)
    return _page(request, form, FiguresFileForm())


@require_POST
def official_upload(request: HttpRequest) -> HttpResponse:
    """All rows of a workbook, or none: a wrong cell is named and nothing is stored."""
    scope = _may_enter(request)
    form = FiguresFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            added = store_figures(figures_of_workbook(file.read(), file.name), by=scope.user)
        except JangkauError as error:
            form.add_error("file", error.sentence(get_language() or "id"))
        else:
            return _done(request, added)
    return _page(request, OfficialFigureForm(initial=_start()), form)


@require_POST
def official_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    scope = _may_enter(request)
    get_object_or_404(OfficialFigure, pk=number)
    withdraw_figure(number, by=scope.user)
    messages.success(request, gettext("Angka ditarik kembali. Catatannya tetap ada."))
    return redirect("official")


def _page(request: HttpRequest, form: OfficialFigureForm, file: FiguresFileForm) -> HttpResponse:
    scope = scope_of(request.user)
    place = about.place(settings.JANGKAU_AREA)
    page = official_page(list(official_rows()), place.code, place.name, timezone.localdate())
    context = {"page": page, "form": form, "file": file, "may_enter": _writes(scope)}
    return render(request, "dashboards/official.html", context)


def _done(request: HttpRequest, added: int) -> HttpResponse:
    messages.success(request, gettext("%(n)s angka disimpan; yang sudah ada tidak berubah.") % {"n": added})
    return redirect("official")


def _start() -> dict[str, object]:
    return {"region_code": settings.JANGKAU_AREA}


def _writes(scope: Scope) -> bool:
    """Figures are the same for everybody, so only those who look after the whole register enter them."""
    return scope.at(None).may_write


def _may_enter(request: HttpRequest) -> Scope:
    scope = scope_of(request.user)
    if not _writes(scope):
        raise PermissionDenied
    return scope
