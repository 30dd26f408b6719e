"""Daftar: the corrected workbook of a list, and blank forms for the next one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from jangkau.core.kernel import Unknown
from jangkau.core.reading.answers import corrected_name, template_for
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import require_write
from jangkau.registry.lists.presenters.answers import answer_to
from jangkau.registry.lists.presenters.books import is_large
from jangkau.registry.lists.views.asked import list_or_404
from jangkau.registry.people.views import download, telling


@require_GET
def corrected(request: HttpRequest, number: int) -> HttpResponse:
    """The list with what is wrong marked in it. It holds whole NIKs, so only officers get it and the record says so."""
    scope, item = list_or_404(request, number)
    if is_large(item):
        return redirect("list_book", number=number, slug="perbaikan")
    with telling(request):
        require_write(scope)
        content = answer_to(scope, item)
        record_look(by=scope.user, action="list_answer_downloaded", subject=f"list {item.pk}")
        return download(content, corrected_name(item.path))
    return redirect("list_detail", number=number)


@require_GET
def blank_form(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty form for a kind of list; it holds nobody."""
    try:
        return download(template_for(kind), f"contoh-{kind}.xlsx")
    except Unknown:
        raise Http404 from None
