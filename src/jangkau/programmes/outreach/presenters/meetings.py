"""A meeting: what those before it left open, what it agreed, its minutes on paper."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from jangkau.programmes.outreach.forms import AgreedFormSet
from jangkau.programmes.outreach.models import Event
from jangkau.programmes.outreach.presenters.words import day_of, name_of, place_of, shown_day
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.presenters.follow_ups import FollowUpView, follow_up_view
from jangkau.registry.cases.queries import agenda, agreed_at
from jangkau.registry.people.gateways.paper import Press, bound
from jangkau.registry.people.queries import register_fact

SOURCE = "meeting"  # what follow-ups call the events of this room


def agenda_of(scope: Scope, event: Event) -> list[FollowUpView]:
    """What earlier meetings of the series agreed and is not done, the latest deadlines passed first."""
    today = timezone.localdate()
    if not event.series:
        return []
    before = agenda(scope, SOURCE, event.series).exclude(source_id=event.pk)
    day = shown_day(event)
    return [follow_up_view(item, today) for item in (before.filter(agreed_on__lte=day) if day else before)]


def meeting_context(scope: Scope, event: Event) -> dict[str, Any]:
    """What the page of a meeting shows beside that of any event."""
    today = timezone.localdate()
    points = agenda_of(scope, event)
    return {
        "agenda": points,
        "late": sum(view.item.due_on is not None and view.item.due_on < today for view in points),
        "agreed": [follow_up_view(item, today) for item in agreed_at(scope, SOURCE, event.pk)],
        "points": AgreedFormSet(prefix="points"),
    }


def minutes_paper(scope: Scope, event: Event) -> bytes:
    """The minutes as PDF: who was there, what was taken up again, what was agreed. In Indonesian, without NIK."""
    with translation.override("id"):
        shown = {
            "event": event,
            "name": name_of(event),
            "when": day_of(event),
            "where": place_of(event),
            "people": event.attendees.order_by("pk"),
            "agenda": agenda_of(scope, event),
            "agreed": [follow_up_view(item, timezone.localdate()) for item in agreed_at(scope, SOURCE, event.pk)],
            "invented": bool(register_fact("invented")),
        }
        html = render_to_string("outreach/paper/minutes.html", shown)
    return bound([Press("jangkau.programmes.outreach", "outreach/paper/minutes.css").sheets(html)])
