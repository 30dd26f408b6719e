"""The rows of one kind of change as a workbook."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.utils.translation import gettext

from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.presenters.differences import CHANGE_WORDS, difference_rows
from jangkau.registry.lists.presenters.row_books import Cell, row_book

_ROWS_AT_ONCE = 20_000
_WIDTHS = (12, 12, 32, 20, 13, 6, 6, 6, 22, 60)


def difference_workbook(
    scope: Scope, previous: SentList, item: SentList, change: str, rows: pl.DataFrame, *, whole: bool
) -> bytes:
    """`rows` in DIFFERENCE_SCHEMA, all of them."""
    titles = (
        gettext("Baris kini"), gettext("Baris dahulu"), gettext("Nama"), "NIK", gettext("Lahir"), gettext("L/P"), "RT",
        "RW", gettext("Pekerjaan"), gettext("Yang berubah"),
    )  # fmt: skip
    columns = list(zip(titles, _WIDTHS, strict=True))
    return row_book(str(CHANGE_WORDS[change][1]), columns, _cells(scope, previous, item, rows, whole=whole), frozen=3)


def _cells(
    scope: Scope, previous: SentList, item: SentList, rows: pl.DataFrame, *, whole: bool
) -> Iterator[tuple[Cell, ...]]:
    for part in rows.iter_slices(_ROWS_AT_ONCE):
        for row in difference_rows(scope, previous, item, part, whole=whole):
            born = row.birth_date.strftime("%d-%m-%Y") if row.birth_date else ""
            said = "; ".join(f"{cell.field}: {cell.before} → {cell.after}" for cell in row.changed)
            yield row.new_row, row.old_row, row.name, row.nik, born, row.sex, row.rt, row.rw, row.occupation, said
