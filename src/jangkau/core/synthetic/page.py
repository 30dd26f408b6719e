"""A workbook that remembers: every line written is noted with its sheet, its row as Excel shows it, what kind of line
it is and, for people, what a careful reader should take from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

import polars as pl
import xlsxwriter

from jangkau.core.synthetic.mess import Entry

Cell = str | int | float | date | None
TRAIL_SCHEMA = {
    "file": pl.String, "sheet": pl.String, "row": pl.Int32, "kind": pl.String, "person_id": pl.Int64, "name": pl.String,
    "nik": pl.String, "nik_correct": pl.Boolean, "birth_date": pl.Date, "sex": pl.String, "village_code": pl.String,
    "rt": pl.Int64, "rw": pl.Int64, "problems": pl.String,
}  # fmt: skip
_MADE_ON = datetime(2026, 11, 2, 8, 0, 0)  # noqa: DTZ001 - a constant stamp, so that equal lists are equal bytes


class Book:
    """An xlsx file being written, and the trail of its rows. Use it in a `with` block. `streaming` keeps one row in
    memory at a time, for long lists without merged cells."""

    def __init__(self, folder: Path, file: str, *, streaming: bool = False) -> None:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        self.file = file
        self.trail: list[tuple[object, ...]] = []
        self._book = xlsxwriter.Workbook(str(target), {"constant_memory" if streaming else "in_memory": True})
        self._book.set_properties({"created": _MADE_ON})
        self.date_format = self._book.add_format({"num_format": "dd/mm/yyyy"})

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def page(self, name: str, *, hidden: bool = False) -> Page:
        """A further sheet."""
        sheet = self._book.add_worksheet(name)
        if hidden:
            sheet.hide()
        return Page(self, sheet, name)

    def rows(self) -> pl.DataFrame:
        """The trail in the columns of TRAIL_SCHEMA."""
        return trail_frame(self.trail)


class Page:
    """A sheet, filled from top to bottom."""

    def __init__(self, book: Book, sheet: xlsxwriter.worksheet.Worksheet, name: str) -> None:
        self.book = book
        self.sheet = sheet
        self.name = name
        self.at = 0  # the next row, counted from 0

    def line(self, cells: Sequence[Cell], kind: str) -> None:
        """A line that is no person, of the given kind."""
        self._put(cells)
        self.book.trail.append((self.book.file, self.name, self.at, kind, *([None] * 9), kind))

    def record(self, cells: Sequence[Cell]) -> int:
        """A line about something else than a person (a firm, a meeting): the row as Excel shows it."""
        self._put(cells)
        return self.at

    def titles(self, *texts: str) -> None:
        for text in texts:
            self.line([text], "title")
        self.skip()

    def person(self, cells: Sequence[Cell], entry: Entry, *, sex: bool = True, village: bool = True) -> None:
        """A line about a person; `sex` and `village` tell whether the list states them."""
        self._put(cells)
        self.book.trail.append(
            (
                self.book.file,
                self.name,
                self.at,
                "person",
                entry.person_id,
                " ".join(entry.name.upper().split()),
                entry.nik_true or None,
                entry.nik_is_right,
                entry.birth_true,
                entry.sex if sex else None,
                (entry.village_code or None) if village else None,
                entry.rt,
                entry.rw,
                "|".join(dict.fromkeys(entry.problems)),
            )
        )

    def skip(self, lines: int = 1) -> None:
        self.at += lines

    def signatures(self, left: str, right: str, column: int, place: str) -> None:
        """The block under a list: place and date, offices, and names four lines below."""
        self.skip(2)
        gap = [""] * (column - 1)
        self.line(["", *gap, place], "signature")
        self.line(["Mengetahui,", *gap, "Dibuat oleh,"], "signature")
        self.line(["Kepala Desa", *gap, "Operator"], "signature")
        self.skip(3)
        self.line([f"( {left} )", *gap, f"( {right} )"], "signature")
        self.line(["NIP. -"], "signature")

    def _put(self, cells: Sequence[Cell]) -> None:
        sheet, row = self.sheet, self.at
        for column, value in enumerate(cells):
            if isinstance(value, str):
                if value:
                    sheet.write_string(row, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, self.book.date_format)
            elif value is not None:
                sheet.write_number(row, column, value)
        self.at += 1


def trail_frame(trail: list[tuple[object, ...]]) -> pl.DataFrame:
    """Noted rows as a frame; lines that are no person get kind `not_a_data_row` and their kind as problem."""
    frame = pl.DataFrame(trail, schema=TRAIL_SCHEMA, orient="row")
    return frame.with_columns(kind=pl.when(pl.col("kind") == "person").then("kind").otherwise(pl.lit("not_a_data_row")))
