"""An event in words: what it is called, where and when, what may be done next."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from jangkau.programmes.outreach.actions.logs import NO_DAY
from jangkau.programmes.outreach.models import Event
from jangkau.registry.people.presenters.figures import day

TAGS = {"planned": "wait", "invited": "wait", "held": "good", "cancelled": ""}


def name_of(event: Event) -> str:
    """What pages call an event."""
    return event.employer_name or event.title or f"{event.get_kind_display()} {place_of(event)}".strip()


def place_of(event: Event) -> str:
    """The village with its district, the district, or that nobody told."""
    place = event.place
    if place is None:
        return gettext("tempat belum jelas")
    return f"{place.name}, {place.parent.name}" if place.level == "village" and place.parent else place.name


def day_of(event: Event) -> str:
    return day(shown_day(event)) if shown_day(event) else gettext("tanggal tidak terbaca")


def shown_day(event: Event) -> date | None:
    return None if event.day == NO_DAY else event.day
