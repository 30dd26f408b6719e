"""The list store: what was sent and what was read from it, one folder a list, named by the SHA-256 of the bytes.
Files are written beside their place and moved into it, so a killed process leaves a whole file or none."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl
from django.conf import settings

from jangkau.core.kernel import Refused
from jangkau.registry.access.gateways import seal

BACKUP_IN_WORK = ".backup-"
ORIGINAL, ROWS, LINKS, PROBLEMS = "original", "rows.parquet", "links.parquet", "problems.parquet"


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
    with _in_place(place) as beside:
        beside.write_bytes(seal.sealed(content))
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
        with _in_place(place) as beside, source.open("rb") as sent, beside.open("wb") as kept:
            seal.seal(sent, kept.write)


def sealed_files() -> Iterator[Path]:
    """Every file that is kept sealed: originals of lists, workbooks for download, papers of cases."""
    data = Path(settings.JANGKAU_DATA)
    for pattern in (f"lists/??/*/{ORIGINAL}", "lists/??/*/books/*.xlsx", "cases/??/*"):
        yield from (place for place in sorted(data.glob(pattern)) if place.suffix != ".part")


def write_frame(frame: pl.DataFrame, place: Path) -> None:
    """Writes a Parquet file, whole or not at all."""
    with _in_place(place) as beside:
        frame.write_parquet(beside, compression="zstd", compression_level=1)


def write_bytes(content: bytes, place: Path) -> None:
    """Writes a file, whole or not at all."""
    with _in_place(place) as beside:
        beside.write_bytes(content)


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
