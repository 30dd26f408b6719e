"""Perisai: questions about portfolios, and what officers answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.actions import answer_signal
from jangkau.programmes.agents.forms import AnswerForm
from jangkau.programmes.agents.models import Signal
from jangkau.programmes.agents.presenters.signals import signal_words
from jangkau.programmes.agents.views.pages import number_in
from jangkau.registry.access.permissions import scope_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The questions, the surest first."""
    kind, state = request.GET.get("jenis", ""), request.GET.get("keadaan", Signal.State.OPEN)
    found = queries.signals(scope_of(request.user), kind, state)
    page = queries.signals_page(found, number_in(request, "sesudah"))
    context = {
        "rows": [(signal, signal_words(signal)) for signal in page.rows],
        "after": page.after,
        "kind": kind,
        "kinds": Signal.Kind.choices,
        "state": state,
        "states": Signal.State.choices,
    }
    return render(request, "agents/signals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def signal(request: HttpRequest, number: int) -> HttpResponse:
    """One question: whom it concerns, and the answer."""
    scope = scope_of(request.user)
    found = get_object_or_404(queries.signals(scope, state=""), pk=number)
    form = AnswerForm(request.POST or None, initial={"state": found.state, "answer": found.answer}, label_suffix="")
    if form.is_valid():
        try:
            answer_signal(scope, found, form.cleaned_data["state"], form.cleaned_data["answer"], by=scope.user)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, gettext("Jawaban disimpan."))
            return redirect("agents_signals")
    context = {
        "signal": found,
        "words": signal_words(found),
        "recruits": queries.recruits_concerned(scope, found),
        "form": form,
        "may_write": scope.may_write,
    }
    response = render(request, "agents/signal.html", context)
    response["Cache-Control"] = "no-store"
    return response
