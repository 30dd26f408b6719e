"""Which villages were reached, and what did events bring? Kept as facts of the register, so that pages only read."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from django.db.models import Avg, Count, Max
from django.utils import timezone

from jangkau.core.measures.effects import effect_of_events
from jangkau.core.measures.retention import followed, survival
from jangkau.programmes.outreach.models import Event
from jangkau.programmes.outreach.states import REACHING, VILLAGE_CODE, State
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.queries import register_fact

WINDOWS = (30, 60, 90)
MILESTONES = (3, 6)
FACT, REACH = "outreach_effect", "outreach_reach"
_ENROLLED = (
    "SELECT m.person_id, p.village_id, m.since, m.paid_until, p.deceased FROM people_membership m"
    " JOIN people_person p ON p.id = m.person_id"
    " WHERE m.segment = 'bpu' AND m.since IS NOT NULL AND p.village_id IS NOT NULL"
)
_SCHEMA = {
    "person_id": pl.Int64(), "village_code": pl.String(), "on": pl.Date(), "paid_until": pl.Date(),
    "died": pl.Boolean(),
}  # fmt: skip


def tell_reached(as_of: date | None = None) -> None:
    """Keeps the villages that were reached up to the measured day or today (None without any event), and for the page
    how often, when last, and how many events stand in no village."""
    day = as_of.isoformat() if as_of else register_fact("as_of")
    until = max(date.fromisoformat(day), timezone.localdate()) if day else date.max
    held = Event.objects.filter(state=State.HELD, kind__in=REACHING, day__lte=until).order_by()
    places = list(held.values_list("place_id").annotate(n=Count("pk"), last=Max("day")))
    villages = {code: [n, last.isoformat()] for code, n, last in places if code and len(code) == VILLAGE_CODE}
    set_fact("villages_reached", sorted(villages) if villages or Event.objects.exists() else None)
    unclear = {code or "": n for code, n, _ in places if not code or len(code) < VILLAGE_CODE}
    set_fact(REACH, {"as_of": day, "villages": villages, "unclear": unclear})


def measure_effect(as_of: date) -> None:
    """Keeps what the events up to a day brought: enrolments of the self-employed, who stayed, what an enrolment cost.
    None where no event was held or nobody's start is known."""
    held = Event.objects.filter(state=State.HELD, kind__in=REACHING, place__level="village", held_on__lte=as_of)
    lines = list(held.order_by().values_list("place_id", "held_on").distinct())
    events = pl.DataFrame(lines, schema={"village_code": pl.String, "on": pl.Date}, orient="row")
    enrolled = bulk.read(_ENROLLED, _SCHEMA) if lines else pl.DataFrame(schema=_SCHEMA)
    enrolled = enrolled.filter(pl.col("on") <= as_of).sort("on", "person_id").unique("person_id", keep="first")
    if enrolled.is_empty():
        set_fact(FACT, None)
        return
    villages = bulk.read(
        "SELECT village_id, COUNT(*) FROM people_person WHERE village_id IS NOT NULL GROUP BY village_id",
        {"village_code": pl.String(), "workers": pl.Int64()},
    )
    found = [effect_of_events(events, enrolled, villages, days=days, as_of=as_of) for days in WINDOWS]
    cost = held.filter(cost__isnull=False).aggregate(mean=Avg("cost"))["mean"]
    set_fact(
        FACT,
        {
            "as_of": as_of.isoformat(),
            "windows": [told._asdict() for told in found if told],
            "stayed": _stayed(events, enrolled, as_of),
            "mean_cost": None if cost is None else round(cost),
            "events_with_cost": held.filter(cost__isnull=False).count(),
        },
    )


def _stayed(events: pl.DataFrame, enrolled: pl.DataFrame, as_of: date) -> list[dict[str, object]]:
    """The share who still pay after some months, of those who enrolled within 90 days of an event in their village and
    of the others: `after_event, month, share, low, high, at_risk`."""
    told = events.sort("on").with_columns(event_on="on")
    placed = enrolled.sort("on").join_asof(
        told, on="on", by="village_code", strategy="backward", tolerance=timedelta(days=max(WINDOWS) - 1),
        check_sortedness=False,
    )  # fmt: skip
    kept = followed(placed.rename({"on": "registered_on"}), as_of)
    kept = kept.with_columns(after_event=pl.col("event_on").is_not_null())
    curve = survival(kept, by=["after_event"], horizon=max(MILESTONES))
    shown = curve.filter(pl.col("month").is_in(MILESTONES)).sort("month", "after_event", descending=[False, True])
    return shown.select("after_event", "month", "share", "low", "high", "at_risk").to_dicts()
