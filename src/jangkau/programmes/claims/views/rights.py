"""Hak yang belum diklaim: members who died while covered, what the family may expect, claims opened on it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.opening import open_on_deaths
from jangkau.programmes.claims.presenters.claims import drop_words
from jangkau.programmes.claims.presenters.entitlement import HEIRS, STANDING, on_death
from jangkau.programmes.claims.states import DEATHS, KIND, PAPERS, STAGES
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.sheets import table_book
from jangkau.registry.people.views import done, download

ON_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The newest deaths first; those without a claim unless all are asked for."""
    scope = scope_of(request.user)
    found = queries.rights(scope)
    waiting = found.filter(~found["person_id"].is_in(list(queries.claimed(scope, DEATHS))))
    shown = found if request.GET.get("all") else waiting
    page = Paginator(shown["person_id"].to_list(), ON_A_PAGE).get_page(request.GET.get("page"))
    first = page.start_index() - 1 if page.paginator.count else 0
    context = {
        "page": page,
        "rows": [
            (each, on_death(each.right), STANDING[each.right["state"]], drop_words(each.given_up))
            for each in queries.unclaimed(scope, shown.slice(first, ON_A_PAGE))
        ],
        "waiting": waiting.height,
        "any": found.height,
        "all": bool(request.GET.get("all")),
        "undated": queries.undated(scope).count(),
        "results": queries.results(scope),
        "papers": "; ".join(str(words) for words in PAPERS["jkm"].values()),
        "heirs": HEIRS,
        "may_write": scope.may_write,
    }
    return render(request, "claims/index.html", context)


@require_POST
def open_many(request: HttpRequest) -> HttpResponse:
    """Opens claims for those that are ticked."""
    scope = scope_of(request.user)
    chosen = [int(text) for text in request.POST.getlist("person")[:ON_A_PAGE] if text.isdigit()]

    def work() -> str:
        opened = open_on_deaths(scope, chosen, on=timezone.localdate(), by=scope.user)
        return _("%(n)s klaim dibuka. Dampingi keluarganya dari papan klaim.") % {"n": opened}

    done(request, work)
    return redirect("rights")


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Everybody who died while covered, with what the family may expect."""
    scope = scope_of(request.user)
    columns = [
        (_("Nama"), 30), ("NIK", 20), (_("Desa"), 22), (_("Kecamatan"), 22), (_("Meninggal"), 12), (_("Segmen"), 10),
        (_("Terlindungi sejak"), 14), (_("Kepesertaan pada hari itu"), 40), (_("Perkiraan santunan"), 16),
        (_("Klaim"), 20), (_("Klaim tidak dilanjutkan"), 40),
    ]  # fmt: skip
    rows = [
        (
            each.person.name, each.person.masked_nik, each.person.village.name if each.person.village else None,
            each.person.district.name if each.person.district else None, each.right["event_on"], each.right["segment"],
            each.right["first_covered_on"], str(STANDING[each.right["state"]]), on_death(each.right).total,
            str(STAGES[each.case.state].label) if each.case else _("belum"), drop_words(each.given_up),
        )
        for each in queries.unclaimed(scope, queries.rights(scope))
    ]  # fmt: skip
    record_look(by=scope.user, action="rights_downloaded", subject=KIND, rows=len(rows))
    today = timezone.localdate()
    return download(table_book(_("Hak kematian"), day(today), columns, rows), f"hak-kematian-{today}.xlsx")
