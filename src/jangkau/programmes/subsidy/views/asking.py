"""What the pages of the room share: which scheme is meant, an action with its answer in words, a workbook out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from jangkau.core.kernel import JangkauError
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.queries import schemes
from jangkau.registry.access.permissions import Scope

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def scheme_or_404(scope: Scope, number: int) -> Scheme:
    found = schemes(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def done(request: HttpRequest, work: Callable[[], str]) -> bool:
    """Does something and says so, or says why not; tells whether it was done."""
    try:
        said = work()
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return False
    messages.success(request, said)
    return True


def download(content: bytes, name: str, kind: str = WORKBOOK) -> HttpResponse:
    """A file that is kept nowhere on the way."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
