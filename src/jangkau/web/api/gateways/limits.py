"""How often has a key asked in this minute? Counted in a small file of the data folder under a lock, so that all
processes of a machine count together and a page never waits for the database's only writer."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from django.conf import settings

FOLDER = ".limits"  # starts with a dot: no backup keeps it


def count_one(name: str, minute: int) -> int:
    """Counts one more request of `name` in this minute; returns how many there are now."""
    folder = Path(settings.JANGKAU_DATA) / FOLDER
    folder.mkdir(exist_ok=True)
    place = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        then, _, count = os.read(place, 64).decode().partition(" ")
        now = int(count) + 1 if then == str(minute) else 1
        os.ftruncate(place, 0)
        os.pwrite(place, f"{minute} {now}".encode(), 0)
        return now
    finally:
        os.close(place)
