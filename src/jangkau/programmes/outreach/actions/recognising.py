"""Which person of the register is somebody on an attendance list? Asked when the list comes, and again after every
measuring."""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl
from django.db.models import Exists, OuterRef, Q

from jangkau.core.linkage import PEOPLE_SCHEMA, kind_rank, link_rows
from jangkau.programmes.outreach.models import Attendee
from jangkau.registry.people.gateways.snapshots import last_person_id
from jangkau.registry.people.models import Person
from jangkau.registry.people.queries import survivors

_COLUMN_OF = {"person_id": "id", "village_code": "village_id", "district_code": "district_id"}
_SLICE = 500


def recognise_again() -> None:
    """After a measuring: who came and was not in the register may be now, under a NIK; who left it is unknown again,
    who was merged is who remained."""
    into = survivors()
    merged = [a for a in Attendee.objects.filter(person__isnull=False) if a.person_id in into] if into else []
    for attendee in merged:
        attendee.person_id = into[attendee.person_id or 0]
    Attendee.objects.bulk_update(merged, ["person"], batch_size=_SLICE)
    there = Exists(Person.objects.filter(pk=OuterRef("person_id")))
    Attendee.objects.filter(person__isnull=False).exclude(there).update(person=None, link=Attendee.Link.UNKNOWN)
    waiting = Attendee.objects.filter(link=Attendee.Link.UNKNOWN, nik__isnull=False)
    found = list(waiting.filter(Exists(Person.objects.filter(nik=OuterRef("nik")))))
    if not found:
        return
    rows = [(a.pk, a.name, a.nik, a.sex, a.birth_date, a.village_id, a.phone) for a in found]
    names = ["row_id", "name", "nik", "sex", "birth_date", "village_code", "phone"]
    schema = {name: PEOPLE_SCHEMA.get(name, pl.Int64()) for name in names}
    links = links_of(pl.DataFrame(rows, schema=schema, orient="row"))
    known = dict(links.filter(pl.col("link_state") == "linked").select("row_id", "person_id").iter_rows())
    for attendee in found:
        if attendee.pk in known:
            attendee.person_id, attendee.link = known[attendee.pk], Attendee.Link.LINKED
    Attendee.objects.bulk_update(found, ["person", "link"], batch_size=_SLICE)


def links_of(people: pl.DataFrame) -> pl.DataFrame:
    """`row_id, person_id, link_state` of the people who can be asked about."""
    asked = people.select(
        "row_id", "name", "nik", "sex", "birth_date", "village_code", "phone", list_id=pl.lit(0, dtype=pl.Int64),
        district_code=pl.col("village_code").str.slice(0, 8), rank=pl.lit(kind_rank("workers"), dtype=pl.Int16),
    ).filter(pl.col("name").is_not_null() | pl.col("nik").is_not_null())  # fmt: skip
    known = _people_like(asked)
    if asked.is_empty() or known.is_empty():
        return pl.DataFrame(schema={"row_id": pl.Int64, "person_id": pl.Int64, "link_state": pl.String})
    links = link_rows(asked, known, first_new_id=last_person_id() + 1).links
    was_there = pl.col("person_id").is_in(known["person_id"].implode())  # the same newcomer twice is nobody known
    return links.filter(was_there | (pl.col("link_state") == "review")).select("row_id", "person_id", "link_state")


def _people_like(asked: pl.DataFrame) -> pl.DataFrame:
    """People with one of the NIKs, and people of the villages whose name begins alike."""
    heads = sorted({name.split()[0][:4] for name in asked["name"].drop_nulls() if name.split()})
    alike = reduce(or_, [Q(name__startswith=head) for head in heads], Q(pk__in=[]))
    villages = asked["village_code"].drop_nulls().unique().to_list()
    found = Person.objects.filter(Q(nik__in=asked["nik"].drop_nulls().to_list()) | (Q(village__in=villages) & alike))
    columns = [_COLUMN_OF.get(name, name) for name in PEOPLE_SCHEMA]
    return pl.DataFrame(list(found.order_by("pk").values_list(*columns)), schema=PEOPLE_SCHEMA, orient="row")
