"""Laporan: ask for a report, watch it being made, download it; the letterhead it is written on."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.cases.actions import save_letterhead
from jangkau.registry.cases.presenters.cases import agency_words
from jangkau.registry.cases.queries import letterhead as letterhead_of
from jangkau.registry.cases.queries import letterhead_agency
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.presenters.sent import job_view
from jangkau.registry.lists.queries import days_measured, regions
from jangkau.web.reports import queries
from jangkau.web.reports.actions import Wanted, ask_for_report
from jangkau.web.reports.forms import LetterheadForm, ReportForm
from jangkau.web.reports.presenters.files import made_files
from jangkau.web.reports.tasks import start

REPORTS_ON_A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The form, and the reports made so far."""
    scope = scope_of(request.user)
    here = request.GET.get("region") or regions.home_code(scope)
    form = ReportForm(
        request.POST or None,
        places=regions.choices(scope, here) if _is_region(here) else regions.choices(scope, regions.home_code(scope)),
        days=days_measured(),
        label_suffix="",
        initial={"region": here, "dated_on": timezone.localdate()},
    )
    if form.is_valid():
        try:
            ask_for_report(scope, _wanted(form), take_number=form.cleaned_data["take_number"], start=start)
            return redirect("reports")
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
    page = Paginator(queries.reports(scope), REPORTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "reports": [(report, job_view(report.job), made_files(report)) for report in page],
        "days": days_measured(),
        "may_write": scope.may_write,
        "letterhead": letterhead_of(regions.home_code(scope)),
    }
    return render(request, "reports/index.html", context)


def _is_region(code: str) -> bool:
    try:
        regions.place(code)
    except JangkauError:
        return False
    return True


def _wanted(form: ReportForm) -> Wanted:
    told = form.cleaned_data
    return Wanted(
        kind=told["kind"],
        code=told["region"],
        on=date.fromisoformat(told["on"]),
        audience=told["audience"],
        bundle=told["bundle"],
        dated_on=told["dated_on"],
    )


@require_safe
def download(request: HttpRequest, number: int, name: str) -> FileResponse:
    """One file of a report."""
    report = get_object_or_404(queries.reports(scope_of(request.user)), pk=number)
    if name not in [file for file, _size in report.files]:
        raise Http404
    content = seal.content_of(store.report_folder(report.pk) / name)
    return FileResponse(BytesIO(content), as_attachment=True, filename=name)


@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """The letterhead of one's own area and agency."""
    scope = scope_of(request.user)
    code = regions.home_code(scope)
    agency = letterhead_agency(scope.user.agency if scope.user else "")
    form = LetterheadForm(request.POST or None, instance=letterhead_of(code, agency), label_suffix="")
    if form.is_valid():
        try:
            save_letterhead(scope, code, form.cleaned_data, agency=agency)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, _("Kop surat disimpan."))
            return redirect("reports")
    context = {"form": form, "place": regions.place(code), "may_write": scope.may_write, "agency": agency_words(agency)}
    return render(request, "reports/letterhead.html", context)
