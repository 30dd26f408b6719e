"""Everything the register holds about one person, as a workbook to be handed over: values, memberships, every row of
every list with its source, decisions, what other rooms say, and who read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from jangkau.registry.access.models import AuditEvent
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.events import ProfileNote
from jangkau.registry.lists.models import RuledRow
from jangkau.registry.people.models import Correction, Membership, Person

Rows = Iterable[Sequence[Any]]


def everything_about(scope: Scope, person: Person, notes: Sequence[ProfileNote]) -> bytes:
    """The workbook; `notes`: what other rooms say of the person."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _sheet(book, _("Data"), (_("Isian"), _("Nilai")), _values(person))
        fields = [field for field in Membership._meta.concrete_fields if field.name not in ("id", "person")]
        memberships = ([getattr(each, field.attname) for field in fields] for each in person.memberships.all())
        _sheet(book, _("Kepesertaan"), [field.name for field in fields], memberships)
        heads = (_("Daftar"), _("Jenis"), _("Diterima"), _("Lembar"), _("Baris"), _("Isian"), _("Nilai"))
        _sheet(book, _("Sumber"), heads, _sources(scope, person))
        _sheet(book, _("Keputusan"), (_("Waktu"), _("Apa")), _decisions(person))
        _sheet(book, _("Program"), (_("Keterangan"),), ([note.words] for note in notes))
        _sheet(book, _("Yang membaca"), (_("Waktu"), _("Apa"), _("Oleh"), _("Alasan")), _readers(person))
    return target.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, heads: Sequence[str], rows: Rows) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    sheet.set_column(0, len(heads) - 1, 26)
    sheet.write_row(0, 0, heads, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            sheet.write_string(number, column, "" if value is None else str(value))
    sheet.freeze_panes(1, 0)


def _values(person: Person) -> Rows:
    for field in Person._meta.concrete_fields:
        yield field.name, getattr(person, field.attname)


def _sources(scope: Scope, person: Person) -> Rows:
    for stand in queries.appearances(scope, person.pk):
        item, row = stand["list"], stand["values"]
        head = (item.path, item.get_kind_display(), item.received_at.date(), row.get("sheet"), row.get("row"))
        for name, value in row.items():
            if value not in (None, [], "") and name not in ("sheet", "row"):
                yield *head, name, value


def _decisions(person: Person) -> Rows:
    for said in RuledRow.objects.filter(person_number=person.pk).select_related("ruling").order_by("pk"):
        yield said.ruling.said_at.date(), said.ruling.get_kind_display()
    for made in Correction.objects.filter(person=person).order_by("pk"):
        yield made.made_at.date(), f"{made.field}: {made.before or ''} -> {made.value}"


def _readers(person: Person) -> Rows:
    """Who opened the page of this person or took the whole number; searches are noted without whom they found."""
    for event in AuditEvent.objects.filter(subject=f"person {person.pk}").select_related("by").order_by("pk"):
        by = event.by.get_agency_display() or event.by.username if event.by else ""
        yield event.at.isoformat(timespec="minutes"), event.action, by, event.detail.get("because", "")
