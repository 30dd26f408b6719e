"""An employer's own page: what is said of it, the debt, letters and deadlines; answering, sending lists."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.compliance import actions, queries
from jangkau.programmes.compliance.forms import AnswerForm, ListsForm
from jangkau.programmes.compliance.presenters.debts import debt
from jangkau.programmes.compliance.presenters.findings import findings, wage_warning
from jangkau.programmes.compliance.queries.arrears import classes_on
from jangkau.programmes.compliance.states import COMPLIANCE
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import Transition
from jangkau.registry.cases.presenters.cases import case_view, happenings
from jangkau.registry.lists.presenters.sent import list_view
from jangkau.registry.lists.queries import lists, measured_on
from jangkau.registry.lists.tasks import start
from jangkau.registry.people.models import Employer
from jangkau.registry.people.views import PDF, download

LISTS_SHOWN = 10


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything the employer should know, the nearest deadline first."""
    employer, scope = _own(request)
    today, as_of = timezone.localdate(), measured_on()
    held, answers = list(queries.own_cases(scope)), list(queries.own_answers(scope))
    taken = list(Transition.objects.filter(case__in=held).order_by("case", "number"))
    told = findings(employer, as_of or today, {case.topic: case for case in held if not case.ended}, wages=True)
    context = {
        "employer": employer,
        "findings": told,
        "warning": wage_warning(employer, as_of or today, wages=True),
        "debt": debt(employer, taken, classes_on(as_of or today), as_of),
        "cases": [
            (
                case_view(case, today),
                happenings(COMPLIANCE, [row for row in taken if row.case_id == case.pk], {}),
                [note for note in answers if note.case_id == case.pk],
            )
            for case in held
        ],
        "nearest": next((case_view(case, today) for case in held if case.due_on and not case.ended), None),
        "letters": queries.own_letters(scope),
        "lists": [list_view(item) for item in lists(scope).filter(received_by=scope.user)[:LISTS_SHOWN]],
        "answer_form": AnswerForm(label_suffix="", auto_id=False),
        "as_of": as_of,
    }
    return _private(render(request, "compliance/own.html", context))


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """An answer on one case."""
    _employer, scope = _own(request)
    case = get_object_or_404(queries.own_cases(scope), pk=number)
    form = AnswerForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            actions.answer(scope, case, form.cleaned_data["text"], form.cleaned_data["proof"])
            messages.success(request, _("Jawaban terkirim kepada petugas."))
        else:
            messages.error(request, _("Jawaban terlalu panjang atau berkasnya kosong."))
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
    return redirect("employer_own")


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Lists of workers and wages."""
    _employer, scope = _own(request)
    form = ListsForm(request.POST, request.FILES)
    try:
        fresh = actions.send_lists(scope, form.cleaned_data["sent"], start=start) if form.is_valid() else []
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
    else:
        if fresh:
            messages.success(request, _("Daftar diterima dan sedang dibaca."))
        else:
            messages.info(request, _("Tidak ada daftar baru: pilih berkas yang belum pernah dikirim."))
    return redirect("employer_own")


@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """The PDF of a letter to the employer."""
    _employer, scope = _own(request)
    found = get_object_or_404(queries.own_letters(scope), pk=number)
    try:
        content = papers.fetch(found.sha256)
    except JangkauError as error:
        raise Http404(str(error)) from error
    return _private(download(content, f"surat-{found.pk}.pdf", PDF))


def _own(request: HttpRequest) -> tuple[Employer, Scope]:
    """The employer whose account asks."""
    scope = scope_of(request.user)
    employer = queries.own_employer(scope)
    if employer is None:
        raise Http404
    return employer, scope


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
