"""What villages report, matched to members who have not claimed; the workbook out and in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.claims.actions.reports import keep_reports
from jangkau.programmes.claims.forms import ReportBookForm
from jangkau.programmes.claims.presenters.reports import empty_book, refused_book, report_lines, reports_book, rows_of
from jangkau.programmes.claims.queries import reports as queries
from jangkau.programmes.claims.states import KIND
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.people.presenters.figures import people
from jangkau.registry.people.views import download

ON_A_PAGE, LARGEST = 50, 20 * 2**20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The reports, newest first, or those of members without a claim, the one that expires first above."""
    scope, today = scope_of(request.user), timezone.localdate()
    number, waiting = request.GET.get("page"), bool(request.GET.get("waiting"))
    if waiting:
        lines = report_lines(queries.told(scope, list(queries.without_claim(scope))), today)
        owed = [line for line in lines if line[1]]
        owed.sort(key=lambda line: line[0].file_by or date.max)
        page: Page[Any] = Paginator(owed, ON_A_PAGE).get_page(number)
        rows = list(page)
    else:
        page = Paginator(queries.reports(scope), ON_A_PAGE).get_page(number)
        rows = report_lines(queries.told(scope, list(page)), today)
    context = {
        "page": page,
        "rows": rows,
        "waiting": waiting,
        "form": ReportBookForm(label_suffix=""),
        "may_write": scope.may_write,
    }
    response = render(request, "claims/reports.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    """The empty workbook; it holds nobody."""
    return download(empty_book(), "laporan-kejadian.xlsx")


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """All reports as a workbook."""
    scope = scope_of(request.user)
    found = queries.told(scope, list(queries.reports(scope)))
    record_look(by=scope.user, action="reports_downloaded", subject=KIND, rows=len(found))
    today = timezone.localdate()
    return download(reports_book(found, today), f"laporan-kejadian-{today}.xlsx")


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Keeps the lines of a workbook; those that cannot be read come back as a workbook with the reason."""
    scope = scope_of(request.user)
    form = ReportBookForm(request.POST, request.FILES)
    sent = form.cleaned_data["book"] if form.is_valid() else None
    if sent is None or sent.size > LARGEST:
        messages.error(request, _("Pilih buku kerja yang tidak lebih besar dari 20 MB."))
        return redirect("event_reports")
    try:
        rows = rows_of(sent.read(), scope, timezone.localdate())
        kept = keep_reports(scope, rows, by=scope.user)
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("event_reports")
    said = _("%(n)s laporan baru, %(known)s sudah ada, %(matched)s orangnya dikenal.")
    told = {"n": people(kept.fresh), "known": people(kept.known), "matched": people(kept.matched)}
    messages.success(request, said % told)
    wrong = [row for row in rows if row.wrong]
    if wrong:
        messages.warning(
            request, _("%(n)s baris belum diterima; perbaiki di buku kerja yang terunduh.") % {"n": len(wrong)}
        )
        return download(refused_book(wrong), "laporan-kejadian-perbaiki.xlsx")
    return redirect("event_reports")
