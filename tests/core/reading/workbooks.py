"""Workbooks made on the spot, and what a test looks at in a reading."""

import io
from datetime import date

import xlsxwriter

from jangkau.core.reading import ListReading


def workbook(*sheets, hidden=(), names=None) -> bytes:
    """Each sheet a list of rows; None and "" stay empty, dates become date cells."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_numbers": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[number] if names else f"Sheet{number + 1}")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, day)
                elif isinstance(value, str) and value:
                    sheet.write_string(r, c, value)
                elif value not in (None, ""):
                    sheet.write(r, c, value)
        if number in hidden:
            sheet.hide()
    book.close()
    return stream.getvalue()


def data(found: ListReading, *columns: str) -> list[tuple]:
    """Data rows of a reading, the columns asked for."""
    rows = found.rows.filter(found.rows["state"] == "data")
    return rows.select(columns).rows() if len(columns) > 1 else rows[columns[0]].to_list()


def line_kinds(found: ListReading) -> dict[int, str]:
    """Row number -> kind for the lines that are no data (first sheet only when rows repeat)."""
    rest = found.rows.filter(found.rows["state"] == "not_data")
    return dict(zip(rest["row"].to_list(), (kinds[0] for kinds in rest["problems"].to_list()), strict=True))
