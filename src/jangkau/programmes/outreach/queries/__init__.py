"""What pages may ask about events. First argument: scope."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from jangkau.core.kernel import RegionCode
from jangkau.programmes.outreach.actions.logs import NO_DAY
from jangkau.programmes.outreach.models import Event
from jangkau.programmes.outreach.states import ANY_OPEN, OPEN, REACHING, State
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.gateways.gazetteer import gazetteer

EVENTS_ON_A_PAGE = 50
VISITS_SHOWN = 12


class Visit(NamedTuple):
    """An event that was held in a village."""

    on: date | None
    activity: str
    people: int | None


class EventsPage(NamedTuple):
    """A page of events; `before` and `after` are those from which the pages beside it are asked for, else None."""

    events: list[Event]
    before: int | None
    after: int | None


class Meetings(NamedTuple):
    """What was held in a period: events, villages they were held in, people who came."""

    meetings: int
    villages: int
    people: int


def events(scope: Scope, said: Mapping[str, Any] | None = None) -> QuerySet[Event]:
    """The events of the areas of the scope, the latest first; `said` may hold kind, state, place (code), since, until
    (days), employer (number), unclear (held in a village that nobody could tell)."""
    asked = {name: value for name, value in (said or {}).items() if value}
    found = Event.objects.filter(scope.where("place_id"))
    if asked.get("state") == ANY_OPEN:
        found = found.filter(state__in=OPEN)
        del asked["state"]
    for name in ("kind", "state", "employer"):
        if name in asked:
            found = found.filter(**{name: asked[name]})
    if "place" in asked:
        found = found.filter(
            Q(place=asked["place"]) | Q(place__gt=asked["place"] + ".", place__lt=asked["place"] + "/")
        )
    if "unclear" in asked:
        found = found.filter(state=State.HELD, kind__in=REACHING).filter(Q(place=None) | Q(place__in=_wide_places()))
    if "since" in asked:
        found = found.filter(day__gte=asked["since"])
    if "until" in asked:
        found = found.filter(day__lte=asked["until"])
    return found.order_by("-day", "-pk")


def _wide_places() -> list[str]:
    """The regency and its districts: places wider than a village."""
    area = RegionCode(settings.JANGKAU_AREA)
    return [str(area), *(str(region.code) for region in gazetteer().inside(area, "district"))]


def page_of(found: QuerySet[Event], *, after: int | None = None, before: int | None = None) -> EventsPage:
    """The events of `found` that come after or before one, without counting or skipping any."""
    start = found.filter(pk=after or before or 0).values_list("day", "pk").first()
    back = start is not None and after is None
    ordered = found.reverse() if back else found
    if start:
        beyond = "gt" if back else "lt"
        further = Q(**{f"day__{beyond}": start[0]}) | Q(**{f"pk__{beyond}": start[1]})
        ordered = ordered.filter(further, **{f"day__{beyond}e": start[0]})
    shown = list(ordered.select_related("place__parent", "employer")[: EVENTS_ON_A_PAGE + 1])
    more, shown = len(shown) > EVENTS_ON_A_PAGE, shown[:EVENTS_ON_A_PAGE]
    shown = shown[::-1] if back else shown
    if not shown:
        return EventsPage([], None, None)
    return EventsPage(
        shown,
        before=shown[0].pk if (more if back else start is not None) else None,
        after=shown[-1].pk if (more or back) else None,
    )


def counts_by_state(scope: Scope) -> dict[str, int]:
    """How many events stand in each state."""
    return dict(events(scope).order_by().values_list("state").annotate(n=Count("pk")))


def visits(scope: Scope, village: str, on: date) -> list[Visit]:
    """The latest events that were held in a village up to a day."""
    held = events(scope, {"place": village, "state": State.HELD, "until": on})[:VISITS_SHOWN]
    return [
        Visit(None if event.day == NO_DAY else event.day, event.title or event.get_kind_display(), event.attendance)
        for event in held
    ]


def meetings(scope: Scope, region: str, first: date, last: date) -> Meetings:
    """What was held in the villages of a region between two days, both included."""
    held = events(scope, {"place": region, "state": State.HELD, "since": first, "until": last}).filter(
        kind__in=REACHING, place__level="village"
    )
    told = held.order_by().aggregate(n=Count("pk"), places=Count("place", distinct=True), people=Sum("attendance"))
    return Meetings(told["n"], told["places"], told["people"] or 0)
