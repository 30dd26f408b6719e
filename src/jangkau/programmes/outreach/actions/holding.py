"""Plans an event, changes its plan, invites to it, holds or cancels it. Every state is written down with its actor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.programmes.outreach.actions.logs import name_employers
from jangkau.programmes.outreach.actions.measuring import tell_reached
from jangkau.programmes.outreach.models import Event, EventChange
from jangkau.programmes.outreach.states import NEXT, REACHING, VILLAGE_CODE, Kind, State
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User


@transaction.atomic
def plan_event(said: dict[str, Any], *, by: User | None) -> Event:
    """Writes down an event that shall take place; `said` as cleaned by EventForm."""
    event = _planned(Event(entered_at=timezone.now(), entered_by=by), said)
    event.save()
    EventChange.objects.create(event=event, state=State.PLANNED, changed_by=by)
    name_employers()
    record(by=by, action="event_planned", subject=f"event {event.pk}", kind=event.kind, place=event.place_id)
    return event


@transaction.atomic
def plan_events(places: Sequence[tuple[str, date, str]], *, by: User | None) -> int:
    """Plans an event in each village of a calendar (code, day, team); returns how many."""
    now = timezone.now()
    events = Event.objects.bulk_create(
        Event(kind=Kind.VILLAGE, place_id=code, planned_on=day, day=day, team=team, entered_at=now, entered_by=by)
        for code, day, team in places
    )
    EventChange.objects.bulk_create(EventChange(event=event, state=State.PLANNED, changed_by=by) for event in events)
    record(by=by, action="events_planned", subject="outreach", events=len(events))
    return len(events)


@transaction.atomic
def change_plan(event: Event, said: dict[str, Any], *, by: User | None) -> None:
    """Replaces what was planned. Raises Refused when the event was held or cancelled."""
    if not event.is_open:
        raise Refused("Kegiatan ini sudah selesai atau dibatalkan.", "This event has been held or cancelled.")
    _planned(event, said).save()
    name_employers()
    record(by=by, action="event_changed", subject=f"event {event.pk}")


def _planned(event: Event, said: dict[str, Any]) -> Event:
    for name in ("kind", "planned_on", "title", "employer_name", "series", "team", "speaker", "cost"):
        setattr(event, name, said[name])
    event.place_id, event.day = said["place"], said["planned_on"]
    return event


@transaction.atomic
def hold_event(event: Event, said: dict[str, Any], *, by: User | None) -> None:
    """The event took place: `said` as cleaned by HeldForm. What was told of it before may be corrected the same way."""
    for name in ("held_on", "attendance", "speaker", "cost", "result"):
        setattr(event, name, said[name])
    event.day, event.place_id = said["held_on"], said.get("place") or event.place_id
    take_over(event, by=by)
    if event.state == State.HELD:
        event.save()
        record(by=by, action="event_corrected", subject=f"event {event.pk}")
    else:
        _enter(event, State.HELD, "", by=by)
    tell_reached()


@transaction.atomic
def settle_place(event: Event, village: str, *, by: User | None) -> None:
    """An officer knows in which village an event was held that a log told unclearly. Raises Refused for any other."""
    if event.state != State.HELD or event.kind not in REACHING or len(event.place_id or "") == VILLAGE_CODE:
        raise Refused("Desa kegiatan ini sudah jelas.", "The village of this event is known already.")
    event.place_id = village
    take_over(event, by=by)
    event.save(update_fields=["place"])
    record(by=by, action="event_placed", subject=f"event {event.pk}", place=village)
    tell_reached()


@transaction.atomic
def enter_state(event: Event, state: str, *, because: str = "", by: User | None) -> None:
    """Invites to an event, cancels it or plans it again. Raises Refused where its state does not allow that."""
    _enter(event, state, because, by=by)


def _enter(event: Event, state: str, because: str, *, by: User | None) -> None:
    if state not in NEXT[State(event.state)]:
        raise Refused(
            f"Kegiatan yang {event.get_state_display().lower()} tidak dapat menjadi {State(state).label.lower()}.",
            f"An event that is {event.state} cannot become {state}.",
        )
    event.state = state
    event.save()
    EventChange.objects.create(event=event, state=state, because=because, changed_by=by)
    record(by=by, action=f"event_{state}", subject=f"event {event.pk}")


def take_over(event: Event, *, by: User | None) -> None:
    """Somebody works on an event that a list told: it stays when the list goes."""
    if event.entered_at is None:
        event.entered_at, event.entered_by = timezone.now(), by
        event.save(update_fields=["entered_at", "entered_by"])
