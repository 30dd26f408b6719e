"""What the pages of every room above answer with: a file to keep, and an action with its end in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from jangkau.core.kernel import JangkauError

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def download(content: bytes, name: str, kind: str = WORKBOOK) -> HttpResponse:
    """A file that is kept nowhere on the way."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


@contextmanager
def telling(request: HttpRequest) -> Iterator[None]:
    """Says why not, when what is inside is refused."""
    try:
        yield
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))


def done(request: HttpRequest, work: Callable[[], str]) -> bool:
    """Does something and says so, or says why not; tells whether it was done."""
    with telling(request):
        messages.success(request, work())
        return True
    return False
