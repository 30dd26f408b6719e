"""What became of the rows of a list: linked, new, in review, waiting for a repair, each with its reasons."""

from __future__ import annotations

import polars as pl
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import require_write
from jangkau.registry.lists.actions.holding import hold_rows, refuse_rows, send_rows_on, undo_row_decisions
from jangkau.registry.lists.models import Verdict
from jangkau.registry.lists.presenters.books import is_large
from jangkau.registry.lists.presenters.outcome_book import outcome_workbook
from jangkau.registry.lists.presenters.outcomes import OUTCOME_OF, OUTCOME_WORDS, outcome_counts, outcome_rows
from jangkau.registry.lists.presenters.sent import list_view
from jangkau.registry.lists.queries import outcomes
from jangkau.registry.lists.states import CHANGEABLE, PERSON_KINDS
from jangkau.registry.lists.views.asked import list_or_404
from jangkau.registry.people.views import download, telling

ROWS_ON_A_PAGE = 50
_OF_PEOPLE = {"rows__gt": 0, "kind__in": PERSON_KINDS}


@require_GET
def table(request: HttpRequest, number: int, outcome: str) -> HttpResponse:
    """The rows with an outcome, a page of them."""
    scope, item = list_or_404(request, number, **_OF_PEOPLE)
    known = _outcome_or_404(outcome)
    counts = outcomes.outcome_counts(scope, item)
    page = Paginator(range(counts.get(known, 0)), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = outcomes.outcomes(scope, item).filter(pl.col("outcome") == known)
    first = max(page.start_index() - 1, 0)
    context = {
        "list": list_view(item),
        "counts": outcome_counts(item, counts),
        "chosen": outcome,
        "name": OUTCOME_WORDS[known][1],
        "meaning": OUTCOME_WORDS[known][2],
        "page": page,
        "rows": outcome_rows(item, rows.slice(first, ROWS_ON_A_PAGE).collect()),
        "may_write": scope.may_write,
        "may_decide": scope.may_write and item.state in CHANGEABLE and known in ("waiting", "sent_on", "refused"),
    }
    response = render(request, "lists/outcome.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def workbook(request: HttpRequest, number: int, outcome: str) -> HttpResponse:
    """All rows with an outcome as a workbook; the download is recorded. Whole numbers for those who may write."""
    scope, item = list_or_404(request, number, **_OF_PEOPLE)
    known = _outcome_or_404(outcome)
    if is_large(item):
        return redirect("list_book", number=number, slug=outcome)
    content = outcome_workbook(scope, item, known, whole=scope.may_write)
    record_look(
        by=scope.user, action="outcome_downloaded", subject=f"list {item.pk}", outcome=known, masked=not scope.may_write
    )
    return download(content, f"jangkau-daftar-{item.pk}-{outcome}.xlsx")


@require_POST
def decide(request: HttpRequest, number: int, outcome: str) -> HttpResponse:
    """Refuses the chosen rows that wait, sends them on, or lets them wait again."""
    scope, item = list_or_404(request, number, **_OF_PEOPLE)
    known = _outcome_or_404(outcome)
    chosen = None if "all" in request.POST else request.POST.getlist("row")
    with telling(request):
        require_write(scope)
        if known in Verdict.values:
            done = undo_row_decisions(item, Verdict(known), chosen, by=scope.user)
            said = _("%(n)d baris menunggu lagi.")
        elif request.POST.get("act") == "send_on":
            done = send_rows_on(item, chosen, by=scope.user)
            said = _("%(n)d baris diteruskan.")
        else:
            done = refuse_rows(item, chosen, because=request.POST.get("because", ""), by=scope.user)
            said = _("%(n)d baris ditolak.")
        messages.success(request, said % {"n": done})
    return redirect("list_outcome", number=number, outcome=outcome)


@require_POST
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """Keeps for which problems the rows of a list wait."""
    scope, item = list_or_404(request, number, **_OF_PEOPLE)
    with telling(request):
        require_write(scope)
        hold_rows(item, request.POST.getlist("code"), by=scope.user)
        messages.success(request, _("Disimpan. Baris lainnya tetap jalan saat daftar dipublikasikan."))
    return redirect("list_detail", number=number)


def _outcome_or_404(slug: str) -> str:
    if slug not in OUTCOME_OF:
        raise Http404
    return OUTCOME_OF[slug]
