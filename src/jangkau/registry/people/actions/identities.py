"""Writes what a human being decided about the numbers of people: two that are one, one that is two, and back again.
Called inside the transaction of an action of `lists`, which moves the rows."""

from __future__ import annotations

from typing import Any

import polars as pl

from jangkau.registry.access.models import User
from jangkau.registry.people.actions.register import set_fact
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.gateways.snapshots import last_person_id
from jangkau.registry.people.models import Membership, MergedPerson, Person, Project

_CODE_OF = {"id": "person_id", "village_id": "village_code", "district_id": "district_code"}


def new_person_number() -> int:
    """A number that nobody has had."""
    number = last_person_id() + 1
    set_fact("last_person_id", number)
    return number


def merge_number(number: int, into: int, *, by: User | None) -> None:
    """From now on `number` points to the person `into`; how the person was written is kept."""
    written = Person.objects.filter(pk=number).values().get()
    MergedPerson.objects.create(
        number=number,
        into_id=into,
        written={_CODE_OF.get(name, name): value for name, value in written.items()},
        merged_by=by,
    )


def forget_merge(number: int) -> None:
    """`number` is a person of its own again."""
    MergedPerson.objects.filter(pk=number).delete()


def restore_people(values: list[dict[str, Any]]) -> None:
    """People exactly as they were, from `Person.objects.values()` kept before."""
    for person in values:
        Person(**person).save()


def replace_memberships_of(people: list[int], memberships: pl.DataFrame) -> None:
    """The memberships of some people anew: list_number, person_id and the columns of Membership."""
    for start in range(0, len(people), 500):
        Membership.objects.filter(person_id__in=people[start : start + 500])._raw_delete("default")
    bulk.insert(Membership, memberships)


def set_project_workers(list_number: int, workers: int) -> None:
    """How many people work on the village work of a roster."""
    Project.objects.filter(list_number=list_number).update(workers=workers)
