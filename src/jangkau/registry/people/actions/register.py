"""Writes people, memberships, employers and projects in bulk, inside the transaction of an action of `lists`."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db import models

from jangkau.core.linkage import KEY_SCHEMA, number_employers, sources_as_composed
from jangkau.registry.people.actions.corrections import as_corrected
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.models import Employer, EmployerKey, Membership, Person, Project, RegisterFact

_COLUMN_OF = {"person_id": "id", "village_code": "village_id", "district_code": "district_id", "employer_id": "id"}
_TOLD = {"id": pl.Int64(), "person_id": pl.Int64()}


def store_people(people: pl.DataFrame) -> None:
    """Adds people or replaces their values; `people` in the columns of PEOPLE_SCHEMA. What was corrected holds."""
    bulk.upsert(Person, _as_table(as_corrected(people), Person))


def remove_people(ids: list[int]) -> None:
    """Removes people who stand on no list any more."""
    for start in range(0, len(ids), 500):
        Person.objects.filter(pk__in=ids[start : start + 500])._raw_delete("default")  # dependants are gone already


def replace_memberships(list_number: int, memberships: pl.DataFrame) -> None:
    """The memberships that came with a list: what it said before goes, what it says now comes."""
    Membership.objects.filter(list_number=list_number)._raw_delete("default")
    bulk.insert(Membership, memberships.select(pl.lit(list_number).alias("list_number"), pl.all()))


def change_memberships(olds: list[int], new: int, before: pl.DataFrame, after: pl.DataFrame) -> None:
    """The memberships that came with the lists `olds` (`before`: person_id and columns of Membership) are now those of
    the list `new` (`after`): only people whose memberships differ are written."""
    people = _differing(before, after)
    numbers = ", ".join(map(str, olds))
    told = bulk.read(f"SELECT id, person_id FROM people_membership WHERE list_number IN ({numbers})", _TOLD)
    bulk.delete(Membership, told.filter(pl.col("person_id").is_in(people.implode()))["id"])
    Membership.objects.filter(list_number__in=olds).update(list_number=new)
    fresh = after.filter(pl.col("person_id").is_in(people.implode()))
    bulk.insert(Membership, fresh.select(pl.lit(new).alias("list_number"), pl.all()))


def _differing(before: pl.DataFrame, after: pl.DataFrame) -> pl.Series:
    """The people whose lines are not the same in both frames."""
    sides = [
        frame.select("person_id", says=frame.select(after.columns).hash_rows()).group_by("person_id", "says").len(name)
        for frame, name in ((before, "before"), (after, "after"))
    ]
    both = sides[0].join(sides[1], on=["person_id", "says"], how="full", coalesce=True)
    return both.filter(pl.col("before").ne_missing(pl.col("after")))["person_id"].unique().sort()


def replace_employers(employers: pl.DataFrame) -> None:
    """All employers anew: they are composed from the published lists as a whole. Each keeps the number it had; only
    those of whom something else is said are written."""
    known = bulk.read("SELECT key, number FROM people_employerkey", KEY_SCHEMA)
    numbered, keys = number_employers(employers, known)
    bulk.insert(EmployerKey, keys)
    told = _as_table(numbered, Employer)
    columns = ", ".join("CAST(sources AS TEXT)" if name == "sources" else name for name in told.columns)
    before = bulk.read(f"SELECT {columns} FROM people_employer", told.schema)
    before = before.with_columns(sources_as_composed(pl.col("sources")))  # PostgreSQL spells it its own way
    bulk.delete(Employer, before.join(told, on="id", how="anti")["id"])
    bulk.upsert(Employer, told.join(before, on=told.columns, how="anti", nulls_equal=True))


def replace_project(list_number: int, project: dict[str, Any] | None) -> None:
    """The village work a roster belongs to; None removes it."""
    Project.objects.filter(list_number=list_number).delete()
    if project is not None:
        Project.objects.create(list_number=list_number, **project)


def set_fact(name: str, value: Any) -> None:
    """Remembers something the register knows of itself."""
    RegisterFact.objects.update_or_create(name=name, defaults={"value": value})


def _as_table(frame: pl.DataFrame, model: type[models.Model]) -> pl.DataFrame:
    renamed = frame.rename({old: new for old, new in _COLUMN_OF.items() if old in frame.columns})
    known = [field.column for field in model._meta.concrete_fields if field.column in renamed.columns]
    return renamed.select(known)
