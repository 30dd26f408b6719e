"""Files of the data folder that are kept encrypted: AES-256-GCM in pieces (as the STREAM construction: every nonce says
which piece it is and whether it is the last), under a key of its own per file. The keys they derive from lie in one
file, newest first: `store.key` of the data folder, or where JANGKAU_STORE_KEY says. Older files read as they are."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from jangkau.core.kernel import Corrupt

MAGIC = b"JANGKAU1"
PIECE = 2**20
_NUMBER, _SALT, _TAG = 8, 16, 16  # bytes
Write = Callable[[bytes], object]


def key_place() -> Path:
    """Where the keys of this register lie."""
    return _place(settings.JANGKAU_STORE_KEY, settings.JANGKAU_DATA)


@lru_cache(maxsize=4)  # asked for with every number
def _place(told: str, data: str | Path) -> Path:
    return Path(told or Path(data) / "store.key")


def keys_in(place: Path) -> dict[bytes, bytes]:
    """Number -> key, newest first; none where there is no such file."""
    try:
        lines = place.read_text().split()
    except FileNotFoundError:
        return {}
    return {_number(key): key for key in map(bytes.fromhex, lines)}


def need_key(keys: Path | None = None) -> None:
    """Makes the first key, where there is none; of two processes that do so at once, one's remains."""
    place = keys or key_place()
    if not place.exists():
        beside = _beside(place, [secrets.token_bytes(32)])
        with suppress(FileExistsError):
            place.hardlink_to(beside)
        beside.unlink()


def add_key() -> bytes:
    """A new key before the others; returns its number. What is sealed from now on is sealed with it: whoever chose a
    key before has put the file in its place."""
    need_key()
    with _held(key_place(), fcntl.LOCK_EX):
        known = keys_in(key_place())
        fresh = secrets.token_bytes(32)
        while _number(fresh)[0] in {number[0] for number in known}:  # values in the database name their key shortly
            fresh = secrets.token_bytes(32)
        _write_keys([fresh, *known.values()])
    return _number(fresh)


def drop_keys_but(number: bytes) -> None:
    """Forgets every key but one: what was sealed with another is lost."""
    _write_keys([keys_in(key_place())[number]])


def _write_keys(keys: list[bytes]) -> None:
    place = key_place()
    _beside(place, keys).replace(place)


def _beside(place: Path, keys: list[bytes]) -> Path:
    beside = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
    beside.touch(mode=0o600)
    beside.write_text("".join(f"{key.hex()}\n" for key in keys))
    return beside


@contextmanager
def writing(keys: Path | None = None) -> Iterator[None]:
    """Around sealing a file and putting it in its place: no key is added and no file sealed anew meanwhile."""
    need_key(keys)
    with _held(keys or key_place(), fcntl.LOCK_SH):
        yield


@contextmanager
def _held(place: Path, how: int) -> Iterator[None]:
    """Locks the file of the keys, the one that lies there now: changing keys moves another into its place."""
    while True:
        with place.open("rb" if how == fcntl.LOCK_SH else "r+b") as file:
            fcntl.flock(file, how)
            if os.path.samestat(os.fstat(file.fileno()), place.stat()):
                yield
                return


def _number(key: bytes) -> bytes:
    return hashlib.sha256(b"number" + key).digest()[:_NUMBER]


def seal(source: IO[bytes], write: Write, keys: Path | None = None) -> None:
    """Reads to the end and writes it sealed with the newest key; the first time, a key is made. `keys`: where they lie,
    for a process without settings."""
    need_key(keys)
    number, key = next(iter(keys_in(keys or key_place()).items()))
    salt = secrets.token_bytes(_SALT)
    write(MAGIC + number + salt)
    cipher, count = _cipher(key, salt), 0
    piece = source.read(PIECE)
    while True:
        following = source.read(PIECE)
        write(cipher.encrypt(_nonce(count, last=not following), piece, None))
        if not following:
            return
        piece, count = following, count + 1


def sealed(content: bytes) -> bytes:
    """Bytes in the form in which they are kept."""
    kept = BytesIO()
    seal(BytesIO(content), kept.write)
    return kept.getvalue()


