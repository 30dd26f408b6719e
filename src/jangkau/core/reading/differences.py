"""What changed between two readings of the same list: who is new, who changed (in what), who vanished, who stayed? Rows
are compared inside the two lists alone; who they are in the register does not matter here."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from jangkau.core.reading.cells.dates import month_number
from jangkau.core.reading.schema import ROW_SCHEMA

CHANGES = ("new", "changed", "vanished", "unchanged")
DIFFERENCE_SCHEMA: dict[str, pl.DataType] = {
    "change": pl.String(), "old_line": pl.Int32(), "new_line": pl.Int32(), "fields": pl.List(pl.String()),
}  # fmt: skip
# by these a row is found again, the surest first; a key with a null finds nothing
_PERSON_KEYS = (
    ("nik", "kpj"),
    ("nik", "name"),
    ("nik",),
    ("kpj", "name"),
    ("name", "birth_date"),
    ("name", "rt", "rw"),
)
_OTHER_KEYS = (("npp",), ("nib",), ("employer", "village_code"), ("employer",), ("activity", "since", "address"))
_WHERE_IT_STANDS = ("sheet", "row", "state", "problems", "table", "cells")


@dataclass(frozen=True)
class Differences:
    """`rows` in DIFFERENCE_SCHEMA: one line for every row of people in either list, `old_line` and `new_line` counting
    all lines of its list from 0 (null where it does not stand), `fields` the columns that changed. New, changed and
    unchanged rows stand in the order of the new list, vanished ones after them in the order of the old."""

    rows: pl.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each of CHANGES, 0 included."""
        found = dict(self.rows["change"].value_counts().rows())
        return {change: found.get(change, 0) for change in CHANGES}


def compare(old: pl.DataFrame, new: pl.DataFrame) -> Differences:
    """The differences between two lists in ROW_SCHEMA. A row is found again by its NIK, else by name and birth date,
    else by name and RT/RW (employers: by NPP, NIB or name); of rows with equal keys the first answers the first.
    A column that only one of the lists fills is not compared: a list that leaves the telephone out changed nobody.

    >>> blank = {name: None for name in ROW_SCHEMA} | {"state": "data"}
    >>> def row(**said): return blank | said
    >>> old = [row(name="SITI", nik="1", rt="001"), row(name="UJANG", rt="002", rw="001")]
    >>> new = [row(name="SITI", nik="1", rt="003"), row(name="ASEP", nik="2")]
    >>> found = compare(pl.DataFrame(old, ROW_SCHEMA), pl.DataFrame(new, ROW_SCHEMA))
    >>> found.rows.rows()
    [('changed', 0, 0, ['rt']), ('new', None, 1, []), ('vanished', 1, None, [])]
    >>> found.counts
    {'new': 1, 'changed': 1, 'vanished': 1, 'unchanged': 0}
    """
    before, after = _numbered(old, "old_line"), _numbered(new, "new_line")
    pairs = _pairs(before, after)
    both = (
        pairs.join(before, on="old_line", how="left", maintain_order="left")
        .join(after, on="new_line", how="left", suffix=":new", maintain_order="left")
        .select("old_line", "new_line", fields=_changed_fields(before, after))
    )
    both = both.with_columns(
        change=pl.when(pl.col("fields").list.len() > 0).then(pl.lit("changed")).otherwise(pl.lit("unchanged"))
    )
    came = after.join(pairs, on="new_line", how="anti").select("new_line", change=pl.lit("new"))
    went = before.join(pairs, on="old_line", how="anti").select("old_line", change=pl.lit("vanished"))
    rows = pl.concat([both, came, went], how="diagonal").sort("new_line", "old_line", nulls_last=True)
    return Differences(
        rows.with_columns(pl.col("fields").fill_null([])).select(
            pl.col(c).cast(t) for c, t in DIFFERENCE_SCHEMA.items()
        )
    )


def _numbered(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows of data with the line they stand on."""
    kept = rows.with_row_index(name).filter(pl.col("state") == "data").drop(_WHERE_IT_STANDS)
    return kept.with_columns(pl.col(name).cast(pl.Int32))


def _pairs(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """`old_line, new_line` of the rows that are the same, every row at most once."""
    found = [pl.DataFrame(schema={"old_line": pl.Int32(), "new_line": pl.Int32()})]
    people = pl.col("name").is_not_null() | pl.col("nik").is_not_null()
    for kind, keys in ((people, _PERSON_KEYS), (~people, _OTHER_KEYS)):
        left, right = before.filter(kind), after.filter(kind)
        for key in keys:
            same = _same_by(key, left, right)
            left = left.join(same, on="old_line", how="anti", maintain_order="left")
            right = right.join(same, on="new_line", how="anti", maintain_order="left")
            found.append(same)
    return pl.concat(found)


def _same_by(key: tuple[str, ...], left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    nth = pl.int_range(pl.len()).over(*key).alias("nth")
    sides = (
        side.drop_nulls(key).select(line, *dict.fromkeys((*key, "nik", "birth_date"))).with_columns(nth)
        for side, line in ((left, "old_line"), (right, "new_line"))
    )
    same = next(sides).join(next(sides), on=[*key, "nth"], how="inner", maintain_order="right", suffix=":new")
    if key == ("name", "rt", "rw"):  # neighbours of one name are told apart by two documents that both differ
        same = same.filter(
            pl.any_horizontal(pl.col(c).is_null() | pl.col(f"{c}:new").is_null() for c in ("nik", "birth_date"))
        )
    return same.select("old_line", "new_line")


def _changed_fields(before: pl.DataFrame, after: pl.DataFrame) -> pl.Expr:
    """The names of the columns that differ in a pair, among those that both lists fill."""
    compared = [
        name
        for name in ROW_SCHEMA
        if name not in _WHERE_IT_STANDS
        and name in before.columns  # rows kept by an earlier version lack columns that came later
        and name in after.columns
        and before[name].null_count() < before.height
        and after[name].null_count() < after.height
    ]
    if not compared:
        return pl.lit([], dtype=pl.List(pl.String())).alias("fields")
    told = [pl.when(pl.col(name).ne_missing(pl.col(f"{name}:new"))).then(pl.lit(name)) for name in compared]
    return pl.concat_list(told).list.drop_nulls().alias("fields")


def name_without_dates(path: str) -> str:
    """What stays the same in the name of a list that is sent every month: folder and words, no dates, numbers, months.

    >>> name_without_dates("Cisolok/Data Pekerja_September 2026 (2).xlsx")
    'cisolok/data pekerja'
    >>> name_without_dates("peserta-2026-10-31.csv")
    'peserta'
    """
    folder, slash, file = path.replace("\\", "/").lower().rpartition("/")
    words = re.findall(r"[^\W\d_]+", file.rpartition(".")[0] or file)
    return folder + slash + " ".join(word for word in words if month_number(word) is None)
