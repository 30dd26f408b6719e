"""Who came to an event: written down as the attendance list says, joined to the people of the register where that is
sure. What cannot be read or may be two people stays as it was written."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl
from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.core.reading.documents import document_kind
from jangkau.programmes.outreach.actions.holding import take_over
from jangkau.programmes.outreach.actions.recognising import links_of
from jangkau.programmes.outreach.models import Attendee, Event, EventFile
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.cases.actions import add_paper

MOST_PEOPLE = 2_000
LARGEST_FILE = 10 * 2**20
_STATES = {"linked": Attendee.Link.LINKED, "review": Attendee.Link.UNSURE}
_SLICE = 500


class Came(NamedTuple):
    """What became of an attendance list: written down, recognised, left out because they stand there already."""

    written: int
    recognised: int
    there_already: int


@transaction.atomic
def add_attendance(event: Event, people: pl.DataFrame, *, by: User | None) -> Came:
    """Writes down who came; `people` in ATTENDANCE_SCHEMA. Raises Refused for an empty list or too long a one."""
    if people.is_empty():
        raise Refused("Tempelkan atau unggah paling sedikit satu orang.", "Paste or upload at least one person.")
    if people.height > MOST_PEOPLE:
        raise Refused(
            f"Paling banyak {MOST_PEOPLE} orang untuk satu kegiatan.", f"At most {MOST_PEOPLE} people for one event."
        )
    take_over(event, by=by)
    fresh = _not_there(event, people).with_row_index("row_id").with_columns(pl.col("row_id").cast(pl.Int64))
    links = dict(links_of(fresh).select("row_id", pl.struct("person_id", "link_state")).iter_rows())
    for row in fresh.iter_rows(named=True):
        said = links.get(row["row_id"], {"person_id": None, "link_state": None})
        state = _STATES.get(said["link_state"], Attendee.Link.UNKNOWN) if row["readable"] else Attendee.Link.UNREADABLE
        row["link"], row["person_id"] = state, said["person_id"] if state == Attendee.Link.LINKED else None
        links[row["row_id"]] = row
    columns = ("name", "nik", "sex", "birth_date", "phone", "employer", "link", "person_id")
    Attendee.objects.bulk_create(
        [
            Attendee(
                event=event, written=row["written"][:500], village_id=row["village_code"], added_by=by,
                **{name: row[name] for name in columns},
            )
            for row in (links[number] for number in fresh["row_id"])
        ],
        batch_size=_SLICE,
    )  # fmt: skip
    named = event.attendees.count()
    if event.attendance is None or event.attendance < named:
        event.attendance = named
        event.save(update_fields=["attendance"])
    record(by=by, action="event_attendance", subject=f"event {event.pk}", people=fresh.height)
    linked = sum(row["link"] == Attendee.Link.LINKED for row in (links[number] for number in fresh["row_id"]))
    return Came(fresh.height, linked, people.height - fresh.height)


@transaction.atomic
def remove_attendee(event: Event, number: int, *, by: User | None) -> None:
    """Takes a line off an attendance list."""
    event.attendees.filter(pk=number).delete()
    record(by=by, action="event_attendee_removed", subject=f"event {event.pk}", attendee=number)


@transaction.atomic
def add_file(event: Event, what: str, name: str, content: bytes, *, by: User | None) -> None:
    """Keeps a document or picture of an event. Raises Refused for other kinds of file and for large ones."""
    if document_kind(content) is None or len(content) > LARGEST_FILE:
        raise Refused(
            "Kirim PDF, foto (JPEG, PNG, WebP), atau berkas Word, Excel, PowerPoint sampai 10 MB.",
            "Send a PDF, a picture (JPEG, PNG, WebP), or a Word, Excel or PowerPoint file of up to 10 MB.",
        )
    take_over(event, by=by)
    paper = add_paper(name, content, region=event.place_id, by=by)
    EventFile.objects.create(event=event, what=what, paper=paper)


def _not_there(event: Event, people: pl.DataFrame) -> pl.DataFrame:
    """`people` without those who stand on the list of the event already, by NIK, else by the whole line."""
    niks = [nik for nik in event.attendees.values_list("nik", flat=True) if nik]
    lines = list(event.attendees.values_list("written", flat=True))
    key = pl.coalesce("nik", "written")
    known = pl.col("nik").is_in(niks).fill_null(False) | pl.col("written").is_in(lines)
    return people.filter(~known & key.is_first_distinct())
