"""Perisai: what an agent is owed month by month, and the rates an office enters where no law is known."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.actions import enter_rates, withdraw_rates
from jangkau.programmes.agents.forms import RatesForm, SheetForm
from jangkau.programmes.agents.presenters.statements import basis, month_workbook, statement, statements_workbook
from jangkau.programmes.agents.views.finding import agent_and_scope, complain
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.people.views import download

MONTHS_SHOWN = 24


@require_safe
def incentives(request: HttpRequest, number: int) -> HttpResponse:
    """The statements of an agent, the latest month first; by `bulan` one of them with the way it was computed."""
    agent, scope = agent_and_scope(request, number)
    entered = list(queries.rates(scope))
    all_told = [statement(agent, month, entered) for month in queries.months(scope, agent)]
    if "unduh" in request.GET:
        return download(statements_workbook(agent, all_told), f"jangkau-insentif-{number}.xlsx")
    asked = request.GET.get("bulan", "")
    chosen = next((one for one in all_told if f"{one.month:%Y-%m}" == asked), None)
    if asked and chosen is None:
        raise Http404
    context = {
        "agent": agent,
        "statements": [(one, basis(one)) for one in all_told[:MONTHS_SHOWN]],
        "chosen": chosen or (all_told[0] if all_told else None),
        "months": len(all_told),
        "may_enter": scope.at(None).may_write,
    }
    return render(request, "agents/incentives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest) -> HttpResponse:
    """The rates that stand, and a form for others."""
    scope = scope_of(request.user)
    if not queries.agents(scope).exists() and not scope.allows(None):
        raise Http404
    form = RatesForm(request.POST or None, label_suffix="")
    if form.is_valid():
        try:
            enter_rates(scope, form.cleaned_data, by=scope.user)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, gettext("Tarif disimpan; semua perkiraan memakainya sebagai dugaan."))
            return redirect("agents_rates")
    context = {
        "form": form,
        "sheet": SheetForm(auto_id="sheet_%s", label_suffix=""),
        "rates": queries.rates(scope),
        "may_enter": scope.at(None).may_write,
    }
    return render(request, "agents/rates.html", context)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """What agents are owed for a month, as a workbook."""
    scope = scope_of(request.user)
    form = SheetForm(request.GET)
    if not form.is_valid():
        messages.error(request, gettext("Pilih bulannya."))
        return redirect("agents_rates")
    month, entered = form.cleaned_data["month"], list(queries.rates(scope))
    found = queries.of_month(scope, month, form.cleaned_data["office"])
    told = ((row.agent, statement(row.agent, row, entered)) for row in found)
    return download(month_workbook(told, month), f"jangkau-insentif-{month:%Y-%m}.xlsx")


@require_POST
def take_back_rates(request: HttpRequest, number: int) -> HttpResponse:
    """Takes rates back."""
    scope = scope_of(request.user)
    found = get_object_or_404(queries.rates(scope), pk=number)
    try:
        withdraw_rates(scope, found, by=scope.user)
    except JangkauError as error:
        complain(request, error)
    else:
        messages.success(request, gettext("Tarif ditarik kembali. Catatannya tetap ada."))
    return redirect("agents_rates")
