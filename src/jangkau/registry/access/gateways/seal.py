"""Files of the data folder that are kept encrypted: AES-256-GCM in pieces (as the STREAM construction: every nonce says
which piece it is and whether it is the last), under a key of its own per file. The keys they derive from lie in one
file, newest first: `store.key` of the data folder, or where JANGKAU_STORE_KEY says. Older files read as they are."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO

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


def need_key() -> None:
    """Makes the first key, where there is none; of two processes that do so at once, one's remains."""
    place = key_place()
    if not place.exists():
        beside = _beside(place, [secrets.token_bytes(32)])
        with suppress(FileExistsError):
            place.hardlink_to(beside)
        beside.unlink()


def add_key() -> bytes:
    """A new key before the others; returns its number. What is sealed from now on is sealed with it."""
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


def _number(key: bytes) -> bytes:
    return hashlib.sha256(b"number" + key).digest()[:_NUMBER]


def seal(source: IO[bytes], write: Write) -> None:
    """Reads to the end and writes it sealed with the newest key; the first time, a key is made."""
    need_key()
    number, key = next(iter(keys_in(key_place()).items()))
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
    """What a kept file holds, a piece at a time. `keys`: where they lie, for a process without settings. Raises Corrupt
    when the key is not there or the file is not what was written."""
    with place.open("rb") as file:
        head = file.read(len(MAGIC))
        if head != MAGIC:
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece
            return
        number, salt = file.read(_NUMBER), file.read(_SALT)
        key = keys_in(keys or key_place()).get(number)
        if key is None:
            raise Corrupt(
                "Kunci berkas ini tidak ada. Kembalikan store.key dari cadangan, atau setel JANGKAU_STORE_KEY.",
                "The key of this file is not there. Bring store.key back from the backup, or set JANGKAU_STORE_KEY.",
            )
        yield from _opened(file, _cipher(key, salt))


def _opened(file: IO[bytes], cipher: AESGCM) -> Iterator[bytes]:
    count, piece = 0, file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(count, last=not following), piece, None)
        except InvalidTag:
            raise Corrupt(
                "Berkas ini berubah atau terpotong di folder data. Pulihkan dari cadangan.",
                "This file was altered or cut short in the data folder. Restore it from the backup.",
            ) from None
        if not following:
            return
        piece, count = following, count + 1


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
    """The same content under the newest key; whole or as it was."""
    beside = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as kept:
            seal(BytesIO(content_of(place)), kept.write)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"jangkau file").derive(key))


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
