"""A table as a workbook to work with: real dates, numbers as numbers, the rest as text; frozen header, filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter

Cell = str | int | date | None
_HEADER_ROW = 3


def table_book(title: str, subtitle: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet; `columns` are (heading, width in characters)."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "font_size": 13})
        head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff"})
        text, count = book.add_format({"num_format": "@"}), book.add_format({"num_format": "#,##0"})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_string(0, 0, title, bold)
        sheet.write_string(1, 0, subtitle)
        for column, (heading, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEADER_ROW, column, heading, head)
        line = _HEADER_ROW
        for line, row in enumerate(rows, _HEADER_ROW + 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, datetime.combine(value, datetime.min.time()), day)
                elif isinstance(value, int):
                    sheet.write_number(line, column, value, count)
                else:
                    sheet.write_string(line, column, value or "", text)
        sheet.freeze_panes(_HEADER_ROW + 1, 1)
        sheet.autofilter(_HEADER_ROW, 0, line, len(columns) - 1)
    return target.getvalue()
