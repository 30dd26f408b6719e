"""Tindak lanjut: what meetings agreed, who is late, and what became of it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.cases import queries
from jangkau.registry.cases.actions import add_paper, report_progress
from jangkau.registry.cases.forms import FollowUpFilterForm, ReportForm
from jangkau.registry.cases.models import FollowUp
from jangkau.registry.cases.presenters.follow_ups import follow_up_view, reminder
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.sheets import table_book
from jangkau.registry.people.views import download

ON_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list, the nearest deadline first."""
    scope, today = scope_of(request.user), timezone.localdate()
    form = FollowUpFilterForm(request.GET, label_suffix="")
    page = Paginator(_narrowed(scope, form, today), ON_A_PAGE).get_page(request.GET.get("page"))
    late = queries.overdue(scope, today)
    context = {
        "filter": form,
        "page": page,
        "follow_ups": [follow_up_view(item, today) for item in page],
        "late": late.count(),
        "reminder": reminder(late[:20], today),
        "any": queries.follow_ups(scope).exists(),
    }
    return render(request, "cases/follow_ups.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """What the filter shows, as a workbook."""
    scope, today = scope_of(request.user), timezone.localdate()
    found = _narrowed(scope, FollowUpFilterForm(request.GET, label_suffix=""), today)
    columns = [
        (_("Kesepakatan"), 60), (_("Penanggung jawab"), 30), (_("Batas waktu"), 14), (_("Keadaan"), 18),
        (_("Ukuran"), 40), (_("Rapat"), 30), (_("Disepakati"), 14),
    ]  # fmt: skip
    views = (follow_up_view(item, today) for item in found.iterator())
    rows = (
        (v.item.text, v.owner, v.item.due_on, v.state, v.item.indicator, v.item.series, v.item.agreed_on) for v in views
    )
    return download(table_book(_("Tindak lanjut"), day(today), columns, rows), f"tindak-lanjut-{today}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One point: what was agreed, what was told since, and telling more."""
    scope, today = scope_of(request.user), timezone.localdate()
    item = get_object_or_404(queries.follow_ups(scope), pk=number)
    form = ReportForm(request.POST or None, request.FILES or None, initial={"on": today}, label_suffix="")
    if form.is_valid():
        told = form.cleaned_data
        try:
            require_write(scope)
            sent = told["paper"]
            paper = add_paper(sent.name, sent.read(), region=item.region_id, by=scope.user) if sent else None
            report_progress(number, told["text"], state=told["state"], on=told["on"], paper=paper, by=scope.user)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, _("Laporan disimpan."))
            return redirect("follow_up", number=number)
    context = {
        "view": follow_up_view(item, today),
        "reports": item.reports.select_related("told_by", "paper").order_by("-pk"),
        "form": form,
        "may_write": scope.at(item.region_id).may_write and item.state == FollowUp.State.OPEN,
    }
    return render(request, "cases/follow_up.html", context)


def _narrowed(scope: Scope, form: FollowUpFilterForm, today: date) -> QuerySet[FollowUp]:
    told = form.cleaned_data if form.is_valid() else {}
    state = told.get("state") or ""
    if state == "late":
        found = queries.overdue(scope, today)
    elif state in FollowUp.State.values:
        found = queries.follow_ups(scope).filter(state=state)
    else:
        found = queries.follow_ups(scope).filter(state=FollowUp.State.OPEN)
    if state == "mine" and scope.user:
        found = found.filter(queries.belonging_to(scope.user.pk, scope.user.agency))
    words = told.get("q")
    return found.filter(Q(text__icontains=words) | Q(owner_name__icontains=words)) if words else found
