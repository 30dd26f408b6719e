"""Rows of a table as a workbook: numbers of people as text, nothing that a program would compute, a frozen header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import islice

import xlsxwriter

ROWS_ON_A_SHEET = 1_000_000  # Excel holds 1,048,576
Cell = str | int | None


def row_book(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]], *, frozen: int) -> bytes:
    """`rows` under `columns` (title, width), the first `frozen` of which stay in sight, on a sheet called `name`; a
    further sheet after every million rows."""
    target = BytesIO()
    left = iter(rows)
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff", "text_wrap": True})
        number, full = 1, True
        while full:
            sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
            for column, (title, width) in enumerate(columns):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, title, head)
            sheet.freeze_panes(1, frozen)
            line = 0
            for line, row in enumerate(islice(left, ROWS_ON_A_SHEET), 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(line, column, cell)
                    elif cell:
                        sheet.write_string(line, column, cell, text)
            number, full = number + 1, line == ROWS_ON_A_SHEET
    return target.getvalue()
