"""Data pribadi: what somebody may ask about themselves, answered from the page of the person."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.events import announce
from jangkau.registry.access.models import Permission
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.models import Case
from jangkau.registry.cases.queries import cases_on
from jangkau.registry.lists.events import ProfileOpened
from jangkau.registry.people.models import Person
from jangkau.registry.people.queries import people
from jangkau.web.reports.actions.data_requests import correct, open_request
from jangkau.web.reports.forms import CorrectionForm
from jangkau.web.reports.presenters.data_request import everything_about
from jangkau.web.reports.states import ACCESS, CORRECTION, KIND, PERSON, REQUESTS


@require_http_methods(["GET", "HEAD", "POST"])
def data_request(request: HttpRequest, number: int) -> HttpResponse:
    """What was asked about a person so far; posting opens a request of a topic."""
    scope = scope_of(request.user)
    found = _person_or_404(scope, number)
    if request.method == "POST" and request.POST.get("topic") in REQUESTS.topics:
        try:
            open_request(scope, found, request.POST["topic"])
        except JangkauError as error:
            messages.error(request, error.sentence(get_language() or "id"))
        return redirect("data_request", number=number)
    return _page(request, scope, found, CorrectionForm())


@require_GET
def answer(request: HttpRequest, number: int) -> HttpResponseBase:
    """Everything the register holds about the person, while a request for it is open; taking it is noted."""
    scope = scope_of(request.user)
    found = _person_or_404(scope, number)
    if _open(_requests(scope, found), ACCESS) is None or not scope.may(Permission.NIK, found.village_id):
        raise Http404
    opened = ProfileOpened(scope, found.pk, found.nik, found.village_id)
    announce(opened)
    content = everything_about(scope, found, opened.notes)
    record_look(by=scope.user, action="person_answered", subject=f"person {found.pk}")
    response = FileResponse(BytesIO(content), as_attachment=True, filename=f"data-pribadi-{found.pk}.xlsx")
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def correct_value(request: HttpRequest, number: int) -> HttpResponse:
    """Corrects a value of the person, and ends the request for it."""
    scope = scope_of(request.user)
    found = _person_or_404(scope, number)
    case, form = _open(_requests(scope, found), CORRECTION), CorrectionForm(request.POST)
    if case is None:
        raise Http404
    if form.is_valid():
        try:
            correct(scope, found, case, **form.cleaned_data)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, _("Data diperbaiki, dan tetap begitu pada daftar berikutnya."))
            return redirect("data_request", number=number)
    return _page(request, scope, found, form)


def _page(request: HttpRequest, scope: Scope, found: Person, form: CorrectionForm) -> HttpResponse:
    requests = _requests(scope, found)
    context = {
        "number": found.pk,
        "requests": [
            {"case": case, "topic": REQUESTS.topics[case.topic], "stage": REQUESTS.stages[case.state].label}
            for case in requests
        ],
        "topics": REQUESTS.topics.items(),
        "access": _open(requests, ACCESS),
        "correction": _open(requests, CORRECTION),
        "may_work": scope.may(Permission.WORK_CASES, found.village_id),
        "may_open": scope.may(Permission.NIK, found.village_id),
        "form": form,
    }
    return render(request, "reports/data_request.html", context)


def _requests(scope: Scope, found: Person) -> list[Case]:
    return [case for case in cases_on(scope, PERSON, [found.pk]) if case.kind == KIND]


def _open(requests: list[Case], topic: str) -> Case | None:
    return next((case for case in requests if case.topic == topic and not case.ended), None)


def _person_or_404(scope: Scope, number: int) -> Person:
    found = people(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
