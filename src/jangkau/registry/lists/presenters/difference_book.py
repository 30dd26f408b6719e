"""The rows of one kind of change as a workbook: numbers of people as text, nothing that a program would compute."""

from __future__ import annotations

from io import BytesIO

import polars as pl
import xlsxwriter
from django.utils.translation import gettext

from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.presenters.differences import CHANGE_WORDS, DifferenceRow, difference_rows

_ROWS_ON_A_SHEET = 1_000_000  # Excel holds 1,048,576
_ROWS_AT_ONCE = 20_000
_WIDTHS = (12, 12, 32, 20, 13, 6, 6, 6, 22, 60)


def difference_workbook(previous: SentList, item: SentList, change: str, rows: pl.DataFrame, *, whole: bool) -> bytes:
    """`rows` in DIFFERENCE_SCHEMA, all of them, on one sheet (a further one after every million rows)."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        text = book.add_format({"num_format": "@"})
        for number, first in enumerate(range(0, max(rows.height, 1), _ROWS_ON_A_SHEET), 1):
            sheet = _sheet(book, str(CHANGE_WORDS[change][1]), number)
            for start in range(first, min(first + _ROWS_ON_A_SHEET, rows.height), _ROWS_AT_ONCE):
                part = difference_rows(previous, item, rows[start : start + _ROWS_AT_ONCE], whole=whole)
                for line, row in enumerate(part, start - first + 1):
                    _write(sheet, line, row, text)
    return target.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, number: int) -> xlsxwriter.workbook.Worksheet:
    sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
    head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff", "text_wrap": True})
    titles = (
        gettext("Baris kini"), gettext("Baris dahulu"), gettext("Nama"), "NIK", gettext("Lahir"), gettext("L/P"), "RT",
        "RW", gettext("Pekerjaan"), gettext("Yang berubah"),
    )  # fmt: skip
    for column, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    sheet.freeze_panes(1, 3)
    return sheet


def _write(
    sheet: xlsxwriter.workbook.Worksheet, line: int, row: DifferenceRow, text: xlsxwriter.workbook.Format
) -> None:
    for column, number in enumerate((row.new_row, row.old_row)):
        if number is not None:
            sheet.write_number(line, column, number)
    born = row.birth_date.strftime("%d-%m-%Y") if row.birth_date else ""
    said = "; ".join(f"{cell.field}: {cell.before} → {cell.after}" for cell in row.changed)
    for column, value in enumerate((row.name, row.nik, born, row.sex, row.rt, row.rw, row.occupation, said), 2):
        sheet.write_string(line, column, value, text)
