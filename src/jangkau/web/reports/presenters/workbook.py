"""The tables of a report as a workbook: real dates, codes as text, numbers as numbers, frozen headers, filters. The
same facts give the same bytes: the workbook carries no time of its making."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import xlsxwriter

from jangkau.registry.lists.presenters.shares import ShareRow
from jangkau.registry.people.presenters.figures import day

HEAD = 3  # rows above the header: title, day, empty
BEGINNING = datetime(2000, 1, 1)  # noqa: DTZ001  workbooks know no time zones
WIDEST = 60

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Table:
    """A sheet: columns are (title, kind); kind is text, number, share (0-100), or day."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: Sequence[Sequence[Cell]]


SHARE_COLUMNS = (
    ("Kode", "text"), ("Nama", "text"), ("Pekerja", "number"), ("Terlindungi", "number"), ("Belum", "number"),
    ("Cakupan", "share"),
)  # fmt: skip


def share_table(name: str, rows: Iterable[ShareRow]) -> Table:
    """Regions or groups with their workers and covered."""
    return Table(name, SHARE_COLUMNS, [(r.code, r.name, r.workers, r.covered, r.uncovered, r.percent) for r in rows])


def workbook(title: str, on: date, tables: Sequence[Table]) -> bytes:
    """One sheet for each table that has rows; where none has any, the title alone."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": BEGINNING})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "number": book.add_format({"num_format": "#,##0"}),
        "share": book.add_format({"num_format": "0.0%"}),
        "day": book.add_format({"num_format": "dd-mm-yyyy"}),
    }
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff", "text_wrap": True})
    for table in [table for table in tables if table.rows] or [Table("Laporan", (), [])]:
        sheet = book.add_worksheet(table.name[:31])
        sheet.write_string(0, 0, title, bold)
        sheet.write_string(1, 0, f"Keadaan {day(on)}, menurut nama")
        for column, (name, kind) in enumerate(table.columns):
            sheet.write_string(HEAD, column, name, head)
            longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
            sheet.set_column(column, column, min(max(longest, len(name), 10) + 2, WIDEST), formats[kind])
        for number, row in enumerate(table.rows, HEAD + 1):
            for column, ((_, kind), value) in enumerate(zip(table.columns, row, strict=True)):
                _write(sheet, number, column, kind, value, formats[kind])
        if table.rows:
            sheet.freeze_panes(HEAD + 1, 0)
            sheet.autofilter(HEAD, 0, HEAD + len(table.rows), len(table.columns) - 1)
    book.close()
    return target.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, kind: str, value: Cell, form: object) -> None:
    if value is None:
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, form)
    elif kind == "text":
        sheet.write_string(row, column, str(value), form)
    else:
        sheet.write_number(row, column, float(value) / 100 if kind == "share" else value, form)
