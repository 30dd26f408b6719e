"""Workbooks of a long list: asked for, written by the worker, fetched when they are ready."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions.jobs import ask_for
from jangkau.registry.lists.models import Job, SentList
from jangkau.registry.lists.presenters.books import BOOK_OF, CORRECTED, book_for, file_name, place_of
from jangkau.registry.lists.presenters.sent import job_view, list_view
from jangkau.registry.lists.presenters.words import in_language
from jangkau.registry.lists.queries.columns import require_all_columns
from jangkau.registry.lists.tasks import start_book
from jangkau.registry.lists.views.asked import list_or_404


@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """How far a workbook is; by POST it is asked for."""
    scope, item = _list_or_404(request, number, slug)
    try:
        _require_right(scope, item, slug)
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("list_detail", number=number)
    name = book_for(scope, item, BOOK_OF[slug])
    jobs = queries.jobs(scope).filter(book=name, created_by=scope.user)
    ready = place_of(item, name).exists()
    running = jobs.filter(state__in=queries.UNFINISHED)
    if request.method == "POST":
        if not ready and not running:
            ask_for("book", [item], by=scope.user, start=start_book, book=name)
        return redirect("list_book", number=number, slug=slug)
    last = jobs.first()
    context = {
        "list": list_view(item),
        "slug": slug,
        "name": file_name(item, slug),
        "ready": ready,
        "jobs": [] if ready else [job_view(job) for job in running],
        "error": in_language(last.error) if last and last.state == Job.State.FAILED else "",
        "may_write": scope.may_write,
    }
    return render(request, "lists/book.html", context)


@require_GET
def fetch(request: HttpRequest, number: int, slug: str) -> HttpResponseBase:
    """A workbook that is ready; the download is recorded."""
    scope, item = _list_or_404(request, number, slug)
    place = place_of(item, book_for(scope, item, BOOK_OF[slug]))
    try:
        _require_right(scope, item, slug)
    except JangkauError:
        raise Http404 from None
    if not place.exists():
        raise Http404
    record_look(
        by=scope.user,
        action="book_downloaded",
        subject=f"list {item.pk}",
        book=BOOK_OF[slug],
        masked=not scope.may_write,
    )
    response = FileResponse(BytesIO(seal.content_of(place)), as_attachment=True, filename=file_name(item, slug))
    response["Cache-Control"] = "no-store"
    return response


def _require_right(scope: Scope, item: SentList, slug: str) -> None:
    if BOOK_OF[slug] == CORRECTED:
        require_write(scope)
        require_all_columns(scope, item)


def _list_or_404(request: HttpRequest, number: int, slug: str) -> tuple[Scope, SentList]:
    if slug not in BOOK_OF:
        raise Http404
    return list_or_404(request, number, rows__gt=0)
