"""What changed since the last list of the same sender and kind: a table for each kind of change, and a workbook."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.presenters.difference_book import difference_workbook
from jangkau.registry.lists.presenters.differences import (
    CHANGE_OF,
    CHANGE_WORDS,
    changed_rows,
    difference_rows,
    list_difference,
)
from jangkau.registry.lists.presenters.sent import list_view
from jangkau.registry.lists.views.asked import list_or_404
from jangkau.registry.people.views import download

ROWS_ON_A_PAGE = 50


@require_GET
def table(request: HttpRequest, number: int, change: str) -> HttpResponse:
    """The rows that are new, changed, vanished or unchanged, a page of them."""
    scope, item, previous = _both_or_404(request, number, change)
    rows = changed_rows(previous, item, CHANGE_OF[change])
    page = Paginator(range(rows.height), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = rows[page.start_index() - 1 : page.end_index()] if rows.height else rows
    context = {
        "list": list_view(item),
        "difference": list_difference(previous, item),
        "chosen": change,
        "name": CHANGE_WORDS[CHANGE_OF[change]][1],
        "meaning": CHANGE_WORDS[CHANGE_OF[change]][2],
        "page": page,
        "rows": difference_rows(scope, previous, item, shown, whole=False),
    }
    return render(request, "lists/difference.html", context)


@require_GET
def workbook(request: HttpRequest, number: int, change: str) -> HttpResponse:
    """All rows of a change as a workbook; the download is recorded. Whole numbers for those who may write."""
    scope, item, previous = _both_or_404(request, number, change)
    rows = changed_rows(previous, item, CHANGE_OF[change])
    content = difference_workbook(scope, previous, item, CHANGE_OF[change], rows, whole=scope.may_write)
    record_look(
        by=scope.user, action="difference_downloaded", subject=f"list {item.pk}", change=CHANGE_OF[change],
        compared_with=previous.pk, rows=rows.height, masked=not scope.may_write,
    )  # fmt: skip
    return download(content, f"jangkau-daftar-{item.pk}-{change}.xlsx")


def _both_or_404(request: HttpRequest, number: int, change: str) -> tuple[Scope, SentList, SentList]:
    scope, item = list_or_404(request, number, rows__gt=0)
    previous = queries.previous_list(scope, item)
    if previous is None or change not in CHANGE_OF:
        raise Http404
    return scope, item, previous
