"""What a writer of lists hands back: the trail of rows about people, and tables about other rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from jangkau.core.synthetic.page import trail_frame


@dataclass(frozen=True)
class Written:
    """`rows` in the columns of TRAIL_SCHEMA; `tables` by name (employer_rows, perisai_rows, outreach_rows,
    budget_rows)."""

    rows: pl.DataFrame = field(default_factory=lambda: trail_frame([]))
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)


def together(parts: list[Written]) -> Written:
    """All parts as one: rows in the order of the parts, tables in the order of file, sheet and row."""
    order = ["file", "sheet", "row"]
    gathered: dict[str, list[pl.DataFrame]] = {}
    for part in parts:
        for name, table in part.tables.items():
            gathered.setdefault(name, []).append(table)
    rows = pl.concat([part.rows for part in parts])  # in the order of the parts: sorting millions costs memory
    return Written(rows, {name: pl.concat(found).sort(order) for name, found in sorted(gathered.items())})


def fit_for_path(name: str) -> str:
    """A region's name without the signs that file systems refuse.

    >>> fit_for_path("Suka Maju/II.")
    'Suka Maju II'
    """
    return "".join(sign if sign.isalnum() or sign in " -'." else " " for sign in name).strip(" .") or "Desa"