def number_of(place: Path) -> bytes | None:
    """The number of the key a file is sealed with; None for one that is not sealed."""
    with place.open("rb") as file:
        head = file.read(len(MAGIC) + _NUMBER)
    return head[len(MAGIC) :] if head.startswith(MAGIC) else None


def pieces(place: Path, keys: Path | None = None) -> Iterator[bytes]:
    """What a kept file holds, a piece at a time. `keys`: as in `seal`. Raises Corrupt when the key is not there or the
    file is not what was written."""
    with place.open("rb") as file:
        cipher = _cipher_of(file, keys)
        if cipher is not None:
            yield from _opened(file, cipher)
            return
        while piece := file.read(PIECE):
            yield piece


def _cipher_of(file: IO[bytes], keys: Path | None) -> AESGCM | None:
    """What opens the pieces of a file, which is read up to the first of them; None for a file that is not sealed."""
    if file.read(len(MAGIC)) != MAGIC:
        file.seek(0)
        return None
    number, salt = file.read(_NUMBER), file.read(_SALT)
    key = keys_in(keys or key_place()).get(number)
    if key is None:
        raise Corrupt(
            "Kunci berkas ini tidak ada. Kembalikan store.key dari cadangan, atau setel JANGKAU_STORE_KEY.",
            "The key of this file is not there. Bring store.key back from the backup, or set JANGKAU_STORE_KEY.",
        )
    return _cipher(key, salt)


def _opened(file: IO[bytes], cipher: AESGCM) -> Iterator[bytes]:
    count, piece = 0, file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        yield _piece(cipher, piece, count, last=not following)
        if not following:
            return
        piece, count = following, count + 1


def _piece(cipher: AESGCM, piece: bytes, count: int, *, last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(count, last=last), piece, None)
    except InvalidTag:
        raise Corrupt(
            "Berkas ini berubah atau terpotong di folder data. Pulihkan dari cadangan.",
            "This file was altered or cut short in the data folder. Restore it from the backup.",
        ) from None


def opened(place: Path) -> BufferedReader:
    """A kept file to be read from any place of it: only the pieces asked for are opened. Raises Corrupt as `pieces`."""
    file = place.open("rb")
    cipher = _cipher_of(file, None)
    return file if cipher is None else BufferedReader(_AnyPlace(file, cipher))


class _AnyPlace(RawIOBase):
    """The content of a sealed file, of which the piece asked for last is at hand."""

    def __init__(self, file: BufferedReader, cipher: AESGCM) -> None:
        self._file, self._cipher, self._at = file, cipher, 0
        self._head = file.tell()
        body = file.seek(0, os.SEEK_END) - self._head
        self._last = max(body - 1, 0) // (PIECE + _TAG)
        self._size = body - _TAG * (self._last + 1)
        self._take(self._last)  # a file cut short is told before anything is read

    def _take(self, count: int) -> None:
        self._file.seek(self._head + count * (PIECE + _TAG))
        self._held = _piece(self._cipher, self._file.read(PIECE + _TAG), count, last=count == self._last)
        self._count = count

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        count, start = divmod(self._at, PIECE)
        if count > self._last:
            return 0
        if count != self._count:
            self._take(count)
        found = self._held[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        self._file.close()
        super().close()


def content_of(place: Path, keys: Path | None = None) -> bytes:
    """What a kept file holds. Raises Corrupt, and FileNotFoundError as open does."""
    return b"".join(pieces(place, keys))


def hash_of(place: Path) -> str:
    """SHA-256 of what a kept file holds."""
    digest = hashlib.sha256()
    for piece in pieces(place):
        digest.update(piece)
    return digest.hexdigest()


def seal_again(place: Path) -> None:
    """The same content under the newest key, with its time; whole or as it was. One that is gone stays gone."""
    beside = place.with_name(f"{place.name}.{os.getpid()}.part")
    need_key()
    with _held(key_place(), fcntl.LOCK_EX), suppress(FileNotFoundError):
        try:
            written = place.stat().st_mtime_ns
            with beside.open("wb") as kept:
                seal(BytesIO(content_of(place)), kept.write)
            os.utime(beside, ns=(written, written))
            if place.exists():
                beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"jangkau file").derive(key))


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
