"""Home, a region, its outlines and its workbook, the calculators: parse the request, check the area, ask, present."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.agents.queries import own_agent
from jangkau.programmes.compliance.queries import own_employer
from jangkau.programmes.outreach.queries import visits
from jangkau.registry.access.models import Permission
from jangkau.registry.access.permissions import Scope, scope_for, scope_of
from jangkau.registry.access.queries import glass_unseen, last_change
from jangkau.registry.cases.queries import cases
from jangkau.registry.lists.models import State
from jangkau.registry.lists.presenters.shares import villages
from jangkau.registry.lists.queries import days_measured, lists, measured_at
from jangkau.registry.lists.queries import regions as about
from jangkau.registry.lists.queries.pairs import pairs_waiting
from jangkau.registry.lists.views.days import chosen_day
from jangkau.registry.people.queries import official_figures
from jangkau.registry.people.views import download
from jangkau.web.dashboards import queries
from jangkau.web.dashboards.presenters import Frame, HomePage, RegionPage, home_page, region_page
from jangkau.web.dashboards.presenters.calculators import CALCULATORS, SECTION_TITLES, beside
from jangkau.web.dashboards.presenters.calculators.workbook import answer_workbook
from jangkau.web.dashboards.presenters.steps import waiting_steps
from jangkau.web.dashboards.presenters.workbook import region_workbook as workbook_bytes

SECTIONS = {
    "home": "home",
    "region": "regions",
    "definitions": "home",
    "region_villages": "regions",
    "region_slices": "slices",
    "lists": "lists",
    "list_detail": "lists",
    "list_difference": "lists",
    "list_understood": "lists",
    "list_outcome": "lists",
    "list_cleaning": "lists",
    "list_change": "lists",
    "pairs": "pairs",
    "pairs_group": "pairs",
    "rulings": "pairs",
    "people": "people",
    "person": "people",
    "person_nik": "people",
    "person_merge": "people",
    "village_people": "regions",
    "village_people_workbook": "regions",
    "employers": "employers",
    "employer": "employers",
    "employer_accounts": "employers",
    "arrears": "employers",
    "agenda": "agenda",
    "letter_runs": "cases",
    "follow_ups": "follow_ups",
    "follow_up": "follow_ups",
    "works": "works",
    "work": "works",
    "work_new": "works",
    "work_gaps": "works",
    "work_budget": "works",
    "work_builders": "works",
    "agents": "agents",
    "agents_villages": "agents",
    "agents_names": "agents",
    "agent": "agents",
    "agent_add": "agents",
    "agent_change": "agents",
    "agent_recruit": "agents",
    "agent_incentives": "agents",
    "agents_rates": "agents",
    "agent_account": "agents",
    "agents_own": "agents",
    "agents_own_recruit": "agents",
    "agents_own_incentives": "agents",
    "agents_signals": "agents",
    "agents_signal": "agents",
    "schemes": "subsidy",
    "scheme": "subsidy",
    "scheme_new": "subsidy",
    "scheme_change": "subsidy",
    "scheme_leavers": "subsidy",
    "subsidy_ending": "subsidy",
    "nominees": "subsidy",
    "decree": "subsidy",
    "batch": "subsidy",
    "desk": "rights",
    "claim_lines": "rights",
    "event_reports": "rights",
    "scholarships": "rights",
    "claims": "claims",
    "claims_calculator": "claims",
    "simulations": "simulations",
    "simulations_calculator": "simulations",
    "plan": "simulations",
    "official": "settings",
    "official_add": "settings",
    "official_upload": "settings",
    "reports": "reports",
    "report_letterhead": "reports",
    "columns": "privacy",
    "user": "users",
    "data_request": "people",
}
OF_CASES = {"compliance": "cases", "claims": "rights", "data_request": "people"}  # kind of case -> entry of the menu


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Beranda of the whole register, or of the district that was picked."""
    scope = scope_of(request.user)
    if not scope.areas and own_agent(scope):
        return redirect("agents_own")
    if not scope.areas and own_employer(scope):
        return redirect("employer_own")
    code = allowed(scope, request.GET.get("region") or about.home_code(scope))
    if about.place(code).level == "village":
        return redirect("region", code)
    on = chosen_day(request)
    today = timezone.localdate()

    def made() -> HomePage:
        return home_page(about.facts(scope, code, on), official_figures(), waiting_steps(scope, code, today))

    version = f"{_version(scope, code, on)}|{today}"
    return render(request, "dashboards/home.html", {"page": SimpleLazyObject(made), "version": version})


