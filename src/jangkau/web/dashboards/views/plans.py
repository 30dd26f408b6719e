"""Rencana: what would it cost, and where first? As a page, as the part that htmx asks for, or as an annex."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.presenters import shares
from jangkau.registry.lists.queries import regions as about
from jangkau.registry.people.views import download
from jangkau.web.dashboards.forms.plans import PlanForm
from jangkau.web.dashboards.presenters.calculators import SECTION_TITLES, beside
from jangkau.web.dashboards.presenters.calculators.workbook import answer_workbook
from jangkau.web.dashboards.presenters.plan import PlanAnswer, Village, plan_answer, sector_word
from jangkau.web.dashboards.views.pages import chosen_day


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    scope, on = scope_of(request.user), chosen_day(request)
    home = about.home_code(scope)
    asked = "months" in request.GET  # the pickers above the page send a region and a day alone
    form = PlanForm(
        request.GET if asked else None,
        regions=[(place.code, place.title) for place in about.choices(scope, request.GET.get("region") or home)],
        initial={"first_covered_on": timezone.localdate(), "region": request.GET.get("region") or home},
    )
    found = None
    if form.is_valid():
        try:
            found = _planned(scope, on, form)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
    if found and "workbook" in request.GET:
        return download(_annex(form, on, found), "jangkau-rencana.xlsx")
    context = {
        "calculators": beside("simulations"),
        "section": "simulations",
        "section_title": SECTION_TITLES["simulations"],
        "form": form,
        "plan": found,
        "answer": found and found.answer,
        "on": on,
    }
    part = "_plan" if request.htmx else "plan"  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return render(request, f"dashboards/{part}.html", context)


def _planned(scope: Scope, on: date, form: PlanForm) -> PlanAnswer:
    facts = about.facts(scope, form.cleaned_data["region"], on)
    now = shares.standing(facts)
    villages = {place.code: Village(place.title, facts.names.get(place.parent, "")) for place in facts.villages}
    return plan_answer(form.cleaned_data, facts.cube, (now.workers, now.covered), villages)


def _annex(form: PlanForm, on: date, found: PlanAnswer) -> bytes:
    """The villages of the plan first, then how it was computed and what was asked."""
    headers = (
        gettext("No."),
        gettext("Kode"),
        gettext("Kecamatan"),
        gettext("Desa"),
        gettext("Pekerjaan"),
        gettext("Orang"),
        gettext("Harga"),
        gettext("Orang sampai di sini"),
        gettext("Harga sampai di sini"),
    )
    rows = [
        (number, row.code, row.village.district, row.village.name, sector_word(row.sector), row.people, row.price,
         row.people_so_far, row.price_so_far)
        for number, row in enumerate(found.rows, 1)
    ]  # fmt: skip
    asked = [(str(field.label), str(field.data or "")) for field in form]
    asked.append((gettext("Keadaan menurut nama pada"), on.isoformat()))
    return answer_workbook(
        gettext("Rencana perlindungan"), asked, found.answer, table=(gettext("Rencana"), headers, rows)
    )
