"""Letters of a case: written, fetched, and checked by whoever holds the paper."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.cases import queries
from jangkau.registry.cases.actions import write_letter
from jangkau.registry.cases.forms import LetterForm
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import Case
from jangkau.registry.cases.states import case_type
from jangkau.registry.cases.views.pages import case_or_404
from jangkau.registry.people.views import PDF, done, download


@require_POST
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Writes one letter."""
    scope = scope_of(request.user)
    found = case_or_404(scope, number)
    form = LetterForm(request.POST)
    if form.is_valid():
        done(request, lambda: _written(scope, found, **form.cleaned_data))
    else:
        messages.error(request, _("Pilih surat dan isi tanggalnya."))
    return redirect("case", number=number)


def _written(scope: Scope, found: Case, kind: str, dated_on: date) -> str:
    require_write(scope)
    letter = write_letter(found, kind, dated_on=dated_on, by=scope.user)
    return _("Surat %(number)s dibuat.") % {"number": letter.number}


@require_safe
def fetch(request: HttpRequest, number: int) -> HttpResponse:
    """The PDF of a letter."""
    scope = scope_of(request.user)
    letter = get_object_or_404(queries.letters(scope), pk=number)
    try:
        content = papers.fetch(letter.sha256)
    except JangkauError as error:
        raise Http404(str(error)) from error
    record_look(by=scope.user, action="letter_downloaded", subject=f"letter {number}")
    return download(content, f"surat-{letter.pk}.pdf", PDF)


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Is the paper in somebody's hand genuine? Number, day, kind, sender and hash; nothing about persons."""
    letter = queries.letter_with_code(code)
    words = case_type(letter.case.kind).letters[letter.kind].label if letter else ""
    status = 200 if letter else 404
    return render(request, "cases/verify.html", {"letter": letter, "kind": words}, status=status)
