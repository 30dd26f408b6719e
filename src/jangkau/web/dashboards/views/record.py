"""Catatan: what happened, to what, by whom; taken home with its digests, so that it proves itself elsewhere."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jangkau.registry.access import queries
from jangkau.registry.access.actions import chain_looks, record_look
from jangkau.registry.access.permissions import scope_of
from jangkau.web.dashboards.forms.users import RecordForm

EVENTS_ON_A_PAGE = 50


@require_safe
def record(request: HttpRequest) -> HttpResponseBase:
    """The record, newest first, narrowed to what is asked."""
    chain_looks()
    form = RecordForm(request.GET, label_suffix="")
    found = queries.events(**form.cleaned_data) if form.is_valid() else queries.events()
    page = Paginator(found, EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "dashboards/record.html", {"form": form, "page": page, "last": queries.last_event()})


@require_safe
def record_export(request: HttpRequest) -> HttpResponseBase:
    """The same events as JSON lines, oldest first; `jangkau record` proves them without the register."""
    form = RecordForm(request.GET)
    found = queries.events(**form.cleaned_data) if form.is_valid() else queries.events()
    record_look(by=scope_of(request.user).user, action="record_exported", subject="record")
    answer = StreamingHttpResponse(
        queries.record_lines(found.order_by("pk").iterator(chunk_size=2000)), content_type="application/x-ndjson"
    )
    answer["Content-Disposition"] = 'attachment; filename="jangkau-catatan.jsonl"'
    answer["Cache-Control"] = "no-store"
    return answer
