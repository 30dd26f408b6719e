"""Perisai: agents and recruits entered on a page; who is meant by a name in a list."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.core.linkage.agent_names import office_key
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.actions import (
    add_agent,
    add_office,
    change_agent,
    enter_recruit,
    open_account,
    settle_name,
)
from jangkau.programmes.agents.forms import AccountForm, AgentForm, NewAgentForm, RecruitForm, SettleForm
from jangkau.programmes.agents.models import Office
from jangkau.programmes.agents.views.finding import agent_and_scope, complain
from jangkau.registry.access.permissions import Scope, scope_of

NAMES_SHOWN = 20  # the next come when these are settled
_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """A new agent, perhaps of a new office."""
    scope = scope_of(request.user)
    form = NewAgentForm(request.POST or None, label_suffix="")
    if form.is_valid():
        try:
            agent = _add(scope, form)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            return redirect("agent", agent)
    context = {"form": form, "title": gettext("Agen baru"), "offices": queries.offices(scope)}
    return render(request, "agents/form.html", context)


@transaction.atomic
def _add(scope: Scope, form: NewAgentForm) -> int:
    fields = dict(form.cleaned_data)
    name = fields.pop("office")
    office = Office.objects.filter(key=office_key(name)).first() or add_office(scope, name, by=scope.user)
    return add_agent(scope, office, fields, by=scope.user).pk


@require_http_methods(_BOTH)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Area, contract and state of an agent."""
    agent, scope = agent_and_scope(request, number)
    start = {
        "area_id": agent.area_id if agent.area_told else "", "contract_from": agent.contract_from,
        "contract_until": agent.contract_until, "state": agent.state,
    }  # fmt: skip
    form = AgentForm(request.POST or None, initial=start, label_suffix="")
    if form.is_valid():
        try:
            change_agent(scope, agent, form.cleaned_data, by=scope.user)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, gettext("Disimpan."))
            return redirect("agent", number)
    return render(request, "agents/form.html", {"form": form, "title": agent.name, "agent": agent})


@require_http_methods(_BOTH)
def recruit(request: HttpRequest, number: int) -> HttpResponse:
    """A new recruit of an agent."""
    agent, scope = agent_and_scope(request, number)
    today = timezone.localdate()
    form = RecruitForm(request.POST or None, initial={"registered_on": today}, label_suffix="")
    if form.is_valid():
        try:
            enter_recruit(scope, agent, form.cleaned_data, today=today, by=scope.user)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, gettext("Anggota baru dicatat."))
            return redirect("agent", number)
    context = {"form": form, "title": gettext("Anggota baru"), "agent": agent}
    response = render(request, "agents/form.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(_BOTH)
def account(request: HttpRequest, number: int) -> HttpResponse:
    """The account with which an agent sees the own portfolio."""
    agent, scope = agent_and_scope(request, number)
    form = AccountForm(request.POST or None, initial={"username": agent.user or ""}, label_suffix="")
    if form.is_valid():
        try:
            open_account(scope, agent, form.cleaned_data["username"], form.cleaned_data["password"], by=scope.user)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, gettext("Agen kini masuk dengan akun itu dan melihat portofolionya sendiri."))
            return redirect("agent", number)
    return render(request, "agents/form.html", {"form": form, "title": gettext("Akun agen"), "agent": agent})


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """Names in lists of which nobody knows whose they are."""
    scope = scope_of(request.user)
    waiting = queries.unsure_names(scope)
    shown = list(waiting[:NAMES_SHOWN])
    fitting = {number for name in shown for number in name.candidates}
    named = dict(queries.agents(scope).filter(pk__in=fitting).values_list("pk", "name"))
    rows = [
        (
            name,
            SettleForm(office=name.office, auto_id=f"agent_{name.pk}"),
            [named[n] for n in name.candidates if n in named],
        )
        for name in shown
    ]
    context = {"rows": rows, "waiting": waiting.count(), "may_write": scope.may_write}
    return render(request, "agents/names.html", context)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Says whose a name is."""
    scope = scope_of(request.user)
    written = queries.unsure_names(scope).filter(pk=number).first()
    if written is None:
        raise Http404
    form = SettleForm(request.POST, office=written.office)
    if form.is_valid():
        try:
            agent = settle_name(scope, written, form.cleaned_data["agent"], by=scope.user)
        except JangkauError as error:
            complain(request, error)
        else:
            messages.success(request, gettext("Nama itu kini dihitung untuk %(agent)s.") % {"agent": agent.name})
    return redirect("agents_names")
