"""The page that says what every figure means."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jangkau.web.dashboards.presenters.definitions import definitions as defined


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """All measures; a figure on a page leads to the place of its own."""
    return render(request, "dashboards/definitions.html", {"definitions": defined()})
