"""The lines of a file in a new workbook, for formats whose styles cannot be kept (xls, xlsb, ods, text) and for lists
too long for the other way. Lines are written one after the other, so a long list needs little memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jangkau.core.kernel import Refused
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
from jangkau.core.reading.sheets import BOOLEAN, DATE, NUMBER, TEXT, Sheet

LAST_ROW = 1_048_576
MOST_COMMENTS = 5_000
_LONGEST = 32_767
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def write_plain_workbook(sheets: list[Sheet], marks: dict[str, SheetMarks], shown: str, progress: Progress) -> bytes:
    """The sheets with their marks; raises Refused when one has more lines than a workbook can hold."""
    if any(len(sheet.rows) and int(sheet.rows[-1]) > LAST_ROW for sheet in sheets):
        raise Refused(
            f"Daftar “{shown}” melebihi 1.048.576 baris, batas satu lembar Excel. Bagi menjadi beberapa berkas.",
            f"The list “{shown}” has more than 1,048,576 lines, the limit of a sheet. Split it into several files.",
        )
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    )
    looks = _Looks(book)
    names: set[str] = set()
    meter = _Meter(sum(len(sheet.rows) for sheet in sheets), progress)
    shows = False
    for sheet in _whole_sheets(sheets):
        page = book.add_worksheet(_sheet_name(sheet.name, names))
        _write_sheet(page, sheet, marks.get(sheet.name, SheetMarks()), looks, meter)
        if sheet.hidden:
            page.hide()
        elif not shows:
            page.activate()
            page.set_first_sheet()
            shows = True
    book.close()
    return stream.getvalue()


class _Meter:
    """Tells how many of all lines are written."""

    def __init__(self, lines: int, progress: Progress) -> None:
        self.lines, self.progress, self.done = lines, progress, 0

    def over(self, rows: list[int]) -> Iterator[int]:
        for row in rows:
            yield row
            self.done += 1
            if self.done % 5_000 == 0:
                self.progress(self.done / self.lines)


class _Looks:
    """The few formats of a plain workbook: each value in a plain and in an amber look."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        amber = {"bg_color": f"#{AMBER}"}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.plain, self.wrong = book.add_format(), book.add_format(amber)
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.wrong_day = book.add_format({"num_format": "dd/mm/yyyy", **amber})
        self.nik, self.wrong_nik = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", **amber})
        self.quoted = book.add_format({"quote_prefix": True})
        self.wrong_quoted = book.add_format({"quote_prefix": True, **amber})


def _places(sheet: Sheet) -> list[int]:
    """Where each column stands, from 0; the fields of a text that stood in one column stand beside each other."""
    kept = sheet.positions or range(sheet.width)
    if len(set(kept)) < len(kept):
        kept = range(kept[0], kept[0] + len(kept))
    return [sheet.left + column for column in kept]


def _whole_sheets(sheets: list[Sheet]) -> list[Sheet]:
    """Tables that stood side by side on one sheet are put there again."""
    parts: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        parts.setdefault(sheet.name, []).append(sheet)
    return [found[0] if len(found) == 1 else _side_by_side(found) for found in parts.values()]


