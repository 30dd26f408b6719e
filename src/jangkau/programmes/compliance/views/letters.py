"""Many letters at once: asked for from the board, how far they are, and the bundle to print."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError, Refused
from jangkau.programmes.compliance import queries
from jangkau.programmes.compliance.actions import ask_for_letters
from jangkau.programmes.compliance.states import KIND, LETTERS
from jangkau.programmes.compliance.tasks import start
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.cases.forms import LetterForm
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.views.boards import MOST_AT_ONCE
from jangkau.registry.lists.presenters.sent import job_view
from jangkau.registry.lists.presenters.words import in_language
from jangkau.registry.people.views import PDF, download

ON_A_PAGE = 50


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Orders of many letters: how far, and the bundle to print."""
    scope = scope_of(request.user)
    page = Paginator(queries.letter_runs(scope), ON_A_PAGE).get_page(request.GET.get("page"))
    runs = [
        (run, LETTERS[run.kind].label, job_view(run.job), [in_language(why) for why in run.refused]) for run in page
    ]
    return render(request, "compliance/letters.html", {"page": page, "runs": runs, "may_write": scope.may_write})


@require_POST
def ask_letters(request: HttpRequest) -> HttpResponse:
    """Has letters written for the cases that were ticked on the board."""
    scope = scope_of(request.user)
    chosen = [int(text) for text in request.POST.getlist("case")[:MOST_AT_ONCE] if text.isdigit()]
    form = LetterForm({"kind": request.POST.get("letter"), "dated_on": request.POST.get("on")})
    try:
        if not form.is_valid():
            raise Refused("Pilih surat dan isi tanggalnya.", "Choose the letter and fill in its day.")
        told = form.cleaned_data
        ask_for_letters(scope, chosen, told["kind"], dated_on=told["dated_on"], start=start)
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("cases", KIND)
    return redirect("letter_runs")


@require_safe
def letter_bundle(request: HttpRequest, number: int) -> HttpResponse:
    """All letters of one order as one PDF."""
    run = get_object_or_404(queries.letter_runs(scope_of(request.user)).exclude(bundle=""), pk=number)
    return download(papers.fetch(run.bundle), f"surat-{run.kind}-{run.dated_on}.pdf", PDF)
