"""The rows of a list as they can be filtered and changed, and what a change does, in words. Long numbers are masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangkau.core.reading.changes import ListColumn
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope, withheld
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import ListChange, SentList
from jangkau.registry.lists.presenters.words import PROBLEM_WORDS
from jangkau.registry.lists.queries.columns import hidden_columns

SAMPLES = 12
ROW_STATES = (
    ("data", _("semua baris orang")),
    ("faulty", _("yang bermasalah")),
    ("good", _("tanpa masalah")),
    ("not_data", _("bukan data")),
)
_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){8,}")


@dataclass(frozen=True)
class CleaningRow:
    """A row as the file and its changes have it: cells in the order of the columns, problems in words."""

    sheet: str
    row: int
    cells: list[str]
    problems: list[str]
    kind: str  # of a line that is no data


@dataclass(frozen=True)
class CellSample:
    """One cell that a change alters."""

    cell: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeView:
    """A change as a line of the history and as the head of its own page."""

    change: ListChange
    what: str
    where: str
    state: str  # proposed, applied, undone
    last: bool  # is it the one that would be undone?
    gone: list[tuple[str, int]]
    come: list[tuple[str, int]]


def masked_numbers(text: str) -> str:
    """A cell as it is shown: of a long number only the ends.

    >>> masked_numbers("3202014107905001, Kp. Cibuntu 12")
    '3202********5001, Kp. Cibuntu 12'
    """
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:4]}{'*' * (len(found[0]) - 8)}{found[0][-4:]}", text)


def column_label(column: ListColumn) -> str:
    letters = sorted({letter for _position, letter in column.places.values()})
    return f"{'/'.join(letters)} {column.header}" if len(letters) < 3 else column.header


def cleaning_rows(rows: pl.DataFrame, columns: list[ListColumn], hidden: Mapping[str, Column]) -> list[CleaningRow]:
    """Rows in ROW_SCHEMA as they are shown, without the cells of `hidden` columns; a line that is no data shows only
    what it is."""
    instead = [withheld(hidden[column.key]) if column.key in hidden else None for column in columns]
    texts = rows.select("row", **{f"c{n}": column.text.fill_null("") for n, column in enumerate(columns)})
    return [
        CleaningRow(
            sheet=row["sheet"] or "",
            row=row["row"],
            cells=[said or masked_numbers(text or "") for said, text in zip(instead, cells[1:], strict=True)],
            problems=[str(PROBLEM_WORDS[code][0]) for code in row["problems"] if code in PROBLEM_WORDS],
            kind=row["problems"][0] if row["state"] != "data" else "",
        )
        for row, cells in zip(rows.iter_rows(named=True), texts.iter_rows(), strict=True)
    ]


def change_views(scope: Scope, item: SentList) -> list[ChangeView]:
    """The history of a list, newest first."""
    labels = {column.key: column_label(column) for column in queries.columns_in(item)}
    last, hidden = queries.last_change(item), hidden_columns(scope, item)
    return [change_view(change, labels, last, hidden) for change in queries.list_changes(scope, item)]


def change_view(
    change: ListChange, labels: dict[str, str], last: ListChange | None, hidden: Mapping[str, Column]
) -> ChangeView:
    """A change in words; `labels`: what the columns of its list are called."""
    state = "undone" if change.undone_at else "applied" if change.applied_at else "proposed"
    return ChangeView(
        change, _what(change, labels, hidden), _where(change.rows, labels, hidden), state, change == last,
        _in_words(change.gone), _in_words(change.come),
    )  # fmt: skip


def samples(scope: Scope, change: ListChange) -> list[CellSample]:
    """The first cells that a change alters."""
    column = hidden_columns(scope, change.sent_list).get(change.column)
    said = None if column is None else withheld(column)
    several = len({table["sheet"] for table in change.sent_list.tables}) > 1
    return [
        CellSample(
            f"{sheet}!{letter}{row}" if several else f"{letter}{row}",
            said or masked_numbers(before) or gettext("kosong"),
            said or masked_numbers(after) or gettext("kosong"),
        )
        for sheet, row, letter, _position, before, after in queries.edits_of_change(scope, change, SAMPLES).iter_rows()
    ]


def _what(change: ListChange, labels: dict[str, str], hidden: Mapping[str, Column]) -> str:
    asked = change.change
    if change.column in hidden:
        return f"{labels.get(change.column, change.column)}: {withheld(hidden[change.column])}"
    words = {
        "column": labels.get(change.column, change.column),
        "text": masked_numbers(asked["text"]),
        "find": masked_numbers(asked["find"] or ""),
    }
    if asked["find"] is not None:
        return gettext("%(column)s: “%(find)s” diganti “%(text)s”") % words
    if not asked["text"]:
        return gettext("%(column)s dikosongkan") % words
    return gettext("%(column)s diisi “%(text)s”") % words


def _where(rows: dict[str, Any], labels: dict[str, str], hidden: Mapping[str, Column]) -> str:
    parts = [str(dict(ROW_STATES).get(rows["state"], ROW_STATES[0][1]))]
    if rows["column"] and (rows["text"] or rows["whole"]):
        words = {"column": labels.get(rows["column"], rows["column"]), "text": masked_numbers(rows["text"])}
        words |= {"text": withheld(hidden[rows["column"]])} if rows["column"] in hidden else {}
        empty = gettext("%(column)s kosong") if not rows["text"] else gettext("%(column)s sama dengan “%(text)s”")
        parts.append((empty if rows["whole"] else gettext("%(column)s berisi “%(text)s”")) % words)
    if rows["problem"]:
        parts.append(str(PROBLEM_WORDS[rows["problem"]][0]))
    return ", ".join(parts)


def _in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(PROBLEM_WORDS[code][0]) if code in PROBLEM_WORDS else code, n) for code, n in counts.items()]
