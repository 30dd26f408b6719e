"""The tables of a region's page as a workbook: frozen headers, filters, numbers as numbers, codes as text."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext

from jangkau.registry.lists.presenters.shares import ShareRow
from jangkau.registry.people.presenters.figures import day
from jangkau.web.dashboards.presenters.region import RegionPage

HEADER_ROW = 3
WIDTHS = (16, 34, 12, 14, 12, 12)


def region_workbook(page: RegionPage) -> bytes:
    """One sheet for the regions below, one for the groups."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    if page.children:
        _sheet(book, page, page.level_word, page.children)
    groups = (*page.segments, *page.sexes, *page.ages, *page.occupations)
    _sheet(book, page, gettext("Kelompok"), groups)
    book.close()
    return target.getvalue()


def _sheet(book: xlsxwriter.Workbook, page: RegionPage, name: str, rows: Iterable[ShareRow]) -> None:
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff", "text_wrap": True})
    text, count = book.add_format({"num_format": "@"}), book.add_format({"num_format": "#,##0"})
    share = book.add_format({"num_format": "0.0%"})
    sheet.write(0, 0, page.place.name, bold)
    sheet.write(1, 0, gettext("Keadaan %(day)s, menurut nama") % {"day": day(page.on)})
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
            sheet.write_number(last, column, number, count)
        if row.percent is not None:
            sheet.write_number(last, 5, row.percent / 100, share)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.autofilter(HEADER_ROW, 0, last, len(titles) - 1)
