"""Claims are opened on deaths of members, or on what somebody reports of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from jangkau.core.kernel import Refused
from jangkau.core.rules import evaluate
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.presenters.entitlement import facts_of, papers_for
from jangkau.programmes.claims.states import KIND, PERSON, TOPICS
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.cases.actions import Opening, open_case, open_cases
from jangkau.registry.cases.models import Case
from jangkau.registry.people.models import Person

EXPIRING = ("jkk", "jkk_death")  # PP 82/2019 art. 26


def open_on_deaths(scope: Scope, people: Iterable[int], *, on: date, by: User | None) -> int:
    """Opens a claim for every member among `people` who died while covered and has none; gives how many are new.
    Raises Refused when nobody among them did."""
    require_write(scope)
    found = queries.unclaimed(scope, queries.rights(scope, people))
    openings = [_opening(each.person, "jkm", facts_of(each.right)) for each in found if each.case is None]
    if not openings:
        raise Refused(
            "Tidak ada klaim baru: yang ditandai sudah punya klaim, atau tidak terlindungi pada hari meninggal.",
            "No new claim: those ticked have one, or were not covered on the day of death.",
        )
    return len(open_cases(KIND, openings, on=on, agency=by.agency if by else "", by=by))


def report_event(scope: Scope, person: Person, topic: str, *, event_on: date, on: date, by: User | None) -> Case:
    """Opens a claim on what somebody reports. Raises Refused for an unknown benefit, a day that lies ahead, or when a
    claim on the same is open."""
    require_write(scope)
    if topic not in TOPICS:
        raise Refused("Pilih manfaat yang diklaim.", "Choose the benefit that is claimed.")
    if event_on > on:
        raise Refused("Hari kejadian belum tiba. Periksa tanggalnya.", "The day of the event lies ahead. Check it.")
    facts = {"event_on": event_on.isoformat(), "papers": papers_for(topic)}
    if topic in EXPIRING:
        told = evaluate("claim_expiry", {"accident_on": event_on.isoformat(), "filed_on": on.isoformat()})
        facts["file_by"] = str(told.values["expires_on"])
    return open_case(KIND, _opening(person, topic, facts), on=on, agency=by.agency if by else "", by=by)


def _opening(person: Person, topic: str, facts: Mapping[str, object]) -> Opening:
    return Opening(
        topic=topic,
        subject_kind=PERSON,
        subject_id=person.pk,
        subject_label=person.name or str(person.pk),
        region=person.village_id,
        weight=1,
        facts=facts,
    )
