"""Perlindungan data: why each kind of list is kept, on which law, for how long, and what is past that today."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jangkau.registry.access.permissions import scope_of
from jangkau.registry.lists.queries.retention import overdue, purposes


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The kinds of lists in the order of the handbook, with how many of them wait to be deleted."""
    waiting = Counter(each.item.kind for each in overdue(scope_of(request.user), timezone.localdate()))
    in_english = get_language() == "en"
    kinds = [
        {
            "name": purpose.kind.label,
            "purpose": purpose.english if in_english else purpose.indonesian,
            "told": purpose,
            "waiting": waiting[purpose.kind],
        }
        for purpose in purposes().values()
    ]
    return render(request, "lists/privacy.html", {"kinds": kinds, "waiting": waiting.total()})
