"""Where does each case stand? The board by state, the list below it, and one step for many cases."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import Scope, acts_for, require_write, scope_of
from jangkau.registry.cases import queries
from jangkau.registry.cases.actions import move_cases
from jangkau.registry.cases.forms import CaseFilterForm, StepForm
from jangkau.registry.cases.models import Case
from jangkau.registry.cases.presenters.cases import agency_words, case_view
from jangkau.registry.cases.presenters.cases import board as board_columns
from jangkau.registry.cases.states import CaseType, case_type
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.sheets import table_book
from jangkau.registry.people.views import download

CASES_ON_A_PAGE = 50
MOST_AT_ONCE = 1000
REASONS_TOLD = 3


@require_safe
def board(request: HttpRequest, kind: str) -> HttpResponse:
    """The board and the list of one kind of case."""
    declared = declared_or_404(kind)
    scope, today = scope_of(request.user), timezone.localdate()
    form = CaseFilterForm(request.GET, declared=declared)
    page = Paginator(_narrowed(scope, declared, form, today), CASES_ON_A_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts_by_state(scope, kind, today)
    context = {
        "kind": declared,
        "columns": board_columns(declared, counts),
        "any": bool(counts),
        "filter": form,
        "page": page,
        "cases": [case_view(case, today) for case in page],
        "steps": _bulk_steps(scope, declared, request.GET.get("topic", "")) if scope.may_write else {},
        "letters": _letters(scope, declared) if scope.may_write else {},
        "today": today,
    }
    return render(request, "cases/board.html", context)


@require_safe
def workbook(request: HttpRequest, kind: str) -> HttpResponse:
    """The cases that the filter shows, as a workbook."""
    declared = declared_or_404(kind)
    scope, today = scope_of(request.user), timezone.localdate()
    found = _narrowed(scope, declared, CaseFilterForm(request.GET, declared=declared), today)
    columns = [
        (_("Nomor"), 10), (_("Nama"), 40), (_("Tentang"), 28), (_("Wilayah"), 24), (_("Keadaan"), 28),
        (_("Sejak"), 14), (_("Batas waktu"), 14), (_("Instansi"), 30), (str(declared.weight_words), 14),
    ]  # fmt: skip
    rows = [
        (
            case.pk, case.subject_label, str(declared.topics.get(case.topic, case.topic)),
            case.region.name if case.region else "", str(declared.stages[case.state].label), case.entered_on,
            case.due_on, agency_words(case.agency), case.weight,
        )
        for case in found.iterator()
    ]  # fmt: skip
    record_look(by=scope.user, action="cases_downloaded", subject=kind, cases=len(rows))
    return download(table_book(str(declared.label), day(today), columns, rows), f"perkara-{kind}-{today}.xlsx")


@require_POST
def bulk_step(request: HttpRequest, kind: str) -> HttpResponse:
    """One step for the cases that were ticked, or for all that the filter shows."""
    declared = declared_or_404(kind)
    scope = scope_of(request.user)
    back = redirect(f"{request.path.removesuffix('langkah/')}?{request.POST.get('filter', '')}")
    name = request.POST.get("step", "")
    if name not in _bulk_steps(scope, declared):
        messages.error(request, _("Pilih langkah untuk perkara yang ditandai."))
        return back
    form = StepForm(request.POST, step=declared.steps[name], numbered=True)
    found = queries.cases(scope).filter(kind=kind)
    chosen = [int(text) for text in request.POST.getlist("case") if text.isdigit()]
    numbers = list(found.filter(pk__in=chosen[:MOST_AT_ONCE]).values_list("pk", flat=True))
    if not form.is_valid() or not numbers:
        messages.error(request, _("Tandai dulu perkaranya, dan isi tanggal langkahnya."))
        return back
    try:
        require_write(scope)
        outcome = move_cases(
            numbers,
            name,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
            facts=form.facts,
            by=scope.user,
        )
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return back
    if outcome.moved:
        words = {"n": outcome.moved, "step": declared.steps[name].label}
        messages.success(request, _("%(n)s perkara: %(step)s.") % words)
    for sentence in sorted({error.sentence(get_language() or "id") for _number, error in outcome.refused})[
        :REASONS_TOLD
    ]:
        messages.error(request, sentence)
    return back


def declared_or_404(kind: str) -> CaseType:
    try:
        return case_type(kind)
    except JangkauError as error:
        raise Http404(str(error)) from error


def _narrowed(scope: Scope, declared: CaseType, form: CaseFilterForm, today: date) -> QuerySet[Case]:
    found = queries.cases(scope).filter(kind=declared.name)
    told = form.cleaned_data if form.is_valid() else {}
    state = told.get("state")
    if state in declared.stages:
        found = found.filter(state=state)
    elif state != "all":
        found = found.filter(ended=False)
    for name in ("topic", "agency"):
        if told.get(name):
            found = found.filter(**{name: told[name]})
    if told.get("limit") == "late":
        found = found.filter(ended=False, due_on__lt=today)
    elif told.get("limit") == "week":
        found = found.filter(ended=False, due_on__lte=today + timedelta(days=7))
    return found.filter(subject_label__icontains=told["q"]) if told.get("q") else found


def _letters(scope: Scope, declared: CaseType) -> dict[str, str]:
    """The letters that somebody may have written for many cases at once."""
    if not declared.letters_view:
        return {}
    return {name: str(form.label) for name, form in declared.letters.items() if acts_for(scope.user, form.agencies)}


def _bulk_steps(scope: Scope, declared: CaseType, topic: str = "") -> dict[str, str]:
    """The steps that somebody may take for many cases at once (on a topic, where one is named): those that ask for
    nothing of a single case."""
    return {
        name: str(step.label)
        for name, step in declared.steps.items()
        if step.by_hand
        and (not topic or step.serves(topic))
        and not any(ask.required and not ask.series for ask in step.asks)
        and (not step.agencies or acts_for(scope.user, step.agencies))
    }
