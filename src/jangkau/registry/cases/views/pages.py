"""The page of one case: where it stands, what may come next, what happened, its papers and notes."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import Scope, acts_for, require_write, scope_of
from jangkau.registry.cases import queries
from jangkau.registry.cases.actions import add_note, add_paper, hand_over, move_case
from jangkau.registry.cases.actions.moving import acting_agency
from jangkau.registry.cases.forms import HandOverForm, StepForm
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import Case
from jangkau.registry.cases.presenters.cases import (
    agency_words,
    case_view,
    fact_rows,
    happenings,
    hidden_facts,
)
from jangkau.registry.cases.states import case_type
from jangkau.registry.people.views import done, download


@require_safe
def case(request: HttpRequest, number: int) -> HttpResponse:
    """One case."""
    scope = scope_of(request.user)
    found = case_or_404(scope, number)
    declared = case_type(found.kind)
    hidden = hidden_facts(scope, declared, found.topic)
    steps = [
        (
            name,
            step,
            agency_words(step.agencies[0]) if step.agencies and not acts_for(scope.user, step.agencies) else "",
        )
        for name, step in declared.steps_from(found.state, found.topic).items()
        if step.by_hand
    ]
    context = {
        "kind": declared,
        "view": case_view(found, timezone.localdate()),
        "facts": fact_rows(declared, found.facts, hidden),
        "steps": steps,
        "history": happenings(declared, queries.history(scope, found), hidden),
        "papers": queries.papers(scope).filter(case=found),
        "notes": found.notes.select_related("written_by").order_by("-pk"),
        "letters": queries.letters(scope).filter(case=found),
        "letter_kinds": [
            (name, form.label)
            for name, form in declared.letters.items()
            if found.state in form.stages and acts_for(scope.user, form.agencies)
        ],
        "today": timezone.localdate(),
        "hand_over": HandOverForm(label_suffix=""),
        "may_write": scope.at(found.region_id).may_write,
    }
    return render(request, "cases/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """The form of one step, and taking it."""
    scope = scope_of(request.user)
    found = case_or_404(scope, number)
    declared = case_type(found.kind)
    chosen = declared.steps_from(found.state, found.topic).get(name)
    if chosen is None or not chosen.by_hand:
        messages.error(request, _("Langkah ini tidak tersedia lagi; keadaan perkaranya sudah lain."))
        return redirect("case", number=number)
    numbered = queries.has_letterhead(found, acting_agency(chosen, found, scope.user))
    form = StepForm(request.POST or None, step=chosen, numbered=numbered)
    if form.is_valid():
        try:
            require_write(scope)
            move_case(
                number, name, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], facts=form.facts,
                by=scope.user,
            )  # fmt: skip
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, _("Dicatat: %(step)s.") % {"step": chosen.label})
            return redirect("case", number=number)
    context = {
        "kind": declared, "view": case_view(found, timezone.localdate()), "step": chosen, "name": name, "form": form,
        "target": declared.stages[chosen.target].label,
    }  # fmt: skip
    return render(request, "cases/step.html", context)


@require_POST
def hand(request: HttpRequest, number: int) -> HttpResponse:
    """Gives the case to another agency."""
    form = HandOverForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {"agency": "", "reason": ""}

    def act(scope: Scope, found: Case) -> str:
        hand_over(found.pk, **told, on=timezone.localdate(), by=scope.user)
        return _("Perkara dilimpahkan.")

    return _changed(request, number, act)


@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Adds a note."""

    def act(scope: Scope, found: Case) -> str:
        add_note(found, request.POST.get("text", ""), by=scope.user)
        return _("Catatan disimpan.")

    return _changed(request, number, act)


@require_POST
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Adds a file."""

    def act(scope: Scope, found: Case) -> str:
        sent = request.FILES.get("paper")
        add_paper(sent.name or "" if sent else "", sent.read() if sent else b"", case=found, by=scope.user)
        return _("Berkas disimpan.")

    return _changed(request, number, act)


@require_safe
def fetch(request: HttpRequest, number: int) -> HttpResponse:
    """A file, as it was sent, to be kept: browsers are told not to open it."""
    scope = scope_of(request.user)
    found = get_object_or_404(queries.papers(scope), pk=number)
    try:
        content = papers.fetch(found.sha256)
    except JangkauError as error:
        raise Http404(str(error)) from error
    record_look(by=scope.user, action="paper_downloaded", subject=f"paper {number}")
    return download(content, found.name, "application/octet-stream")


def case_or_404(scope: Scope, number: int) -> Case:
    return get_object_or_404(queries.cases(scope), pk=number)


def _changed(request: HttpRequest, number: int, act: Callable[[Scope, Case], str]) -> HttpResponse:
    scope = scope_of(request.user)
    found = case_or_404(scope, number)

    def work() -> str:
        require_write(scope)
        return act(scope, found)

    done(request, work)
    return redirect("case", number=number)
