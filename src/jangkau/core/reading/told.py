"""What a person said about a list: its kind, village and month, and what the columns of its tables hold. It wins over
what the file itself lets one guess."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from jangkau.core.kernel import Month
from jangkau.core.reading.columns import ColumnReading, normal

_MANY_ALLOWED = frozenset({"ignored", "note"})


@dataclass(frozen=True)
class Told:
    """None where nothing was said. `village_code` "" says that the list as a whole is of no village, `month` "" that it
    is of no month. `columns` maps the layout of a table (see `layout_of`) and the position of a column, counted from 0,
    to a field or "ignored". `header_row`: where sheets in which no table is found have their header, by the number that
    Excel shows; 0 when they have none."""

    kind: str | None = None
    village_code: str | None = None
    month: Month | Literal[""] | None = None
    columns: Mapping[tuple[str, int], str] = field(default_factory=dict)
    header_row: int | None = None

    @property
    def layouts(self) -> frozenset[str]:
        """The layouts that somebody spoke of."""
        return frozenset(layout for layout, _ in self.columns)


NOTHING_TOLD = Told()


def layout_of(headers: Sequence[str]) -> str:
    """The signature (SHA-256, hexadecimal) of a table by its headers from left to right. Spelling of capitals, spaces
    and punctuation does not matter, empty columns at the end neither; order and words do. A table without headers is
    known by the number of its columns.

    >>> layout_of(["No.", "N I K", "Nama", ""]) == layout_of(["NO", "NIK", "NAMA"])
    True
    >>> layout_of(["NIK", "NAMA"]) == layout_of(["NAMA", "NIK"])
    False
    """
    text = "\n".join(normal(header) for header in headers).rstrip() or str(len(headers))
    return hashlib.sha256(text.encode()).hexdigest()


def told_columns(columns: list[ColumnReading], told: Told) -> list[ColumnReading]:
    """The columns of a table as they were told; a column nobody spoke of gives up a field that another was given.

    >>> found = [ColumnReading("A", "KODE", "nik", 0.6), ColumnReading("B", "NO KTP", None, 0.0)]
    >>> told = Told(columns={(layout_of(["KODE", "NO KTP"]), 1): "nik"})
    >>> [(c.field, c.confidence) for c in told_columns(found, told)]
    [('ignored', 0.6), ('nik', 1.0)]
    """
    layout = layout_of([column.header for column in columns])
    said = {n: told.columns[layout, n] for n in range(len(columns)) if (layout, n) in told.columns}
    given = set(said.values()) - _MANY_ALLOWED
    return [
        replace(column, field=said[n], confidence=1.0)
        if n in said
        else replace(column, field="ignored")
        if column.field in given
        else column
        for n, column in enumerate(columns)
    ]