@require_safe
def regions(request: HttpRequest) -> HttpResponseRedirect:
    """Goes on to the region that was picked."""
    code = request.GET.get("region") or about.home_code(scope_of(request.user))
    page = "region_slices" if request.GET.get("page") == "slices" else "region"
    kept = {name: request.GET[name] for name in ("on", "by") if request.GET.get(name)}
    return redirect(reverse(page, args=[code]) + ("?" + urlencode(kept) if kept else ""))


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A regency, a district or a village."""
    scope = scope_of(request.user)
    code, on = allowed(scope, code), chosen_day(request)

    def made() -> RegionPage:
        facts = about.facts(scope, code, on)
        if facts.place.level == "village":
            facts = replace(facts, visits=visits(scope, facts.place.code, facts.on))
        return region_page(facts, official_figures())

    return render(
        request, "dashboards/region.html", {"page": SimpleLazyObject(made), "version": _version(scope, code, on)}
    )


@require_safe
def region_villages(request: HttpRequest, code: str) -> HttpResponse:
    """All villages of a region: the table of its map, on a page of its own because it is long."""
    scope = scope_of(request.user)
    facts = about.facts(scope, allowed(scope, code), chosen_day(request))
    context = {"place": facts.place, "ancestors": facts.ancestors, "on": facts.on, "rows": villages(facts)}
    return render(request, "dashboards/villages.html", context)


@require_safe
def region_workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The tables of a region as a workbook."""
    scope = scope_of(request.user)
    facts = about.facts(scope, allowed(scope, code), chosen_day(request))
    name = f"jangkau-{code}-{facts.on.isoformat()}.xlsx"
    return download(workbook_bytes(region_page(facts)), name)


@require_safe
def map_shapes(request: HttpRequest) -> HttpResponse:
    """Outlines of the villages in a region; they change seldom, so the browser keeps them for an hour."""
    scope = scope_of(request.user)
    code = allowed(scope, request.GET.get("region") or about.home_code(scope))
    answer = HttpResponse(queries.map_shapes(scope, code), content_type="application/geo+json")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: HttpRequest, section: str, name: str = "") -> HttpResponse:
    """A form and its answer: as a page, as the part that htmx asks for while somebody types, or as a workbook."""
    found = CALCULATORS.get((section, name)) if name else beside(section)[0]
    if found is None:
        raise Http404
    typed = request.POST if request.method == "POST" else request.GET
    today = timezone.localdate()
    form = found.form(typed or None, initial={"month": f"{today:%Y-%m}", "first_covered_on": today, "year": today.year})
    answer = None
    if form.is_valid():
        try:
            answer = found.answer(form.cleaned_data)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
    if answer and "workbook" in typed:
        asked = [(str(field.label), str(field.data or "")) for field in form]
        return download(answer_workbook(str(found.title), asked, answer), f"jangkau-{found.name}.xlsx")
    context = {
        "calculator": found,
        "calculators": beside(section),
        "section_title": SECTION_TITLES[section],
        "form": form,
        "answer": answer,
    }
    part = "_answer" if request.htmx else "calculator"  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return render(request, f"dashboards/{part}.html", context)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context of every page for somebody signed in: pickers and the counts in the menu."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    scope = scope_of(request.user)
    match = request.resolver_match
    code = (match.kwargs.get("code") if match else None) or request.GET.get("region") or about.home_code(scope)
    keeping = scope_for(request.user, Permission.ADMINISTER_USERS)
    return {
        "frame": Frame(
            section=_section(match, scope) if match else "",
            region=code,
            regions=about.choices(scope, code),
            on=chosen_day(request),
            days=tuple(days_measured()),
            lists_waiting=lists(scope_for(request.user, Permission.LISTS)).filter(state=State.READ).count(),
            pairs_waiting=pairs_waiting(scope_for(request.user, Permission.PEOPLE)),
            administers=bool(keeping.areas),
            audits=bool(scope_for(request.user, Permission.READ_AUDIT).areas),
            glass_unseen=glass_unseen(keeping).count() if keeping.areas else 0,
        )
    }


def _version(scope: Scope, code: str, on: date) -> str:
    """What is written out for a region stays as long as this does: nothing was done since, nothing measured, and it is
    the same day, of which deadlines are told."""
    reader = "" if scope.allows(None) or scope.user is None else str(scope.user.pk)  # sees the lists they sent, too
    days = (str(on), str(timezone.localdate()))
    return "|".join((code, *days, get_language() or "", *scope.areas, reader, str(last_change()), measured_at(on)))


def _section(match: ResolverMatch, scope: Scope) -> str:
    """The entry of the menu: rooms of the programmes name their addresses after it (outreach, outreach_event)."""
    name, given = match.url_name or "", match.kwargs
    if name not in ("cases", "case", "case_step"):
        return SECTIONS.get(name) or name.partition("_")[0]
    kind = given.get("kind") or cases(scope).filter(pk=given["number"]).values_list("kind", flat=True).first()
    return OF_CASES.get(kind or "", "")


def allowed(scope: Scope, code: str) -> str:
    """The code, when it is a region and inside the scope."""
    try:
        place = about.place(code)
    except JangkauError as error:
        raise Http404(str(error)) from error
    if not scope.allows(place.code) or not place.code.startswith(settings.JANGKAU_AREA):
        raise PermissionDenied
    return place.code
