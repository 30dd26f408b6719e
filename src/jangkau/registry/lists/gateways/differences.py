"""The differences between two stored lists, kept as Parquet beside the rows of the newer one."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from jangkau.core.reading.differences import compare
from jangkau.registry.lists.gateways import store


def difference_between(old_sha256: str, new_sha256: str) -> pl.DataFrame:
    """The rows of both lists in DIFFERENCE_SCHEMA; compared again only when one of the lists was read again."""
    old, new = (store.folder_of(sha256) / store.ROWS for sha256 in (old_sha256, new_sha256))
    place = new.with_name(f"difference-{old_sha256[:16]}.parquet")
    if not _is_younger(place, old, new):
        store.write_frame(compare(store.read_frame(old), store.read_frame(new)).rows, place)
    return store.read_frame(place)


def _is_younger(place: Path, *sources: Path) -> bool:
    return place.exists() and all(place.stat().st_mtime_ns > source.stat().st_mtime_ns for source in sources)


def lines_of(sha256: str, lines: pl.Series) -> pl.DataFrame:
    """The stored rows that stand on these lines (counted from 0), with `line`; nulls ask for nothing."""
    wanted = lines.drop_nulls().cast(pl.UInt32).unique().sort()
    return store.rows_at(store.folder_of(sha256) / store.ROWS, wanted.to_list()).insert_column(0, wanted.alias("line"))
