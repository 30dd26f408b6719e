"""A table of the room as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jangkau.registry.people.presenters.sheets import Cell, Sheet, workbook


def table_book(title: str, subtitle: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet under its title and a line about it; `columns` are (heading, width in characters)."""
    return workbook(title, [Sheet(title, [title, subtitle], columns, rows)])
