"""The list store: what was sent and what was read from it, one folder a list, named by the SHA-256 of the bytes.
Files are written beside their place and moved into it, so a killed process leaves a whole file or none. What names
people is sealed; Parquet of statistics and numbers of persons (`write_unsealed`) is not. No other room opens either."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO

import polars as pl
from django.conf import settings

from jangkau.core.kernel import Refused
from jangkau.registry.access.gateways import seal

BACKUP_IN_WORK = ".backup-"
ORIGINAL, ROWS, LINKS, PROBLEMS = "original", "rows.parquet", "links.parquet", "problems.parquet"
PLANNED_PEOPLE = "people.parquet"
ROWS_TOGETHER = 20_000  # so many are opened for one row of a long list
SHORT = 2 * seal.PIECE  # bytes of a file that is opened whole in less time
SEALED = (
    f"lists/??/*/{ORIGINAL}", f"lists/??/*/{ROWS}", f"lists/??/*/{PROBLEMS}", "lists/??/*/difference-*.parquet",
    "lists/??/*/changes/*.parquet", "lists/??/*/books/*.xlsx", f"plans/*/{PLANNED_PEOPLE}", "cases/??/*",
    "reports/*/*", "decrees/*/*.pdf",
)  # fmt: skip


def folder_of(sha256: str) -> Path:
    """Where the list with this hash lies."""
    return Path(settings.JANGKAU_DATA) / "lists" / sha256[:2] / sha256


def change_place(sha256: str, number: int) -> Path:
    """Where the cells of a change of a list lie."""
    return folder_of(sha256) / "changes" / f"{number}.parquet"


def report_folder(number: int) -> Path:
    return Path(settings.JANGKAU_DATA) / "reports" / str(number)


def book_place(sha256: str, book: str) -> Path:
    """Where a workbook that was written for a download lies."""
    return folder_of(sha256) / "books" / f"{book}.xlsx"


def keep_book(sha256: str, book: str, content: bytes) -> None:
    """Keeps a workbook; one of an earlier version of the list (what follows the last hyphen) goes."""
    place = book_place(sha256, book)
    write_bytes(content, place)
    for other in place.parent.glob(f"{book.rpartition('-')[0]}-*.xlsx"):
        if other != place:
            other.unlink()


def plan_folder(key: str) -> Path:
    return Path(settings.JANGKAU_DATA) / "plans" / key


def measures_folder(as_of: date) -> Path:
    return Path(settings.JANGKAU_DATA) / "measures" / as_of.isoformat()


def hash_of(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_original(source: Path, sha256: str) -> None:
    """Copies the file as it was sent into the store, sealed."""
    place = folder_of(sha256) / ORIGINAL
    if not place.exists():
        with source.open("rb") as sent:
            _keep(sent, place)


def sealed_files() -> Iterator[Path]:
    """Every file that is kept sealed: lists as sent and as read, workbooks for download, plans, papers and reports."""
    data = Path(settings.JANGKAU_DATA)
    for pattern in SEALED:
        yield from (place for place in sorted(data.glob(pattern)) if place.suffix != ".part")


def write_frame(frame: pl.DataFrame, place: Path, keys: Path | None = None) -> None:
    """Writes a sealed Parquet file, whole or not at all. `keys`: where they lie, for a process without settings."""
    content = BytesIO()
    _write_parquet(frame, content)
    content.seek(0)
    _keep(content, place, keys)


def write_unsealed(frame: pl.DataFrame, place: Path) -> None:
    """Writes a Parquet file that names nobody, whole or not at all."""
    with _in_place(place) as beside:
        _write_parquet(frame, beside)


def _write_parquet(frame: pl.DataFrame, target: Path | BytesIO) -> None:
    frame.write_parquet(target, compression="zstd", compression_level=1, row_group_size=ROWS_TOGETHER)


def read_frame(place: Path, columns: Sequence[str] | None = None, keys: Path | None = None) -> pl.DataFrame:
    """What a Parquet file holds, sealed or not, or these columns of it. Raises Corrupt where it was altered."""
    return pl.read_parquet(_source_of(place, keys), columns=None if columns is None else list(columns))


def scan_frame(place: Path) -> pl.LazyFrame:
    """As `read_frame`, for queries that need a part of it."""
    return pl.scan_parquet(_source_of(place))


def scan_unsealed(places: list[Path]) -> pl.LazyFrame:
    """What several files hold that `write_unsealed` wrote."""
    return pl.scan_parquet(places)


def rows_at(place: Path, lines: Sequence[int], columns: Sequence[str] | None = None) -> pl.DataFrame:
    """The rows on these lines (counted from 0, ascending; those past the end are left out), or these columns of them.
    Of a long file only the rows around them are opened."""
    if lines and place.stat().st_size < SHORT:
        near = scan_frame(place).slice(lines[0], lines[-1] - lines[0] + 1)
        rows = (near if columns is None else near.select(columns)).collect()
        return rows[[line - lines[0] for line in lines if line - lines[0] < rows.height]]
    import pyarrow  # a quarter of a second that readers of lists need not spend
    from pyarrow.parquet import ParquetFile

    names = None if columns is None else list(columns)
    with seal.opened(place) as file, ParquetFile(file) as kept:
        found = [kept.schema_arrow.empty_table().select(names or kept.schema_arrow.names)]
        first = 0
        for group in range(kept.num_row_groups):
            end = first + kept.metadata.row_group(group).num_rows
            if own := [line - first for line in lines if first <= line < end]:
                found.append(kept.read_row_group(group, names, use_threads=False).take(own))
            first = end
        return pl.DataFrame(pyarrow.concat_tables(found))


def _source_of(place: Path, keys: Path | None = None) -> Path | BytesIO:
    if seal.number_of(place) is None:
        return place
    content = BytesIO()
    for piece in seal.pieces(place, keys):
        content.write(piece)
    content.seek(0)
    return content


def write_bytes(content: bytes, place: Path) -> None:
    """Writes a sealed file, whole or not at all."""
    _keep(BytesIO(content), place)


def _keep(source: IO[bytes], place: Path, keys: Path | None = None) -> None:
    with seal.writing(keys), _in_place(place) as beside, beside.open("wb") as kept:
        seal.seal(source, kept.write, keys)


@contextmanager
def _in_place(place: Path) -> Iterator[Path]:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def only_backup() -> Iterator[None]:
    """One backup at a time is made; what a killed one left half done goes."""
    data = Path(settings.JANGKAU_DATA)
    with (data / f"{BACKUP_IN_WORK}lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for left in data.glob(f"{BACKUP_IN_WORK}*/"):
            shutil.rmtree(left)
        yield


@contextmanager
def only_writer(*, wait: bool = True) -> Iterator[None]:
    """One process at a time writes people into a register; another waits here, or raises Refused when it may not
    `wait`. The lock goes with the process."""
    place = Path(settings.JANGKAU_DATA) / "writer.lock"
    with place.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                "Daftar sedang dipublikasikan, jadi keputusan ini belum disimpan. Ulangi sebentar lagi.",
                "Lists are being published, so this decision is not kept yet. Repeat it in a moment.",
            ) from None
        yield
