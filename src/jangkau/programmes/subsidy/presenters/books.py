"""Workbooks of the room: the annex of a decree, the month for the branch, nominees to check. NIK as text, real dates,
frozen header, filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple

import xlsxwriter

BEGINNING = datetime(2000, 1, 1)  # noqa: DTZ001  the same content gives the same bytes
Cell = str | int | date | None


class Sheet(NamedTuple):
    """A table on a sheet under lines that say what it is; `columns` are (title, width)."""

    name: str
    above: Sequence[str]
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


def book(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one workbook; an empty line stands between what is above a table and the table."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as made:
        made.set_properties({"title": title, "created": BEGINNING})
        bold = made.add_format({"bold": True, "font_size": 13})
        head = made.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff", "text_wrap": True})
        text, day = made.add_format({"num_format": "@"}), made.add_format({"num_format": "dd-mm-yyyy"})
        number = made.add_format({"num_format": "#,##0"})
        for each in sheets:
            sheet = made.add_worksheet(each.name[:31])
            for line, words in enumerate(each.above):
                sheet.write_string(line, 0, words, bold if line == 0 else text)
            header = len(each.above) + 1 if each.above else 0
            for column, (name, width) in enumerate(each.columns):
                sheet.set_column(column, column, width)
                sheet.write_string(header, column, name, head)
            line = header
            for line, row in enumerate(each.rows, header + 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(line, column, datetime.combine(cell, datetime.min.time()), day)
                    elif isinstance(cell, int):
                        sheet.write_number(line, column, cell, number)
                    elif cell:
                        sheet.write_string(line, column, cell, text)
            sheet.freeze_panes(header + 1, 3)
            sheet.autofilter(header, 0, max(line, header), len(each.columns) - 1)
    return target.getvalue()
