"""What villages report: is it a member, were they covered on the day, and does a claim run?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from jangkau.core.measures.standing import Standing, standing_on
from jangkau.programmes.claims.models import EventReport
from jangkau.programmes.claims.queries.claims import claims_on
from jangkau.programmes.claims.queries.rights import held_by
from jangkau.programmes.claims.states import PROGRAMME, TOPICS_OF
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.models import Case


class Told(NamedTuple):
    """A report: how the person stood in the programme of the event, and the claim on it."""

    report: EventReport
    standing: Standing
    case: Case | None

    @property
    def unclaimed(self) -> bool:
        """Is it a member on the day of the event without a claim?"""
        return self.case is None and self.standing.held is not None


def reports(scope: Scope) -> QuerySet[EventReport]:
    """The reports somebody may see, newest event first."""
    found = EventReport.objects.filter(scope.where("village_id")).select_related("village", "person")
    return found.order_by("-event_on", "-pk")


def told(scope: Scope, found: Sequence[EventReport]) -> list[Told]:
    """Reports beside the memberships and the claims of those who are meant."""
    people = [each.person_id for each in found if each.person_id]
    held = held_by(scope, people)
    topics = {topic for each in found for topic in TOPICS_OF[each.event]}
    held_claims = {topic: claims_on(scope, people, [topic]) for topic in sorted(topics)}
    lines = []
    for each in found:
        first = TOPICS_OF[each.event][0]
        programme = PROGRAMME.get(first, first)
        standing = standing_on(held.get(each.person_id or 0, []), programme, each.event_on)
        runs = (held_claims[topic].get(each.person_id or 0) for topic in TOPICS_OF[each.event])
        case = next((case for case in runs if case and case.facts.get("event_on") == each.event_on.isoformat()), None)
        lines.append(Told(each, standing, case))
    return lines
