"""Claims are opened on deaths of members, or on what a family tells of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import override

from jangkau.core.kernel import Refused
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.models import ReceivedPaper
from jangkau.programmes.claims.presenters.entitlement import Event, entitlements, facts_of, facts_of_event, on_death
from jangkau.programmes.claims.states import KIND, PAPERS, PERSON
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.cases.actions import Opening, open_cases
from jangkau.registry.cases.models import Case
from jangkau.registry.people.models import Person


def open_on_deaths(scope: Scope, people: Iterable[int], *, on: date, by: User | None) -> int:
    """Opens a claim for every member among `people` who died while covered and has none; gives how many are new.
    Raises Refused when nobody among them did."""
    require_write(scope)
    with override("id"):  # a case speaks Indonesian, whoever opens it
        openings = [
            opening(each.person, "jkm", facts_of(each.right["event_on"], on_death(each.right)))
            for each in queries.unclaimed(scope, queries.rights(scope, people))
            if each.case is None
        ]
    if not openings:
        raise Refused(
            "Tidak ada klaim baru: yang ditandai sudah punya klaim, atau tidak terlindungi pada hari meninggal.",
            "No new claim: those ticked have one, or were not covered on the day of death.",
        )
    return len(open_cases(KIND, openings, on=on, agency=by.agency if by else "", by=by))


def open_claims(scope: Scope, person: Person, event: Event, topics: Sequence[str], *, by: User | None) -> list[Case]:
    """Opens claims for the chosen benefits of an event, with what is known on that day; those that run already or were
    paid are left alone. Raises Refused for a day that lies ahead, for nothing chosen, and when none is left."""
    require_write(scope)
    if event.on > event.asked_on:
        raise Refused("Hari kejadian belum tiba. Periksa tanggalnya.", "The day of the event lies ahead. Check it.")
    chosen = [topic for topic in event.topics if topic in topics]
    if not chosen:
        raise Refused("Centang manfaat yang diklaim.", "Tick the benefits that are claimed.")
    paid = queries.settled(queries.claims(scope).filter(subject_kind=PERSON, subject_id=person.pk), event.on)
    if paid.issuperset(chosen):
        raise Refused("Manfaat ini sudah dibayar.", "This benefit was paid already.")
    held = queries.held_by(scope, [person.pk]).get(person.pk, [])
    with override("id"):  # a case speaks Indonesian, whoever opens it
        told = {each.topic: each for each in entitlements(event, held)}
        openings = [
            opening(person, topic, facts_of(event.on, told[topic]) | facts_of_event(event))
            for topic in chosen
            if topic not in paid
        ]
    opened = open_cases(KIND, openings, on=event.asked_on, agency=by.agency if by else "", by=by)
    if not opened:
        raise Refused("Klaim untuk manfaat ini sudah berjalan.", "A claim for this benefit runs already.")
    return opened


def opening(person: Person, topic: str, facts: Mapping[str, object]) -> Opening:
    """A claim of a person."""
    return Opening(
        topic=topic,
        subject_kind=PERSON,
        subject_id=person.pk,
        subject_label=person.name or str(person.pk),
        region=person.village_id,
        weight=1,
        facts=facts,
    )


@transaction.atomic
def keep_papers(scope: Scope, case: Case, papers: Iterable[str], *, by: User | None) -> int:
    """Notes which papers of the checklist a family has brought (all of them, those not named are not there); gives how
    many. Raises Refused when the claim has ended."""
    require_write(scope)
    if case.ended:
        raise Refused("Klaim ini sudah selesai.", "This claim has ended.")
    brought = [paper for paper in PAPERS[case.topic] if paper in set(papers)]
    held = ReceivedPaper.objects.filter(case=case)
    held.exclude(paper__in=brought).delete()
    known = set(held.values_list("paper", flat=True))
    ReceivedPaper.objects.bulk_create(
        ReceivedPaper(case=case, paper=paper, received_by=by) for paper in brought if paper not in known
    )
    record(by=by, action="claim_papers_noted", subject=f"case {case.pk}", papers=len(brought))
    return len(brought)
