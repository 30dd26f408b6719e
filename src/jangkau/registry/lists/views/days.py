"""Which measured day is a page about?"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from jangkau.registry.lists.queries import days_measured


def chosen_day(request: HttpRequest) -> date:
    """The day that was picked and measured: from the address, else from the session, else the newest."""
    measured = days_measured()
    for text in (request.GET.get("on"), request.session.get("on")):
        try:
            day = date.fromisoformat(text or "")
        except ValueError:
            continue
        if day in measured:
            request.session["on"] = text
            return day
    return measured[0] if measured else timezone.localdate()
