"""Tables as a workbook to work with, for every room above: text stays text (a NIK keeps its digits), real dates,
numbers as numbers, frozen header, filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter
from django.utils.translation import gettext

BEGINNING = datetime(2000, 1, 1)  # noqa: DTZ001  the same content gives the same bytes
FORMATS = {"text": "@", "day": "dd-mm-yyyy", "whole": "#,##0"}
Cell = str | int | float | date | None


class Sheet(NamedTuple):
    """A table on a sheet under lines that say what it is; `columns` are (title, width in characters). The first `fixed`
    columns stay in sight."""

    name: str
    above: Sequence[str]
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]
    fixed: int = 1


def workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one workbook; an empty line stands between what is above a table and the table."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as made:
        made.set_properties({"title": title, "created": BEGINNING})
        bold = made.add_format({"bold": True, "font_size": 13})
        head = made.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff", "text_wrap": True})
        formats = {name: made.add_format({"num_format": shown}) for name, shown in FORMATS.items()}
        for each in sheets:
            sheet = made.add_worksheet(each.name[:31])
            for line, words in enumerate(each.above):
                sheet.write_string(line, 0, words, bold if line == 0 else formats["text"])
            header = len(each.above) + 1 if each.above else 0
            for column, (name, width) in enumerate(each.columns):
                sheet.set_column(column, column, width)
                sheet.write_string(header, column, name, head)
            line = header
            for line, row in enumerate(each.rows, header + 1):
                for column, cell in enumerate(row):
                    _write(sheet, line, column, cell, formats)
            sheet.freeze_panes(header + 1, each.fixed)
            sheet.autofilter(header, 0, max(line, header), len(each.columns) - 1)
    return target.getvalue()


def table_book(title: str, note: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet under its title and a line about it."""
    return workbook(title, [Sheet(title, (title, note), columns, rows)])


def _write(sheet: Any, line: int, column: int, cell: Cell, formats: Mapping[str, object]) -> None:
    if isinstance(cell, bool):
        sheet.write_string(line, column, gettext("ya") if cell else gettext("tidak"), formats["text"])
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, datetime.combine(cell, datetime.min.time()), formats["day"])
    elif isinstance(cell, int):
        sheet.write_number(line, column, cell, formats["whole"])
    elif isinstance(cell, float):
        sheet.write_number(line, column, round(cell, 1))
    elif cell:
        sheet.write_string(line, column, str(cell), formats["text"])
