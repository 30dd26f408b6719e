"""Members who died on a day nobody knows: their families have no right to look at until somebody asks for it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.asking import SOURCE, ask_for_days
from jangkau.programmes.claims.presenters.reports import undated_book
from jangkau.programmes.claims.states import KIND
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import scope_of, value_for
from jangkau.registry.cases.models import FollowUp
from jangkau.registry.cases.queries import follow_ups
from jangkau.registry.people.presenters.figures import people
from jangkau.registry.people.views import done, download

ON_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Who they are, by village, and whether the village is asked already."""
    scope = scope_of(request.user)
    page = Paginator(queries.undated(scope), ON_A_PAGE).get_page(request.GET.get("page"))
    asked = follow_ups(scope).filter(source_kind=SOURCE, state=FollowUp.State.OPEN)
    context = {
        "page": page,
        "rows": [(person, value_for(scope.user, "paid_until", person.last_paid)) for person in page],
        "asked": dict(asked.filter(region__in=[person.village_id for person in page]).values_list("region", "pk")),
        "may_write": scope.may_write,
    }
    response = render(request, "claims/undated.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The workbook of reports with their names in it, for the villages to fill in the day; whole numbers for who may
    write."""
    scope = scope_of(request.user)
    whole = all(scope.at(area).may_write for area in scope.areas)
    found = list(queries.undated(scope))
    record_look(by=scope.user, action="undated_downloaded", subject=KIND, rows=len(found), masked=not whole)
    return download(undated_book(found, whole=whole), f"meninggal-tanpa-tanggal-{timezone.localdate()}.xlsx")


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Has the villages asked."""
    scope = scope_of(request.user)

    def work() -> str:
        count = ask_for_days(scope, on=timezone.localdate(), by=scope.user)
        return _("%(n)s desa diminta menanyakan harinya; lihat Tindak lanjut.") % {"n": people(count)}

    done(request, work)
    return redirect("rights_undated")
