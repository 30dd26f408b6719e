"""Did events bring members, did they stay, what did it cost?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jangkau.programmes.outreach.actions.measuring import FACT
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.people.queries import register_fact


@require_safe
def effect(request: HttpRequest) -> HttpResponse:
    """For those who see the whole register: single districts have too few events to compare."""
    told = register_fact(FACT) if scope_of(request.user).allows(None) else None
    context = {"whole": scope_of(request.user).allows(None), "told": told, "costs": _costs(told) if told else []}
    return render(request, "outreach/effect.html", context)


def _costs(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Rupiah for each enrolment that would not have come without events; None where chance may have brought them."""
    if not told["mean_cost"]:
        return []
    return [
        {
            "days": window["days"],
            **{
                name: round(told["mean_cost"] * window["events"] / window[of]) if window["low"] > 0 else None
                for name, of in (("cost", "extra"), ("low", "high"), ("high", "low"))
            },
        }
        for window in told["windows"]
    ]
