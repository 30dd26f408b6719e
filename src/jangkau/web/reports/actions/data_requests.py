"""Requests about one's own data: opened on a person, and the correction that ends one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jangkau.registry.access.models import Permission
from jangkau.registry.access.permissions import Scope, require
from jangkau.registry.cases.actions import move_case, open_case
from jangkau.registry.cases.actions.moving import Opening
from jangkau.registry.cases.models import Case
from jangkau.registry.people.actions.corrections import correct_person
from jangkau.registry.people.models import Person
from jangkau.web.reports.states import KIND, PERSON


def open_request(scope: Scope, person: Person, topic: str) -> Case:
    """Opens a request; the case tells the number of the person, not the name. Raises Refused for one that is open."""
    require(scope, Permission.WORK_CASES, person.village_id)
    label = f"Orang nomor {person.pk}"
    opening = Opening(topic, PERSON, person.pk, label, region=person.village_id, weight=1)
    agency = scope.user.agency if scope.user else ""
    return open_case(KIND, opening, on=timezone.localdate(), agency=agency, by=scope.user)


@transaction.atomic
def correct(scope: Scope, person: Person, case: Case, *, field: str, value: str, identity: str) -> None:
    """Corrects a value and ends the request with it."""
    require(scope, Permission.WORK_CASES, person.village_id)
    correct_person(person, field, value, by=scope.user)
    facts = {"identity": identity, "what": field}
    move_case(case.pk, "correct", on=timezone.localdate(), facts=facts, by=scope.user)
