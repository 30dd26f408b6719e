"""The rows of a list with one outcome as a workbook, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.utils.translation import gettext

from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.presenters.outcomes import OUTCOME_WORDS, outcome_rows
from jangkau.registry.lists.presenters.row_books import Cell, row_book
from jangkau.registry.lists.queries.outcomes import outcomes
from jangkau.registry.people.presenters.figures import masked

_ROWS_AT_ONCE = 20_000
_WIDTHS = (18, 8, 32, 20, 13, 6, 70, 60)


def outcome_workbook(scope: Scope, item: SentList, outcome: str, *, whole: bool) -> bytes:
    """All rows with an outcome, with `whole` or masked NIKs."""
    titles = (
        gettext("Lembar"), gettext("Baris"), gettext("Nama"), "NIK", gettext("Lahir"), gettext("L/P"),
        gettext("Alasan"), gettext("Masalah"),
    )  # fmt: skip
    rows = outcomes(scope, item).filter(pl.col("outcome") == outcome).collect()
    columns = list(zip(titles, _WIDTHS, strict=True))
    return row_book(str(OUTCOME_WORDS[outcome][1]), columns, _cells(item, rows, whole=whole), frozen=3)


def _cells(item: SentList, rows: pl.DataFrame, *, whole: bool) -> Iterator[tuple[Cell, ...]]:
    for part in rows.iter_slices(_ROWS_AT_ONCE):
        for row in outcome_rows(item, part):
            nik = row.nik if whole else masked(row.nik)
            born = row.birth_date.strftime("%d-%m-%Y") if row.birth_date else ""
            reasons = " ".join(words for words in (row.said, row.reason) if words)
            yield (
                row.sheet, row.row, row.name, nik, born, row.sex, reasons,
                " ".join(f"{words}." for words in (*row.held, *row.problems)),
            )  # fmt: skip