def _side_by_side(parts: list[Sheet]) -> Sheet:
    whole = pl.DataFrame(schema={"row": pl.Int32()})
    places: list[int] = []
    for part in parts:
        first = len(places)
        cells = part.cells.rename({f"c{n}": f"c{first + n}" for n in range(part.width)})
        told = [kind.alias(f"k{first + n}") for n, kind in part.kinds.items()]
        whole = whole.join(cells.with_columns(part.rows.alias("row"), *told), on="row", how="full", coalesce=True)
        places += _places(part)
    whole = whole.sort("row")
    kinds = {n: whole[f"k{n}"].fill_null(TEXT) for n in range(len(places)) if f"k{n}" in whole.columns}
    cells = whole.select(f"c{n}" for n in range(len(places)))
    return Sheet(parts[0].name, whole["row"], cells, kinds, parts[0].hidden, positions=tuple(places))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel allows, once in a workbook."""
    bare = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "Daftar"
    found, number = bare, 1
    while found.lower() in taken:
        number += 1
        found = f"{bare[: 30 - len(str(number))]} {number}"
    taken.add(found.lower())
    return found


def _write_sheet(page: Worksheet, sheet: Sheet, marks: SheetMarks, looks: _Looks, meter: _Meter) -> None:
    places = _places(sheet)
    status, advice = added_columns(marks, {place + 1 for place in places})
    for place, column in zip(places, sheet.cells.get_columns(), strict=True):
        longest = max(map(len, column.head(200).drop_nulls().to_list()), default=0)
        page.set_column(place, place, min(max(longest + 2, 6), 40))
    if marks.statuses:
        page.set_column(status - 1, status - 1, 18)
        page.set_column(advice - 1, advice - 1, 70)
    wrong = _by_row(marks)
    kinds = [sheet.kinds[c].to_list() if c in sheet.kinds else None for c in range(sheet.width)]
    for index, (row, texts) in enumerate(zip(meter.over(sheet.rows.to_list()), sheet.cells.iter_rows(), strict=True)):
        head, listed = row in marks.headers, row in marks.statuses
        faults = wrong.get(row, {})
        for place, kind, text in zip(places, kinds, texts, strict=True):
            fault = place + 1 in faults
            overwritten = (head or listed) and place + 1 in (status, advice)
            if overwritten or (text is None and not fault):
                continue
            nik = listed and place + 1 in marks.nik_columns
            _write_cell(page, row - 1, place, text, kind[index] if kind else TEXT, looks, head, nik, fault)
        for number, sentences in faults.items():
            page.write_comment(row - 1, number - 1, comment_text(sentences), {"author": AUTHOR, "x_scale": 2.2})
        if head:
            page.write_string(row - 1, status - 1, STATUS_HEADER, looks.head)
            page.write_string(row - 1, advice - 1, ADVICE_HEADER, looks.head)
        elif listed:
            word, told = marks.statuses[row]
            page.write_string(row - 1, status - 1, word, looks.plain if word == GOOD else looks.wrong)
            if told:
                page.write_string(row - 1, advice - 1, told[:_LONGEST])


def _by_row(marks: SheetMarks) -> dict[int, dict[int, list[str]]]:
    """Row -> column -> sentences."""
    found: dict[int, dict[int, list[str]]] = {}
    for address, sentences in marks.comments.items():
        if parts := _ADDRESS.fullmatch(address):
            found.setdefault(int(parts[2]), {})[column_number(parts[1])] = sentences
    return found


def _write_cell(
    page: Worksheet, row: int, column: int, text: str | None, kind: int, looks: _Looks,
    head: bool, nik: bool, fault: bool,
) -> None:  # fmt: skip
    """One cell as what the file said it was; a NIK as text unless its last digit is lost."""
    plain = looks.head if head else looks.wrong if fault else looks.plain
    text_look = (looks.wrong_nik if fault else looks.nik) if nik else plain
    if text is None:
        page.write_blank(row, column, None, text_look)
    elif kind == NUMBER:
        number = float(text)
        if nik and (digits := whole_number(number)) is not None:
            page.write_string(row, column, digits, text_look)
        else:
            page.write_number(row, column, number, text_look)
    elif kind == BOOLEAN:
        page.write_boolean(row, column, text == "TRUE", plain)
    elif kind != DATE or not _write_day(page, row, column, text, looks.wrong_day if fault else looks.day):
        if looks_like_formula(text) and not head:
            text_look = looks.wrong_quoted if fault else looks.quoted
        page.write_string(row, column, text[:_LONGEST], text_look)


def _write_day(page: Worksheet, row: int, column: int, text: str, look: Format) -> bool:
    """Writes a date cell; False when the calendar of workbooks does not have the day."""
    day = datetime.fromisoformat(text)
    if day.year < 1900:
        return False
    page.write_datetime(row, column, day, look)
    return True
