"""Looks at people that wait for their place in the record of changes: lines of a file of the data folder, on the disk
before anybody is shown anything."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

FILE = ".looks-waiting"  # starts with a dot: a backup puts its lines into the record first


class Waiting:
    """The lines that wait, while nobody else reads or adds any."""

    def __init__(self, place: int) -> None:
        self._place = place
        size = os.fstat(place).st_size
        self.lines = os.pread(place, size, 0).decode().splitlines()

    def add(self, line: str) -> None:
        os.write(self._place, line.encode() + b"\n")
        os.fsync(self._place)

    def clear(self) -> None:
        os.ftruncate(self._place, 0)


@contextmanager
def waiting() -> Iterator[Waiting]:
    """The file, locked until the block ends; whoever holds it waits for nothing else."""
    place = os.open(Path(settings.JANGKAU_DATA) / FILE, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield Waiting(place)
    finally:
        os.close(place)
