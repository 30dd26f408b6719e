"""Perisai: who recruits, and do their members stay? Agents, villages, one agent with portfolio, workbooks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.models import Standing
from jangkau.programmes.agents.presenters.books import agents_workbook, portfolio_workbook, villages_book
from jangkau.programmes.agents.presenters.curves import curve_view
from jangkau.programmes.agents.presenters.maps import recruits_map
from jangkau.programmes.agents.presenters.statements import silent_after, silent_since
from jangkau.programmes.agents.views.finding import agent_and_scope, complain
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import require_write, scope_of
from jangkau.registry.lists.forms import RevealForm
from jangkau.registry.lists.queries import measured_on
from jangkau.registry.people.models import RegionShape
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.views import download


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All agents, the best at keeping members first."""
    scope = scope_of(request.user)
    order = request.GET.get("urut", "kept")
    order = order if order in queries.ORDERS else "kept"
    office, year = number_in(request, "kantor"), number_in(request, "tahun")
    as_of = measured_on()
    context = {
        "silent": queries.silent(scope, silent_since(as_of)).order_by("last_active_month", "pk")[:10] if as_of else [],
        "silent_count": queries.silent(scope, silent_since(as_of)).count() if as_of else 0,
        "silent_after": silent_after(as_of) if as_of else None,
        "totals": queries.totals(scope),
        "page": queries.league(scope, order, office, number_in(request, "sesudah")),
        "order": order,
        "office": office,
        "offices": queries.offices(scope),
        "year": year,
        "years": queries.years_of_enrolment(scope),
        "curve": curve_view(queries.retention(scope, year)),
        "signals": queries.signals(scope).count(),
        "unsure": queries.unsure_names(scope).count(),
        "may_write": scope.may_write,
        "as_of": as_of,
    }
    return render(request, "agents/index.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """All agents as a workbook."""
    scope, on = scope_of(request.user), measured_on()
    note = gettext("Keadaan %(day)s") % {"day": day(on)}
    return download(
        agents_workbook(queries.agents(scope).order_by("office__name", "name", "pk"), note), "jangkau-agen-perisai.xlsx"
    )


@require_safe
def villages(request: HttpRequest) -> HttpResponse:
    """Where recruits live and how many still pay."""
    scope = scope_of(request.user)
    rows = queries.villages(scope)
    context = {
        "villages": rows,
        "map": recruits_map(scope, rows),
        "shapes_official": RegionShape.objects.filter(source=RegionShape.Source.OFFICIAL).exists(),
        "as_of": measured_on(),
    }
    return render(request, "agents/villages.html", context)


@require_safe
def villages_workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    note = gettext("Keadaan %(day)s") % {"day": day(measured_on())}
    return download(villages_book(queries.villages(scope_of(request.user)), note), "jangkau-perisai-desa.xlsx")


@require_safe
def agent(request: HttpRequest, number: int) -> HttpResponse:
    """One agent: figures, and the recruits one may see."""
    found, scope = agent_and_scope(request, number)
    standing, as_of = request.GET.get("keadaan", ""), measured_on()
    context = {
        "agent": found,
        "page": queries.portfolio(scope, found, standing, number_in(request, "sesudah")),
        "standing": standing,
        "standings": Standing.choices,
        "names": found.written_names.order_by("name"),
        "signals": queries.signals(scope).filter(agent=found).order_by("-confidence", "pk"),
        "months": queries.months(scope, found)[:12],
        "silent": as_of and queries.silent(scope, silent_since(as_of)).filter(pk=number).exists(),
        "silent_after": silent_after(as_of) if as_of else None,
        "may_write": scope.may_write,
        "may_open_account": scope.at(None).may_write,
        "reason": RevealForm(),
        "as_of": as_of,
    }
    response = render(request, "agents/agent.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def portfolio(request: HttpRequest, number: int) -> HttpResponse:
    """The recruits with their whole NIK as a workbook, for a reason that is written down."""
    found, scope = agent_and_scope(request, number)
    reason = RevealForm(request.POST)
    try:
        require_write(scope)
    except JangkauError as error:
        complain(request, error)
        return redirect("agent", number)
    if not reason.is_valid():
        for said in reason.errors.get("because", []):
            messages.error(request, str(said))
        return redirect("agent", number)
    people = list(queries.recruits(scope, found))
    record_look(
        by=scope.user, action="portfolio_taken", subject=f"agent {number}", because=reason.cleaned_data["because"],
        people=len(people),
    )  # fmt: skip
    return download(portfolio_workbook(scope, found, people), f"jangkau-portofolio-{number}.xlsx")


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number in the address, if it is one."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
