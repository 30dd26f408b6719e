"""What the machine refuses, in a sentence: a disk that is full or read-only, a database that does not answer."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError
from polars.exceptions import PolarsError

from jangkau.core.kernel import JangkauError, Refused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MACHINE_ERRORS = (OSError, DatabaseError, PolarsError)  # what may tell of it; PolarsError by its words alone
_FULL_WORDS = ("disk is full", "no space left", "disk full")
_READ_ONLY_WORDS = ("readonly database", "read-only", "disk i/o error", "unable to open database file")


def is_database_gone(error: BaseException) -> bool:
    """Is it the connection to the database that failed, so that the same work may succeed later?"""
    return isinstance(error, OperationalError | InterfaceError) and _disk(error) is None


def trouble(error: BaseException | None) -> JangkauError | None:
    """The sentence for what the machine refused; None when it is something else."""
    while error is not None:
        told = _disk(error) or (_GONE if is_database_gone(error) else None)
        if told is not None:
            return told
        error = error.__cause__ or error.__context__
    return None


def _disk(error: BaseException) -> JangkauError | None:
    words = str(error).lower()
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, MACHINE_ERRORS):
        if number in _FULL or any(word in words for word in _FULL_WORDS):
            return _DISK_FULL
        if number in (errno.EROFS, errno.EACCES, errno.EPERM) or any(word in words for word in _READ_ONLY_WORDS):
            return _DISK_FULL if _no_room() else _DISK_READ_ONLY
    return None


def _no_room() -> bool:
    """SQLite calls it an I/O error when there is no room for the file beside the database."""
    with suppress(OSError):
        return shutil.disk_usage(settings.JANGKAU_DATA).free < 2**20
    return False


_DISK_FULL = Refused(
    "Ruang disk habis, jadi pekerjaan ini tidak jadi; yang sudah tersimpan tetap utuh. Kosongkan ruang, lalu ulangi.",
    "The disk is full, so this was not done; what was kept before is whole. Make room, then repeat.",
)
_DISK_READ_ONLY = Refused(
    "Folder register tidak dapat ditulisi, jadi pekerjaan ini tidak jadi; yang sudah tersimpan tetap utuh. Periksa disk"
    " dan izin foldernya, lalu ulangi.",
    "The folder of the register cannot be written, so this was not done; what was kept before is whole. Check the disk"
    " and the permissions of the folder, then repeat.",
)
_GONE = Refused(
    "Basis data tidak menjawab, jadi pekerjaan ini tidak jadi; yang sudah tersimpan tetap utuh. Periksa basis datanya,"
    " lalu ulangi.",
    "The database does not answer, so this was not done; what was kept before is whole. Check the database, then"
    " repeat.",
)
