"""What has to be written into each sheet of an answer, apart from how a workbook is written: which rows are well, which
cells are wrong and why, where the two added columns stand. Never repeats a NIK or a name: only the caller's words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from jangkau.core.reading.columns import normal
from jangkau.core.reading.read import TableReading

Sentences = Mapping[str, tuple[str, str]]  # code -> (what is wrong, what to do)
Refusals = Mapping[tuple[str, int], str]  # (sheet, row) -> why a person refused the row
Progress = Callable[[float], None]  # told the share, 0 to 1, that is done

STATUS_HEADER, ADVICE_HEADER = "STATUS JANGKAU", "PERLU DIPERBAIKI"
GOOD, FAULTY, REFUSED = "terbaca baik", "perlu diperbaiki", "ditolak"
AMBER = "FFC000"
AUTHOR = "Jangkau"
NOTES = frozenset(
    {"duplicate_in_list", "second_membership", "deceased", "moved_out_note", "over_age", "other_village"}
)  # worth knowing, nothing for the sender to repair
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class SheetMarks:
    """Marks of one sheet; rows as Excel shows them, columns from 1. `statuses`: row -> (status, advice); `comments`:
    cell address -> sentences; `right`: the last column of the table; `again`: the two columns when the sheet is an
    answer that came back."""

    headers: set[int] = field(default_factory=set)
    statuses: dict[int, tuple[str, str]] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    nik_columns: set[int] = field(default_factory=set)
    right: int = 1
    again: tuple[int, int] | None = None


def marks_of(
    rows: pl.DataFrame, problems: pl.DataFrame, tables: Iterable[TableReading], sentences: Sentences, refused: Refusals
) -> dict[str, SheetMarks]:
    """Sheet name -> marks, for the sheets that hold data. `rows` in ROW_SCHEMA, `problems` in PROBLEM_SCHEMA."""
    found: dict[str, SheetMarks] = {}
    split: set[str] = set()
    for table in tables:
        _place(found.setdefault(table.sheet, SheetMarks()), table)
        if is_split_text(table):
            split.add(table.sheet)
    lines = rows.select(
        "sheet", "row", "cells", data=pl.col("state") == "data", kind=pl.col("problems").list.first().fill_null("")
    )
    for (sheet,), part in lines.group_by("sheet", maintain_order=True):
        marks = found.get(str(sheet))
        if marks is None or not part["data"].any():
            found.pop(str(sheet), None)
            continue
        marks.headers = _header_rows(part)
        marks.statuses = dict.fromkeys(part.filter("data")["row"].to_list(), (GOOD, ""))
    said: dict[tuple[str, int], dict[str, bool]] = {}
    for code, sheet, row, cell, _ in problems.iter_rows():
        if sheet not in found:
            continue
        cell = "" if sheet in split else cell  # it names the one column that there was
        what, todo = sentences.get(code, (code, ""))
        sentence = f"{what}. {todo}".strip()
        for address in cell.split(", ") if cell and code not in NOTES else ():
            found[sheet].comments.setdefault(address, []).append(sentence)
        where = "Catatan" if code in NOTES else cell or "Baris ini"
        said.setdefault((sheet, row), {})[f"{where}: {sentence}"] = code not in NOTES
    for (sheet, row), told in said.items():
        status = FAULTY if any(told.values()) else GOOD
        found[sheet].statuses[row] = (status, " ".join(told))
    _tell_refusals(found, refused)
    return found


def _tell_refusals(found: dict[str, SheetMarks], refused: Refusals) -> None:
    for (sheet, row), because in refused.items():
        if sheet in found and row in found[sheet].statuses:
            found[sheet].statuses[row] = (REFUSED, f"Ditolak: {because} {found[sheet].statuses[row][1]}".strip())


def _place(marks: SheetMarks, table: TableReading) -> None:
    """Where the table ends, where its NIKs stand, whether the added columns are there already."""
    added: dict[str, int] = {}
    split = is_split_text(table)
    for place, column in enumerate(table.columns):
        number = column_number(column.letter) + (place if split else 0)
        head = normal(column.header)
        if head in (STATUS_HEADER, ADVICE_HEADER):
            added[head] = number
        elif column.header or column.field:
            marks.right = max(marks.right, number)
        if column.field == "nik":
            marks.nik_columns.add(number)
    if len(added) == 2:
        marks.again = (added[STATUS_HEADER], added[ADVICE_HEADER])


def is_split_text(table: TableReading) -> bool:
    """Did all fields of the table stand in one column, as in a text pasted from a page?"""
    return len({column.letter for column in table.columns}) < len(table.columns)


def _header_rows(part: pl.DataFrame) -> set[int]:
    """First lines of the headers that stand over data, wherever they repeat: a header that kept its old words while its
    twin got new ones would be another table."""
    starts: list[tuple[int, str]] = []
    first_lines: set[int] = set()  # of tables side by side two headers begin in one line
    governing: set[str] = set()
    before = -1
    for row, cells, data, kind in part.select("row", "cells", "data", "kind").iter_rows():
        if data:
            if starts:
                governing.add(starts[-1][1])
        elif kind in ("header", "header_repeat"):
            if row in first_lines or row not in (before, before + 1):
                first_lines.add(row)
                starts.append((row, "|".join(normal(cell) for cell in cells)))
            before = row
    return {row for row, words in starts if words in governing}


def column_number(letter: str) -> int:
    """A -> 1, Z -> 26, AA -> 27.

    >>> [column_number(letters) for letters in ("A", "Z", "AA", "ZZ", "AAA")]
    [1, 26, 27, 702, 703]
    """
    number = 0
    for character in letter:
        number = 26 * number + ord(character) - 64
    return number


def added_columns(marks: SheetMarks, occupied: Collection[int]) -> tuple[int, int]:
    """The numbers of the two columns: where they stood before, else the first free pair right of the table.

    >>> added_columns(SheetMarks(right=4), {1, 2, 3, 4, 6}), added_columns(SheetMarks(right=4, again=(9, 10)), {1})
    ((7, 8), (9, 10))
    """
    if marks.again:
        return marks.again
    column = marks.right + 1
    while column in occupied or column + 1 in occupied:
        column += 1
    return column, column + 1


def whole_number(value: object) -> str | None:
    """The digits of a NIK that a workbook keeps as a number, when all are there; None when the last may be lost (a
    workbook keeps fifteen digits and writes a zero after them) or when it is no such number.

    >>> whole_number(3202014107905001.0), whole_number(3202014107905000), whole_number(3202), whole_number("x")
    ('3202014107905001', None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not value.is_integer():
        return None
    digits = str(int(float(value)))  # what the reader of workbooks sees
    return None if not 12 <= len(digits) <= 17 or (len(digits) == 16 and digits.endswith("0")) else digits


def looks_like_formula(text: str) -> bool:
    """Would an office program take this text for a formula when somebody touches its cell?

    >>> [looks_like_formula(text) for text in ("=1+1", "-", "@SUM(A1)", "Siti")]
    [True, True, True, False]
    """
    return text.startswith(_DANGEROUS)


def comment_text(sentences: Sequence[str]) -> str:
    """The sentences of one cell, each once, one to a line."""
    return "\n".join(dict.fromkeys(sentences))
