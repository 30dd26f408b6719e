"""Bersihkan: the rows of a list before it is published, filtered, changed after a look, and changes undone. What is
typed is sent by POST and stands in no address."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions import cleaning
from jangkau.registry.lists.forms import ChangeForm, RowsForm
from jangkau.registry.lists.models import ListChange, SentList
from jangkau.registry.lists.presenters.cleaning import (
    change_view,
    change_views,
    cleaning_rows,
    column_label,
    samples,
)
from jangkau.registry.lists.presenters.sent import job_view, list_view
from jangkau.registry.lists.presenters.words import in_language
from jangkau.registry.lists.queries.columns import hidden_columns, seen_columns
from jangkau.registry.lists.states import CHANGEABLE
from jangkau.registry.lists.tasks import start
from jangkau.registry.lists.views.asked import list_or_404
from jangkau.registry.people.views import telling

ROWS_ON_A_PAGE = 50


@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, number: int) -> HttpResponse:
    """The rows that were asked for, a page of them, the form that changes them, and what was changed before."""
    scope, item = list_or_404(request, number, rows__gt=0)
    return _page(request, scope, item, RowsForm(seen_columns(scope, item), _problems(item), request.POST or None))


def _page(request: HttpRequest, scope: Scope, item: SentList, form: RowsForm) -> HttpResponse:
    columns, seen = queries.columns_in(item), seen_columns(scope, item)
    asked = max((form.is_bound and form.is_valid() and form.cleaned_data["page"]) or 1, 1)
    found, count = queries.filtered_rows(scope, item, form.rows, (asked - 1) * ROWS_ON_A_PAGE, ROWS_ON_A_PAGE)
    change = form if isinstance(form, ChangeForm) else ChangeForm(seen, _problems(item))
    jobs = [job_view(job) for job in queries.work_on(scope, item)]
    context = {
        "list": list_view(item),
        "form": form,
        "change": change,
        "columns": [column.header for column in columns],
        "rows": cleaning_rows(found, columns, hidden_columns(scope, item)),
        "page": Paginator(range(count), ROWS_ON_A_PAGE).get_page(asked),
        "history": change_views(scope, item),
        "waiting": queries.proposal_of_another(item, scope.user) if scope.may_write else None,
        "jobs": jobs,
        "may_write": scope.may_write,
        "may_change": scope.may_write and item.state in CHANGEABLE and not jobs,
    }
    response = render(request, "lists/cleaning.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """Has a change of the rows that are shown looked at."""
    scope, item = list_or_404(request, number, rows__gt=0)
    form = ChangeForm(seen_columns(scope, item), _problems(item), request.POST)
    try:
        require_write(scope)
        if not form.is_valid():
            return _page(request, scope, item, form)
        found = cleaning.propose_change(
            item, rows=form.rows, column=form.cleaned_data["column"], change=form.change, by=scope.user, start=start
        )
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return _page(request, scope, item, form) if scope.may_write else redirect("list_cleaning", number=number)
    return redirect("list_change", number=number, change=found.pk)


@require_GET
def change(request: HttpRequest, number: int, change: int) -> HttpResponse:
    """What a change does: how many cells, some of them before and after, which problems go and come."""
    scope, item, found = _with_change_or_404(request, number, change)
    labels = {column.key: column_label(column) for column in queries.columns_in(item)}
    context = {
        "list": list_view(item),
        "view": change_view(found, labels, queries.last_change(item), hidden_columns(scope, item)),
        "samples": samples(scope, found) if found.cells else [],
        "jobs": [job_view(job) for job in queries.jobs(scope).filter(change=found, state__in=queries.UNFINISHED)],
        "error": in_language(queries.why_not_seen(found)) if found.cells is None else "",
        "may_write": scope.may_write,
        "may_change": scope.may_write and item.state in CHANGEABLE,
    }
    response = render(request, "lists/change.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def apply(request: HttpRequest, number: int, change: int) -> HttpResponse:
    """Has a change applied that was looked at."""
    return _do(request, number, change, lambda found, scope: cleaning.ask_to_apply(found, by=scope.user, start=start))


@require_POST
def undo(request: HttpRequest, number: int, change: int) -> HttpResponse:
    """Has the last change undone."""
    return _do(request, number, change, lambda found, scope: cleaning.ask_to_undo(found, by=scope.user, start=start))


@require_POST
def discard(request: HttpRequest, number: int, change: int) -> HttpResponse:
    """Forgets a change that was proposed."""
    return _do(request, number, change, lambda found, scope: cleaning.discard_change(found, by=scope.user))


def _do(request: HttpRequest, number: int, change: int, act: Callable[[ListChange, Scope], None]) -> HttpResponse:
    scope, _, found = _with_change_or_404(request, number, change)
    with telling(request):
        require_write(scope)
        act(found, scope)
    return redirect("list_cleaning", number=number)


def _problems(item: SentList) -> list[str]:
    return sorted(item.problem_counts)


def _with_change_or_404(request: HttpRequest, number: int, change: int) -> tuple[Scope, SentList, ListChange]:
    scope, item = list_or_404(request, number, rows__gt=0)
    return scope, item, get_object_or_404(queries.list_changes(scope, item), pk=change)
