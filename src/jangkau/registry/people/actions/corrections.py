"""Values that people had corrected: written to the person now, and again whenever people are composed from lists."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db import transaction
from django.utils import timezone

from jangkau.core.linkage import PEOPLE_SCHEMA
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.people.models import Correction, Person

CORRECTED = ("name", "nik", "sex", "birth_date", "mother_name", "address", "phone", "occupation")


@transaction.atomic
def correct_person(person: Person, field: str, value: str, *, by: User | None) -> Correction:
    """From now on this value holds; `value` as PEOPLE_SCHEMA has it, days in ISO. An earlier correction of it ends."""
    assert field in CORRECTED
    Correction.objects.filter(person=person, field=field, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
    before = getattr(person, field)
    made = Correction.objects.create(
        person=person, field=field, before=None if before is None else str(before), value=value, made_by=by
    )
    setattr(person, field, date.fromisoformat(value) if field == "birth_date" else value)
    person.save(update_fields=[field])
    record(by=by, action="person_corrected", subject=f"person {person.pk}", field=field)
    return made


def as_corrected(people: pl.DataFrame) -> pl.DataFrame:
    """`people` in the columns of PEOPLE_SCHEMA, with what was corrected."""
    held: dict[str, dict[int, str]] = {}
    for number, field, value in Correction.objects.filter(ended_at=None).values_list("person_id", "field", "value"):
        held.setdefault(field, {})[number] = value
    for field, values in held.items():
        said = pl.Series(field, list(values.values()), dtype=pl.String)
        typed = said.str.to_date() if PEOPLE_SCHEMA[field] == pl.Date else said
        told = pl.DataFrame({"person_id": pl.Series(list(values), dtype=pl.Int64), field: typed})
        people = people.update(told, on="person_id", how="left", maintain_order="left")
    return people
