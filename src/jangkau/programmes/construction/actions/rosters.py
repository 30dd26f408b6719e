"""Workers are added to a work, leave it, and the branch is told of both. Who is typed is looked for in the register:
by NIK with the name, else by the evidence of core.linkage among the people of the village."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

import polars as pl
from django.db import transaction
from django.db.models import Q

from jangkau.core.kernel import Refused
from jangkau.core.linkage import PEOPLE_SCHEMA, kind_rank, link_rows
from jangkau.core.reading.pasted import WORKER_SCHEMA
from jangkau.programmes.construction.actions.assessing import assess
from jangkau.programmes.construction.actions.works import require_open
from jangkau.programmes.construction.models import RosterLine, Transition, Work
from jangkau.programmes.construction.states import State
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.gateways.snapshots import last_person_id
from jangkau.registry.people.models import Person

MOST_WORKERS = 1_000
_COLUMN_OF = {"person_id": "id", "village_code": "village_id", "district_code": "district_id"}


class Added(NamedTuple):
    """What became of pasted lines: written, recognised in the register, left out because they stand there already,
    and written without a NIK that can be read."""

    written: int
    recognised: int
    there_already: int
    without_nik: int


@transaction.atomic
def add_workers(
    work: Work, workers: pl.DataFrame, *, by: User | None, as_of: date, first_on: date | None, named_on: date
) -> Added:
    """Adds `workers` (WORKER_SCHEMA) who begin on `first_on` (None: with the work) and are named on `named_on`. Who
    stands on the roster already is left out."""
    require_open(work)
    if workers.is_empty():
        raise Refused("Tempelkan paling sedikit satu pekerja.", "Paste at least one worker.")
    if workers.height > MOST_WORKERS:
        raise Refused(
            f"Paling banyak {MOST_WORKERS} pekerja sekali kirim. Kirim sebagai daftar di halaman Daftar.",
            f"At most {MOST_WORKERS} workers at once. Send them as a list on the page of lists.",
        )
    if first_on and work.starts_on and first_on < work.starts_on:
        raise Refused("Hari pertama pekerja mendahului proyeknya.", "The worker begins before the work does.")
    fresh = _not_there(work, workers.with_row_index("row_id").with_columns(pl.col("row_id").cast(pl.Int64)))
    linked = fresh.join(_recognised(work, fresh), on="row_id", how="left", maintain_order="left")
    here = work.roster.filter(ended_on=None).exclude(person=None).values_list("person_id", flat=True)
    linked = linked.filter(pl.col("person_id").is_null() | ~pl.col("person_id").is_in(list(here)))
    bulk.insert(
        RosterLine,
        linked.select(
            *WORKER_SCHEMA, "person_id", work_id=pl.lit(work.pk, dtype=pl.Int64), ended_because=pl.lit(""),
            starts_on=pl.lit(first_on, dtype=pl.Date), named_on=pl.lit(named_on, dtype=pl.Date),
        ),
    )  # fmt: skip
    if work.state == State.PLANNED and linked.height:
        Transition.objects.create(work=work, before=work.state, after=State.ROSTER_IN, on=named_on, made_by=by)
        Work.objects.filter(pk=work.pk).update(state=State.ROSTER_IN)
    record(by=by, action="work_workers_added", subject=f"work {work.pk}", workers=linked.height)
    assess([work.pk], as_of)
    return Added(linked.height, linked["person_id"].count(), workers.height - linked.height, linked["nik"].null_count())


def _not_there(work: Work, workers: pl.DataFrame) -> pl.DataFrame:
    """`workers` without those whose NIK, or name where they have none, is at work there or stands above already."""
    here = work.roster.filter(ended_on=None)
    niks = [nik for nik in here.values_list("nik", flat=True) if nik]
    names = [name for name in here.values_list("name", flat=True) if name]
    key = pl.coalesce("nik", "name")
    known = pl.col("nik").is_in(niks) | (pl.col("nik").is_null() & pl.col("name").is_in(names))
    return workers.filter(~known.fill_null(False) & key.is_first_distinct())


def _recognised(work: Work, workers: pl.DataFrame) -> pl.DataFrame:
    """`row_id, person_id` of the workers who are surely somebody of the register."""
    rows = workers.select(
        "row_id", "nik", "name", "address", list_id=pl.lit(0, dtype=pl.Int64), village_code=pl.lit(work.village_id),
        rank=pl.lit(kind_rank("jakon"), dtype=pl.Int16), district_code=pl.lit((work.village_id or "")[:8] or None),
    )  # fmt: skip
    links = link_rows(rows, _people_like(work, workers), first_new_id=last_person_id() + 1).links
    return links.filter(pl.col("link_state") == "linked").select("row_id", "person_id")


def _people_like(work: Work, workers: pl.DataFrame) -> pl.DataFrame:
    """People with one of the NIKs, and people of the village whose name begins alike."""
    heads = {name.split()[0][:4] for name in workers["name"].drop_nulls()}
    alike = reduce(or_, [Q(name__startswith=head) for head in sorted(heads)], Q(pk__in=[]))
    found = Person.objects.filter(
        Q(nik__in=workers["nik"].drop_nulls().to_list()) | (Q(village_id=work.village_id) & alike)
    )
    columns = [_COLUMN_OF.get(name, name) for name in PEOPLE_SCHEMA]
    return pl.DataFrame(list(found.order_by("pk").values_list(*columns)), schema=PEOPLE_SCHEMA, orient="row")


@transaction.atomic
def remove_worker(line: RosterLine, *, by: User | None, as_of: date, on: date, because: str) -> None:
    """A worker leaves a work: the last day and why. Raises Refused where they left before or had not begun."""
    work = line.work
    require_open(work)
    first = line.starts_on or work.starts_on
    if line.ended_on or (first and on < first):
        raise Refused(
            "Pekerja ini sudah berhenti, atau belum mulai pada tanggal itu.",
            "This worker has left already, or had not begun on that day.",
        )
    if not because.strip():
        raise Refused("Tulis alasan berhenti.", "Write why the worker leaves.")
    RosterLine.objects.filter(pk=line.pk).update(ended_on=on, ended_because=because[:200])
    record(by=by, action="work_worker_left", subject=f"work {work.pk}", line=line.pk)
    assess([work.pk], as_of)


@transaction.atomic
def tell_branch(work: Work, *, by: User | None, as_of: date, on: date) -> int:
    """Notes that the branch was told of every change on a day; returns how many. Raises Refused where none waits."""
    if work.registered_on is None or on < work.registered_on:
        raise Refused(
            "Proyek belum terdaftar pada tanggal itu; daftar pekerja ikut terdaftar bersama proyeknya.",
            "The work was not registered on that day; its roster is registered with it.",
        )
    came = work.roster.filter(reported_on=None, ended_on=None)
    left = work.roster.filter(end_reported_on=None).exclude(reported_on=None).exclude(ended_on=None)
    told = left.update(end_reported_on=on) + came.update(reported_on=on)
    if not told:
        raise Refused("Tidak ada perubahan yang belum dilaporkan.", "There is no change to tell.")
    record(by=by, action="work_changes_told", subject=f"work {work.pk}", changes=told, on=on.isoformat())
    assess([work.pk], as_of)
    return told
