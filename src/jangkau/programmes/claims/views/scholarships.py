"""Scholarships that are due in a school year, and families to be asked for their children."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.rules.scholarships import school_year_of
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.scholarships import claim_scholarships, end_scholarship, name_child
from jangkau.programmes.claims.forms import ChildForm
from jangkau.programmes.claims.models import Child
from jangkau.programmes.claims.presenters.scholarships import scholarships_book
from jangkau.programmes.claims.queries.scholarships import due_children, families_to_ask
from jangkau.programmes.claims.states import ENDED, KIND, LEVELS, PERSON
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.models import Case
from jangkau.registry.people.views import done, download

ON_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is due in a school year: this one, or the one before."""
    scope, year = scope_of(request.user), _year(request)
    lines = due_children(scope, year)
    page = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    families = families_to_ask(scope)
    context = {
        "year": year,
        "this_year": school_year_of(timezone.localdate()),
        "before": year - 1,
        "page": page,
        "lines": list(page),
        "due": sum(line.due is not None for line in lines),
        "rupiah": sum(line.due.amount for line in lines if line.due),
        "families": families[:ON_A_PAGE],
        "to_ask": len(families),
        "levels": LEVELS,
        "may_write": scope.may_write,
    }
    response = render(request, "claims/scholarships.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _year(request: HttpRequest) -> int:
    now = school_year_of(timezone.localdate())
    asked = request.GET.get("tahun", "") or request.POST.get("tahun", "")
    return int(asked) if asked.isdecimal() and now - 10 <= int(asked) <= now else now


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Claims the scholarships of the ticked children."""
    scope, year = scope_of(request.user), _year(request)
    chosen = [int(number) for number in request.POST.getlist("child") if number.isdecimal()]
    levels = {number: request.POST.get(f"level-{number}", "") for number in chosen}

    def work() -> str:
        count = claim_scholarships(scope, year, levels, on=timezone.localdate(), by=scope.user)
        return _("Beasiswa %(n)s anak diklaim.") % {"n": count}

    done(request, work)
    return redirect(f"{reverse('scholarships')}?tahun={year}")


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """What is due in a school year, as a workbook."""
    scope, year = scope_of(request.user), _year(request)
    lines = due_children(scope, year)
    record_look(by=scope.user, action="scholarships_downloaded", subject=KIND, year=year, rows=len(lines))
    return download(scholarships_book(lines, year), f"beasiswa-{year}-{year + 1}.xlsx")


@require_POST
def add_child(request: HttpRequest, number: int) -> HttpResponse:
    """Names a child on a claim."""
    scope = scope_of(request.user)
    case = queries.claims(scope).filter(pk=number, subject_kind=PERSON).first()
    if case is None:
        raise Http404
    form = ChildForm(request.POST, levels=list(LEVELS.items()))
    if form.is_valid():
        done(request, lambda: _named(scope, case, form))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("desk", number=case.subject_id)


def _named(scope: Scope, case: Case, form: ChildForm) -> str:
    name_child(scope, case, **form.cleaned_data, by=scope.user)
    return _("Anak didata; beasiswanya muncul di daftar tahun ajaran.")


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """No scholarship for a child any more."""
    scope = scope_of(request.user)
    child = Child.objects.filter(scope.where("case__region_id"), pk=number).select_related("case").first()
    if child is None:
        raise Http404
    because = request.POST.get("because", "")

    def work() -> str:
        end_scholarship(scope, child, because, by=scope.user)
        return _("Beasiswa anak ini berakhir: %(why)s.") % {"why": ENDED[because]}

    done(request, work)
    return redirect("desk", number=child.case.subject_id)
