"""Who works on what right now: a locked file for each job and a beat of the worker, below the data folder. The system
lets a lock go with its process, whatever the clock says; a lease written into the database would run out while a long
publication keeps SQLite from writing."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

FOLDER = ".work"  # starts with a dot: no backup keeps it
BEAT_EVERY = 5.0  # seconds
_LOOKS, _BETWEEN = 20, 0.05  # somebody may only be asking whether the lock is free


def me() -> str:
    """This process, for people who look for it: machine and number."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def _folder() -> Path:
    folder = Path(settings.JANGKAU_DATA) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _lock_place(job: int) -> Path:
    return _folder() / f"job-{job}.lock"


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def turn(job: int) -> Iterator[bool]:
    """True when nobody else works on this job until the block ends; False when somebody does."""
    place = _lock_place(job)
    with place.open("w") as file:
        for _ in range(_LOOKS):
            if _locked(file):
                break
            time.sleep(_BETWEEN)
        else:
            yield False
            return
        yield True
        place.unlink(missing_ok=True)  # who opened it before finds the job ended


def is_worked_on(job: int) -> bool:
    """Does a living process work on this job?"""
    try:
        with _lock_place(job).open("r") as file:
            return not _locked(file)
    except FileNotFoundError:
        return False


def beat() -> None:
    """A worker says that it lives."""
    (_folder() / "beat").touch()


def say_farewell() -> None:
    """A worker says that it ends. Another one beats again within seconds."""
    with suppress(OSError):
        (_folder() / "beat").unlink()


def seconds_since_beat() -> float | None:
    """How long ago a worker said so; None when none ever did. Negative after the clock was set back."""
    try:
        return time.time() - (_folder() / "beat").stat().st_mtime
    except FileNotFoundError:
        return None


def worker_lives() -> bool:
    """Has a worker said so lately, by a clock that may have been set?"""
    since = seconds_since_beat()
    return since is not None and abs(since) < 6 * BEAT_EVERY
