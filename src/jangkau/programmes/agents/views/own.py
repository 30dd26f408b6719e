"""An agent's own pages, made for a phone: who has to pay, who is about to stop, a new recruit, what may be owed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from jangkau.core.kernel import JangkauError, Month
from jangkau.core.rules import evaluate
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.actions import enter_recruit
from jangkau.programmes.agents.forms import RecruitForm
from jangkau.programmes.agents.models import Agent
from jangkau.programmes.agents.presenters.statements import basis, silent_after, silent_since, statement
from jangkau.programmes.agents.views.pages import number_in
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.queries import measured_on
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.figures import month as month_words

MONTHS_SHOWN = 12


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """The own portfolio: due this month, about to lapse, or all."""
    agent, scope = _own(request)
    as_of = measured_on()
    month = Month.of(as_of or timezone.localdate())
    lists = {
        "due": queries.due(scope, agent, month.first_day),
        "risk": queries.about_to_lapse(scope, agent, month.first_day),
        "all": queries.recruits(scope, agent),
    }
    words = {"due": gettext("Harus membayar"), "risk": gettext("Hampir berhenti"), "all": gettext("Semua")}
    shown = request.GET.get("tampil", "due")
    shown = shown if shown in lists else "due"
    notes = {
        "due": gettext("Iuran %(month)s belum dibayar; jatuh tempo %(day)s")
        % {"month": month_words(month.first_day), "day": _due_on(month)},
        "risk": gettext("Dua atau tiga bulan belum dibayar; setelah itu tidak terlindungi lagi"),
        "all": gettext("Semua anggota, yang terakhir masuk dahulu"),
    }
    context = {
        "agent": agent,
        "shown": shown,
        "tabs": [(name, words[name], found.order_by().count()) for name, found in lists.items()],
        "page": queries.page_of(lists[shown], number_in(request, "sesudah")),
        "note": notes[shown],
        "silent": as_of and queries.silent(scope, silent_since(as_of)).filter(pk=agent.pk).exists(),
        "silent_after": silent_after(as_of) if as_of else None,
        "as_of": as_of,
    }
    return _private(render(request, "agents/own.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def recruit(request: HttpRequest) -> HttpResponse:
    """A new recruit of one's own."""
    agent, scope = _own(request)
    today = timezone.localdate()
    form = RecruitForm(request.POST or None, initial={"registered_on": today}, label_suffix="")
    if form.is_valid():
        try:
            enter_recruit(scope, agent, form.cleaned_data, today=today, by=scope.user)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, gettext("Anggota baru dicatat."))
            return redirect("agents_own")
    return _private(render(request, "agents/own_form.html", {"form": form, "title": gettext("Anggota baru")}))


@require_safe
def incentives(request: HttpRequest) -> HttpResponse:
    """What may be owed for the last months."""
    agent, scope = _own(request)
    entered = list(queries.rates(scope))
    told = [statement(agent, month, entered) for month in queries.months(scope, agent)[:MONTHS_SHOWN]]
    return render(request, "agents/own_incentives.html", {"statements": [(one, basis(one)) for one in told]})


def _own(request: HttpRequest) -> tuple[Agent, Scope]:
    """The agent whose account asks."""
    scope = scope_of(request.user)
    agent = queries.own_agent(scope)
    if agent is None:
        raise Http404
    return agent, scope


def _due_on(month: Month) -> str:
    found = evaluate("due_date", {"segment": "bpu", "month": str(month)}).values["due_on"]
    return day(found)  # type: ignore[arg-type]  # a day, as the rule says


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
