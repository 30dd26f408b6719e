"""Writes the marks into the sender's own workbook: sheets, styles, merged cells and widths stay as they were sent.
Nothing in it can run or fetch: cached values instead of formulas, no macros, no links to other files."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from copy import copy

import openpyxl
import polars as pl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jangkau.core.reading.answers.marks import (
    ADVICE_HEADER,
    AMBER,
    AUTHOR,
    GOOD,
    STATUS_HEADER,
    Progress,
    SheetMarks,
    added_columns,
    column_number,
    comment_text,
    looks_like_formula,
    whole_number,
)
from jangkau.core.reading.sheets import column_letter

MOST_COMMENTS = 5_000  # a sheet with more opens slowly; the sentences stand in the added column all the same
_FILL = PatternFill("solid", fgColor=AMBER)
_NO_FILL = PatternFill()
_OUR_AUTHOR = re.compile(rf"{AUTHOR}(?: (?P<kind>rgb|theme|indexed) (?P<value>\w+) (?P<tint>-?[\d.]+))?")
_TOP = Alignment(vertical="top")
_UNREADABLE = (
    LookupError, ValueError, TypeError, AttributeError, OSError, SyntaxError, OverflowError, EOFError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def mark_own_workbook(
    content: bytes, marks: dict[str, SheetMarks], edits: pl.DataFrame, progress: Progress
) -> bytes | None:
    """The workbook with the edits and the marks of each sheet, None when the library cannot open or save it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # it names the parts of a workbook that it leaves out
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
            progress(0.4)  # about a third of the time each: opening, marking, saving
            _disarm(book)
            _write_edits(book, edits)
            for sheet in book.worksheets:
                _mark_sheet(sheet, marks.get(sheet.title))
            progress(0.7)
            stream = io.BytesIO()
            book.save(stream)
    except _UNREADABLE:
        return None
    return stream.getvalue()


def _disarm(book: Workbook) -> None:
    """Drops what points to other files (office programs refuse a workbook with a dangling link) and what would keep the
    sender from repairing a cell."""
    book.security = None
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for key in [key for key, name in names.items() if "[" in (name.attr_text or "")]:
            del names[key]
    for sheet in book.worksheets:
        sheet.protection.sheet = False
        for column in (column for table in sheet.tables.values() for column in table.tableColumns):
            column.calculatedColumnFormula = None
        sheet.data_validations.dataValidation = [
            rule
            for rule in sheet.data_validations.dataValidation
            if "[" not in f"{rule.formula1 or ''}{rule.formula2 or ''}"
        ]


def _write_edits(book: Workbook, edits: pl.DataFrame) -> None:
    """What somebody changed, as text."""
    for name, row, letter, after in edits.select("sheet", "row", "letter", "after").iter_rows():
        cell = book[name][f"{letter}{row}"]
        if not isinstance(cell, MergedCell):
            cell.value, cell.number_format = after or None, "@"
            if after:
                cell.data_type = "s"  # never a formula


def _mark_sheet(sheet: Worksheet, marks: SheetMarks | None) -> None:
    occupied = _sweep(sheet)
    if marks is None:
        return
    for merged in sheet.merged_cells.ranges:
        if any(merged.min_row <= row <= merged.max_row for row in marks.headers | marks.statuses.keys()):
            occupied.update(range(merged.min_col, min(merged.max_col, merged.min_col + 500) + 1))
    status, advice = added_columns(marks, occupied)
    _keep_niks_as_text(sheet, marks)
    _write_columns(sheet, marks, status, advice)
    for number, (address, sentences) in enumerate(marks.comments.items()):
        cell = sheet[address]
        if isinstance(cell, MergedCell):
            continue
        if number < MOST_COMMENTS and cell.comment is None:  # what the sender remarked stays
            cell.comment = Comment(comment_text(sentences), _author(cell.fill), width=320, height=110)
        cell.fill = _FILL


def _sweep(sheet: Worksheet) -> set[int]:
    """Makes every text safe, takes off the marks of an earlier answer; the columns that hold something."""
    occupied: set[int] = set()
    for cell in list(sheet._cells.values()):  # iter_rows would create the cells that a sheet leaves out
        if not isinstance(cell, Cell):
            continue
        if cell.comment is not None and _OUR_AUTHOR.fullmatch(author := cell.comment.author or ""):
            cell.comment = None
            cell.fill = _uncovered(author)
        elif cell.fill.fill_type and cell.fill.fgColor.rgb == f"00{AMBER}":
            cell.fill = _NO_FILL
        if cell.value is None:
            continue
        occupied.add(cell.column)
        if cell.data_type == "s" and isinstance(cell.value, str) and looks_like_formula(cell.value):
            cell.quotePrefix = True
    return occupied


def _author(own: PatternFill) -> str:
    """Who remarks: we, and the colour of the sender's that the amber covers, so that it comes back."""
    colour = own.fgColor
    return f"{AUTHOR} {colour.type} {colour.value} {colour.tint}" if own.fill_type == "solid" else AUTHOR


def _uncovered(author: str) -> PatternFill:
    """The fill that the amber of an earlier answer covered."""
    found = _OUR_AUTHOR.fullmatch(author)
    if found is None or found["kind"] is None:
        return _NO_FILL
    value = found["value"] if found["kind"] == "rgb" else int(found["value"])
    return PatternFill("solid", fgColor=Color(**{found["kind"]: value}, tint=float(found["tint"])))


def _keep_niks_as_text(sheet: Worksheet, marks: SheetMarks) -> None:
    """NIKs become text, also in the cells that have to be typed again; a number that lost its last digit stays."""
    wrong = {_column_and_row(address) for address in marks.comments}
    for column in marks.nik_columns:
        for row in marks.statuses:
            if (row, column) not in sheet._cells and (column, row) not in wrong:
                continue
            cell = sheet.cell(row, column)
            if isinstance(cell, MergedCell):
                continue
            cell.number_format = "@"
            if (digits := whole_number(cell.value)) is not None:
                cell.value = digits


def _column_and_row(address: str) -> tuple[int, int]:
    letters, row = coordinate_from_string(address)
    return column_number(letters), row


def _write_columns(sheet: Worksheet, marks: SheetMarks, status: int, advice: int) -> None:
    """The two columns in the look of the table they stand beside."""
    for row in marks.headers:
        model = sheet.cell(row, marks.right)
        for column, words in ((status, STATUS_HEADER), (advice, ADVICE_HEADER)):
            cell = sheet.cell(row, column, words)
            if model.has_style:
                cell._style = copy(model._style)
    for row, (word, sentences) in marks.statuses.items():
        cell = sheet.cell(row, status, word)
        cell.fill = _NO_FILL if word == GOOD else _FILL
        told = sheet.cell(row, advice, sentences or None)
        told.alignment = _TOP
    sheet.column_dimensions[column_letter(status - 1)].width = 18
    sheet.column_dimensions[column_letter(advice - 1)].width = 70
