"""People as a workbook to work with: NIK as text, real dates, frozen header, filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext

from jangkau.registry.lists.presenters.people import PersonView
from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.presenters.figures import day

_HEADER_ROW = 3
_WIDTHS = (32, 20, 12, 6, 34, 6, 6, 24, 24, 16, 34)


def people_workbook(place: Place, on: date, people: Sequence[PersonView]) -> bytes:
    """One sheet with a line for everybody."""
    target = BytesIO()
    titles = (
        gettext("Nama"), "NIK", gettext("Lahir"), gettext("L/P"), gettext("Alamat"), "RT", "RW", gettext("Pekerjaan"),
        gettext("Segmen"), gettext("Telepon"), gettext("Keadaan"),
    )  # fmt: skip
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(gettext("Pekerja"))
        bold = book.add_format({"bold": True, "font_size": 13})
        head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff"})
        text, date_format = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_string(0, 0, place.title, bold)
        sheet.write_string(1, 0, gettext("Keadaan %(day)s, menurut nama") % {"day": day(on)})
        for column, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEADER_ROW, column, title, head)
        for line, view in enumerate(people, _HEADER_ROW + 1):
            for column, value in enumerate(_values(view)):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, datetime.combine(value, datetime.min.time()), date_format)
                else:
                    sheet.write_string(line, column, value or "", text)
        sheet.freeze_panes(_HEADER_ROW + 1, 1)
        sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(people), len(titles) - 1)
    return target.getvalue()


def _values(view: PersonView) -> tuple[str | date | None, ...]:
    who = view.person
    return (
        who.name, who.nik, who.birth_date, who.sex, who.address, who.rt, who.rw, who.occupation,
        who.get_segment_display() if who.segment else "", who.phone, view.state_words,
    )  # fmt: skip
