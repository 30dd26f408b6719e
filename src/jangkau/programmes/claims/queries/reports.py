"""What villages report: is it a member, were they covered on the day, and does a claim run?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from jangkau.core.measures.standing import Standing, standing_on
from jangkau.core.rules import evaluate
from jangkau.programmes.claims.models import EventReport
from jangkau.programmes.claims.queries.claims import claims_on, given_up
from jangkau.programmes.claims.queries.rights import held_by
from jangkau.programmes.claims.states import DROPPED, KIND, PERSON, PROGRAMME, TOPICS_OF
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.models import Case, Transition
from jangkau.registry.people.models import Membership


class Told(NamedTuple):
    """A report: how the person stood in the programme of the event, the claim on it, how an earlier one was given up,
    and the last day to claim, where the law names one."""

    report: EventReport
    standing: Standing
    case: Case | None
    given_up: Transition | None
    file_by: date | None

    def unclaimed(self, today: date) -> bool:
        """Is it a member on the day of the event without a claim that may still be made?"""
        return self.case is None and self.standing.held is not None and (self.file_by is None or today <= self.file_by)


def reports(scope: Scope) -> QuerySet[EventReport]:
    """The reports somebody may see, newest event first."""
    found = EventReport.objects.filter(scope.where("village_id")).select_related("village", "person")
    return found.order_by("-event_on", "-pk")


def without_claim(scope: Scope) -> QuerySet[EventReport]:
    """Those of members who have no claim on the event that was not given up; whether their membership ran on the day
    `told` says."""
    claims = Case.objects.filter(kind=KIND, subject_kind=PERSON, subject_id=OuterRef("person_id"))
    dated = claims.exclude(state=DROPPED).annotate(event_day=KeyTextTransform("event_on", "facts"))
    claimed = dated.filter(event_day=Cast(OuterRef("event_on"), CharField()))
    member = Membership.objects.filter(person=OuterRef("person_id"), since__lte=OuterRef("event_on"))
    return reports(scope).filter(Exists(member), ~Exists(claimed))


def told(scope: Scope, found: Sequence[EventReport]) -> list[Told]:
    """Reports beside the memberships and the claims of those who are meant."""
    people = [each.person_id for each in found if each.person_id]
    held = held_by(scope, people)
    topics = {topic for each in found for topic in TOPICS_OF[each.event]}
    held_claims = {topic: claims_on(scope, people, [topic]) for topic in sorted(topics)}
    dropped = {topic: given_up(scope, people, [topic]) for topic in sorted(topics)}
    lines = []
    for each in found:
        first = TOPICS_OF[each.event][0]
        programme = PROGRAMME.get(first, first)
        standing = standing_on(held.get(each.person_id or 0, []), programme, each.event_on)
        day = each.event_on.isoformat()
        runs = (held_claims[topic].get(each.person_id or 0) for topic in TOPICS_OF[each.event])
        case = next((case for case in runs if case and case.facts.get("event_on") == day), None)
        ends = (dropped[topic].get(each.person_id or 0) for topic in TOPICS_OF[each.event])
        ended = next((step for step in ends if step and step.case.facts.get("event_on") == day), None)
        lines.append(Told(each, standing, case, ended, _file_by(programme, each.event_on)))
    return lines


@cache
def _file_by(programme: str, event_on: date) -> date | None:
    """The last day to claim: JKK and JKP have one."""
    if programme == "jkk":
        told = evaluate("claim_expiry", {"accident_on": event_on, "filed_on": event_on})
    elif programme == "jkp":
        told = evaluate("jkp_claim_expiry", {"dismissed_on": event_on, "filed_on": event_on})
    else:
        return None
    expires_on = told.values["expires_on"]
    assert isinstance(expires_on, date)
    return expires_on
