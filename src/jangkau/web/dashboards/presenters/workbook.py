"""The tables of a region's page as a workbook: frozen headers, filters, numbers as numbers, codes as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Protocol

import xlsxwriter
from django.utils.translation import gettext

from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.presenters.figures import day
from jangkau.web.dashboards.presenters.region import RegionPage

HEADER_ROW = 3
WIDTHS = (16, 34, 12, 14, 12, 12)


class Line(Protocol):
    """A line of a table; None stands for what is not shown, and for a share of nobody."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def workers(self) -> int | None: ...
    @property
    def covered(self) -> int | None: ...
    @property
    def uncovered(self) -> int | None: ...
    @property
    def percent(self) -> float | None: ...


def region_workbook(page: RegionPage) -> bytes:
    """One sheet for the regions below, one for the groups."""
    groups = (*page.segments, *page.sexes, *page.ages, *page.occupations)
    below = {page.level_word: page.children} if page.children else {}
    return book_of_shares(page.place, page.on, {**below, gettext("Kelompok"): groups})


def book_of_shares(place: Place, on: date, sheets: Mapping[str, Sequence[Line]]) -> bytes:
    """A workbook with a table on each sheet."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets.items():
        _sheet(book, place, on, name, rows)
    book.close()
    return target.getvalue()


def _sheet(book: xlsxwriter.Workbook, place: Place, on: date, name: str, rows: Iterable[Line]) -> None:
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff", "text_wrap": True})
    text, count = book.add_format({"num_format": "@"}), book.add_format({"num_format": "#,##0"})
    share = book.add_format({"num_format": "0.0%"})
    sheet.write(0, 0, place.title, bold)
    sheet.write(1, 0, gettext("Keadaan %(day)s, menurut nama") % {"day": day(on)})
    titles = (
        gettext("Kode"),
        gettext("Nama"),
        gettext("Pekerja"),
        gettext("Terlindungi"),
        gettext("Belum"),
        gettext("Cakupan"),
    )
    last = HEADER_ROW
    for column, (title, width) in enumerate(zip(titles, WIDTHS, strict=True)):
        sheet.write(HEADER_ROW, column, title, head)
        sheet.set_column(column, column, width)
    for last, row in enumerate(rows, HEADER_ROW + 1):
        sheet.write_string(last, 0, row.code, text)
        sheet.write_string(last, 1, row.name, text)
        for column, number in enumerate((row.workers, row.covered, row.uncovered), 2):
            if number is None:
                sheet.write_string(last, column, gettext("tidak ditampilkan"), text)
            else:
                sheet.write_number(last, column, number, count)
        if row.percent is not None:
            sheet.write_number(last, 5, row.percent / 100, share)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.autofilter(HEADER_ROW, 0, last, len(titles) - 1)
