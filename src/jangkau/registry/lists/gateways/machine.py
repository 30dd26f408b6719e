"""What the machine refuses, in a sentence: a disk that is full or read-only, a database that does not answer."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError

from jangkau.core.kernel import JangkauError, Refused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
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
    if isinstance(error, OSError):
        if error.errno in _FULL or any(word in words for word in _FULL_WORDS):  # native libraries tell by words alone
            return _DISK_FULL
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return _DISK_READ_ONLY
    if isinstance(error, OperationalError):
        if any(word in words for word in _FULL_WORDS):
            return _DISK_FULL
        if any(word in words for word in _READ_ONLY_WORDS):
            return _DISK_READ_ONLY
    return None


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
