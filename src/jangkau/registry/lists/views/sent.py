"""Daftar: send files, watch them being read, look at what was understood, publish, refuse, take back."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangkau.registry.access.models import Permission
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions import receive_lists, refuse_list
from jangkau.registry.lists.actions.jobs import ask_for, cancel_job
from jangkau.registry.lists.forms import FilterForm, RefusalForm, UnderstoodForm, UploadForm
from jangkau.registry.lists.models import SentList, State
from jangkau.registry.lists.presenters.answers import blank_forms
from jangkau.registry.lists.presenters.cleaning import cleaning_rows
from jangkau.registry.lists.presenters.differences import list_difference
from jangkau.registry.lists.presenters.outcomes import hold_choices
from jangkau.registry.lists.presenters.sent import enumerated, job_view, known_as, list_view, problem_groups
from jangkau.registry.lists.presenters.understood import understood
from jangkau.registry.lists.queries.columns import hidden_columns
from jangkau.registry.lists.queries.outcomes import outcome_counts
from jangkau.registry.lists.states import CHANGEABLE, PERSON_KINDS
from jangkau.registry.lists.tasks import start
from jangkau.registry.lists.views.asked import list_or_404
from jangkau.registry.people.views import telling

LISTS_ON_A_PAGE = 50
ROWS_ON_A_PAGE = 50


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All lists by state and kind, the drop zone, and the work that runs."""
    scope = scope_of(request.user)
    form = FilterForm(request.GET)
    found = queries.lists(scope)
    if form.is_valid():
        found = found.filter(**{name: value for name, value in form.cleaned_data.items() if value})
    page = Paginator(found, LISTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lists": [list_view(item) for item in page],
        "filter": form,
        "upload": UploadForm(),
        "jobs": [job_view(job) for job in queries.open_jobs(scope)],
        "may_write": scope.may_write,
        "counts": queries.counts_by_state(scope),
        "blank_forms": blank_forms(),
    }
    return render(request, "lists/index.html", context)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Takes files in and has them read."""
    scope = scope_of(request.user)
    form = UploadForm(request.POST, request.FILES)
    with telling(request):
        require_write(scope)
        if form.is_valid():
            return _receive(request, scope, form)
        messages.error(request, " ".join(str(message) for found in form.errors.values() for message in found))
    return redirect("lists")


def _receive(request: HttpRequest, scope: Scope, form: UploadForm) -> HttpResponse:
    received: dict[int, SentList] = {}
    unread: dict[int, SentList] = {}
    again: list[str] = []
    for file in form.cleaned_data["sent"]:
        with telling(request):  # a broken zip; the files beside it go on
            for item, is_new in receive_lists(Path(file.temporary_file_path()), path=file.name, by=scope.user):
                received[item.pk] = item
                if is_new or item.state in (State.RECEIVED, State.UNREADABLE):
                    unread[item.pk] = item
                if not is_new:
                    again.append(known_as(file.name, item))
    if again:
        messages.info(request, _("Sudah pernah diterima, isinya sama: %(names)s.") % {"names": enumerated(again)})
    if unread:
        ask_for("read", list(unread.values()), by=scope.user, start=start)
    return redirect("list_detail", number=min(received)) if len(received) == 1 else redirect("lists")


@require_GET
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One list: what was understood, what is wrong, what can be done with it."""
    return list_page(request, number)


def list_page(request: HttpRequest, number: int, *, understood_form: UnderstoodForm | None = None) -> HttpResponse:
    """The page of a list; `understood_form` when what was typed into it has to be put right."""
    scope, item = list_or_404(request, number)
    first = max(int(request.GET.get("from", 0) or 0), 0)
    sample = queries.rows_sample(scope, item, first, ROWS_ON_A_PAGE) if item.rows else None
    columns = queries.columns_in(item)
    context = {
        "list": list_view(item),
        "problems": problem_groups(scope, item),
        "sample": sample.to_dicts() if sample is not None else [],
        "columns": [column.header for column in columns],
        "cells": cleaning_rows(sample, columns, hidden_columns(scope, item)) if sample is not None else [],
        "sample_from": first,
        "sample_next": first + ROWS_ON_A_PAGE if first + ROWS_ON_A_PAGE < item.rows else None,
        "refusal": RefusalForm(),
        "jobs": [job_view(job) for job in queries.work_on(scope, item)],
        "may_write": scope.may_write,
        "understood": understood_form or (UnderstoodForm(understood(scope, item)) if item.rows else None),
        "may_change": scope.may_write and item.state in CHANGEABLE,
        "may_publish": scope.may(Permission.PUBLISH, item.village_id or item.district_id),
        "about_people": item.kind in PERSON_KINDS,
        "holds": hold_choices(item),
        **_staying(scope, item),
        "difference": list_difference(queries.previous_list(scope, item), item) if item.rows else None,
    }
    return render(request, "lists/detail.html", context)


def _staying(scope: Scope, item: SentList) -> dict[str, int]:
    """How many rows of people stay out of the register: those that wait, those that are refused."""
    counts = outcome_counts(scope, item) if item.rows else {}
    return {"waiting": counts.get("waiting", 0), "refused": counts.get("refused", 0)}


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Has a list published."""
    return _start(request, number, "publish")


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Has a published list taken back."""
    return _start(request, number, "take_back")


def _start(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    scope, item = list_or_404(request, number)
    with telling(request):
        require_write(scope)
        ask_for(kind, [item], by=scope.user, start=start)
    return redirect("list_detail", number=number)


@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Puts a list aside, with the reason."""
    scope, item = list_or_404(request, number)
    form = RefusalForm(request.POST)
    with telling(request):
        require_write(scope)
        refuse_list(item, because=form.cleaned_data["because"] if form.is_valid() else "", by=scope.user)
        messages.success(request, _("Daftar ditolak; alasannya dicatat."))
    return redirect("list_detail", number=number)


@require_GET
def job(request: HttpRequest, number: int) -> HttpResponse:
    """The progress of a piece of work, as a fragment that asks again until it ends."""
    scope = scope_of(request.user)
    found = get_object_or_404(queries.jobs(scope), pk=number)
    return render(request, "lists/_job.html", {"job": job_view(found), "may_write": scope.may_write})


@require_POST
def stop_job(request: HttpRequest, number: int) -> HttpResponse:
    """Asks a piece of work to stop."""
    scope = scope_of(request.user)
    found = get_object_or_404(queries.jobs(scope), pk=number)
    with telling(request):
        if found.created_by != scope.user:
            require_write(scope.at(None))
        cancel_job(found, by=scope.user)
    return redirect("lists")
