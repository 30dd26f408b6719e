"""Perusahaan: which employers must still come in, what shows it, and opening cases on it."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.programmes.compliance import queries
from jangkau.programmes.compliance.actions import open_on
from jangkau.programmes.compliance.forms import EmployerFilterForm
from jangkau.programmes.compliance.presenters.debts import class_words
from jangkau.programmes.compliance.presenters.findings import findings, sources, wage_warning
from jangkau.programmes.compliance.queries.arrears import classes_on, in_class
from jangkau.programmes.compliance.states import EMPLOYER, KIND, TOPICS
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope, scope_of, taken_out
from jangkau.registry.cases import queries as cases
from jangkau.registry.cases.models import Case
from jangkau.registry.cases.presenters.cases import case_view
from jangkau.registry.lists.queries import measured_on
from jangkau.registry.people.models import Employer
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.sheets import table_book
from jangkau.registry.people.views import done, download

ON_A_PAGE = 50
ANSWERS_TOLD = 10  # the next come when these had their step


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list, the most workers affected first."""
    scope, today = scope_of(request.user), timezone.localdate()
    form = EmployerFilterForm(request.GET, label_suffix="")
    page = Paginator(_narrowed(scope, form), ON_A_PAGE).get_page(request.GET.get("page"))
    held = queries.open_cases_on(scope, [employer.pk for employer in page])
    counts, classes, wages = queries.counts_by_finding(scope), classes_on(_day()), scope.sees(Column.WAGE)
    context = {
        "filter": form,
        "page": page,
        "rows": [(firm, findings(firm, _day(), held.get(firm.pk, {}), wages=wages)) for firm in page],
        "counts": [(code, TOPICS[code], *counts[code]) for code in TOPICS],
        "short": queries.falling_short(scope).count(),
        "any": queries.employers(scope).exists(),
        "results": queries.results(scope, date(today.year, 1, 1)),
        "year": str(today.year),
        "classes": {employer.pk: class_words(classes, employer.arrears_months) for employer in page},
        "unanswered": list(queries.unanswered(scope)[:ANSWERS_TOLD]),
        "may_write": scope.may_write,
    }
    return render(request, "compliance/index.html", context)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One employer: every finding with its evidence, the lists that name it, its cases."""
    scope = scope_of(request.user)
    employer = get_object_or_404(queries.employers(scope), pk=number)
    held = queries.open_cases_on(scope, [number]).get(number, {})
    wages = scope.sees(Column.WAGE)
    told, warning = findings(employer, _day(), held, wages=wages), wage_warning(employer, _day(), wages=wages)
    today = timezone.localdate()
    context = {
        "employer": taken_out(scope.user, employer),
        "findings": told,
        "warning": warning,
        "sources": sources(employer, queries.source_lists(scope, employer), wages=wages),
        "cases": [case_view(case, today) for case in cases.cases_on(scope, EMPLOYER, [number]).filter(kind=KIND)],
        "as_of": measured_on(),
        "arrears_class": class_words(classes_on(_day()), employer.arrears_months),
        "may_open": scope.at(employer.village_id).may_write and any(finding.case is None for finding in told),
    }
    return render(request, "compliance/employer.html", context)


@require_POST
def open_many(request: HttpRequest) -> HttpResponse:
    """Opens cases on the findings of one or many employers."""
    scope = scope_of(request.user)
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "employers"
    chosen = [int(text) for text in request.POST.getlist("employer")[:ON_A_PAGE] if text.isdigit()]
    topics = request.POST.getlist("topic") or list(TOPICS)

    def work() -> str:
        opened, known = open_on(scope, chosen, topics, on=timezone.localdate(), by=scope.user)
        said = _("%(n)s perkara dibuka; %(known)s temuan sudah punya perkara.")
        return said % {"n": opened, "known": known - opened}

    done(request, work)
    return redirect(back)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """What the filter shows, as a workbook."""
    scope, today = scope_of(request.user), timezone.localdate()
    found, classes = _narrowed(scope, EmployerFilterForm(request.GET, label_suffix="")), classes_on(_day())
    columns = [
        (_("Perusahaan"), 40), ("NPP", 14), ("NIB", 18), (_("Desa"), 22), (_("Kecamatan"), 22), (_("Skala"), 16),
        (_("Pekerja ditemukan"), 12), (_("Pekerja terdaftar"), 12), (_("Pekerja terdampak"), 12), (_("Temuan"), 40),
        (_("Bulan tunggakan"), 12), (_("Nilai tunggakan"), 16), (_("Kelas piutang"), 16),
    ]  # fmt: skip
    rows = (
        (
            firm.name, firm.npp, firm.nib, firm.village.name if firm.village else "",
            firm.district.name if firm.district else "", firm.scale, firm.workers_found, firm.workers_registered,
            firm.affected, "; ".join(str(TOPICS[code]) for code in firm.finding.split("|") if code in TOPICS),
            firm.arrears_months, firm.arrears, class_words(classes, firm.arrears_months),
        )
        for firm in found.iterator()
    )  # fmt: skip
    return download(table_book(_("Perusahaan"), day(_day()), columns, rows), f"perusahaan-{today}.xlsx")


def _day() -> date:
    return measured_on() or timezone.localdate()


def _narrowed(scope: Scope, form: EmployerFilterForm) -> QuerySet[Employer]:
    told = form.cleaned_data if form.is_valid() else {}
    found = queries.employers(scope) if told.get("finding") == "all" else queries.falling_short(scope)
    if told.get("finding") in TOPICS:
        found = queries.with_finding(found, told["finding"])
    if told.get("arrears_class"):
        classes, name = classes_on(_day()), told["arrears_class"]
        found = in_class(found, classes, name) if name in classes.ranges else found.none()
    if told.get("case"):
        held = Exists(Case.objects.filter(kind=KIND, subject_kind=EMPLOYER, subject_id=OuterRef("pk"), ended=False))
        found = found.filter(held if told["case"] == "open" else ~held)
    words = told.get("q")
    return found.filter(Q(name__icontains=words) | Q(nib=words) | Q(npp=words)) if words else found
