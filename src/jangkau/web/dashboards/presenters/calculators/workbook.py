"""An answer as a workbook: every figure as a number or a day, and beside it the way it was computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext

from jangkau.web.dashboards.presenters.calculators.amounts import Answer, Line

HEADER_ROW = 3


Table = tuple[str, Sequence[str], Sequence[Sequence[str | int]]]  # name of the sheet, headers, rows


def answer_workbook(title: str, asked: Iterable[tuple[str, str]], answer: Answer, table: Table | None = None) -> bytes:
    """A sheet for the table if there is one, one for the figures, one for what was asked."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff"})
    formats = {
        int: book.add_format({"num_format": "#,##0", "valign": "top"}),
        date: book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "right"}),
        str: book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    }
    if table:
        _table(book, title, answer.sentence, table, bold, head)
    sheet = book.add_worksheet(gettext("Hitungan"))
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, answer.sentence)
    titles = (gettext("Bagian"), gettext("Butir"), gettext("Jumlah"), gettext("Asumsi"), gettext("Cara hitung"))
    for column, (word, width) in enumerate(zip(titles, (24, 34, 18, 30, 110), strict=True)):
        sheet.write_string(HEADER_ROW, column, word, head)
        sheet.set_column(column, column, width)
    row = HEADER_ROW
    for group in answer.groups:
        for each in group.lines:
            row += 1
            _line(sheet, row, group.title, each, formats)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.autofilter(HEADER_ROW, 0, row, len(titles) - 1)
    for number, words in enumerate((*answer.because, *answer.warnings, *answer.notes), row + 2):
        sheet.write_string(number, 0, words)
    given = book.add_worksheet(gettext("Yang diisi"))
    given.set_column(0, 1, 40)
    for number, (label, value) in enumerate(asked):
        given.write_string(number, 0, label)
        given.write_string(number, 1, value)
    book.close()
    return target.getvalue()


def _table(book: xlsxwriter.Workbook, title: str, sentence: str, table: Table, bold: object, head: object) -> None:
    name, headers, rows = table
    sheet = book.add_worksheet(name)
    count = book.add_format({"num_format": "#,##0"})
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, sentence)
    for column, word in enumerate(headers):
        sheet.write_string(HEADER_ROW, column, word, head)
        sheet.set_column(column, column, 18 if column else 6)
    for line, row in enumerate(rows, HEADER_ROW + 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value, count)
            else:
                sheet.write_string(line, column, value)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(rows), len(headers) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _line(sheet: xlsxwriter.worksheet.Worksheet, row: int, group: str, each: Line, formats: dict[type, object]) -> None:
    sheet.write_string(row, 0, group, formats[str])
    sheet.write_string(row, 1, each.label, formats[str])
    if isinstance(each.value, date):
        sheet.write_datetime(row, 2, each.value, formats[date])
    elif isinstance(each.value, int) and not isinstance(each.value, bool):
        sheet.write_number(row, 2, each.value, formats[int])
    else:
        sheet.write_string(row, 2, each.text, formats[str])
    sheet.write_string(row, 3, "; ".join(each.assumed), formats[str])
    sheet.write_string(row, 4, "\n".join(each.why), formats[str])
