"""A month of a scheme: the file for the branch, and where its answer differs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jangkau.programmes.subsidy import queries
from jangkau.programmes.subsidy.models import Batch
from jangkau.programmes.subsidy.presenters.batch_book import branch_file, differences_file
from jangkau.programmes.subsidy.presenters.batches import answer_figures, difference_groups
from jangkau.programmes.subsidy.queries.billed import answer_lists, differences
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.people.views import download


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """What was billed, what the branch said, and every difference in words."""
    scope = scope_of(request.user)
    batch = _batch_or_404(scope, number)
    whole_scheme = scope.allows(batch.scheme.area_id)
    context = {
        "batch": batch,
        "scheme": batch.scheme,
        "answers": answer_lists(batch),
        "figures": answer_figures(batch),
        "groups": difference_groups(differences(batch)) if whole_scheme else None,
        "may_write": scope.at(batch.scheme.area_id).may_write,
    }
    response = render(request, "subsidy/batch.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """The file for the branch: whole NIKs, so only for officers of the scheme, and recorded."""
    scope = scope_of(request.user)
    batch = _batch_or_404(scope, number)
    if not scope.at(batch.scheme.area_id).may_write:
        raise PermissionDenied
    content = branch_file(batch)
    record_look(by=scope.user, action="batch_downloaded", subject=f"batch {batch.pk}", people=batch.people)
    return download(content, f"jangkau-tagihan-{batch.scheme_id}-{batch.month:%Y-%m}.xlsx")


@require_safe
def differences_workbook(request: HttpRequest, number: int) -> HttpResponse:
    """The differences as a workbook."""
    scope = scope_of(request.user)
    batch = _batch_or_404(scope, number)
    if not scope.allows(batch.scheme.area_id):
        raise PermissionDenied
    whole = scope.at(batch.scheme.area_id).may_write
    content = differences_file(batch, whole=whole)
    record_look(by=scope.user, action="differences_downloaded", subject=f"batch {batch.pk}", masked=not whole)
    return download(content, f"jangkau-perbedaan-{batch.scheme_id}-{batch.month:%Y-%m}.xlsx")


def _batch_or_404(scope: Scope, number: int) -> Batch:
    found = queries.batches(scope).select_related("scheme__area").filter(pk=number).first()
    if found is None:
        raise Http404
    return found
