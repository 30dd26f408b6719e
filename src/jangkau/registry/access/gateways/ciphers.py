"""Numbers of people (NIK, KK) and texts about them, as the database keeps them. A number of at most 16 characters is
one block of AES-256, so that one number always looks the same under one key: whole numbers are found and joined by
index, and nothing else is told of them. A text is AES-256-GCM, and looks different each time. The keys are derived from
those of files (see seal), newest first; in front of each value stand two bytes that name its key."""

from __future__ import annotations

import base64
import secrets
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jangkau.core.kernel import Corrupt
from jangkau.registry.access.gateways import seal

LONGEST = 16  # characters of a number
WRITTEN = 24  # characters of a sealed number: base64 of the name of the key and a block
_NAME, _BLOCK, _NONCE = 2, 16, 12  # bytes


def seal_number(number: str) -> str:
    """A number in the form in which it is kept, under the newest key; an empty text stays. Raises ValueError for more
    than LONGEST characters."""
    return _form(number, *_newest(b"number")) if number else number


def forms_of(number: str) -> list[str]:
    """How a number may be kept: in a form for each key that is there."""
    return [_form(number, name, key) for name, key in _keys(b"number").items()] if number else [number]


def open_number(kept: str) -> str:
    """What a kept number is. Raises Corrupt when its key is not there or it is not what was written."""
    if not kept:
        return kept
    try:
        raw = base64.b64decode(kept, validate=True)
        return _cipher(_key(b"number", raw[:_NAME])).decryptor().update(raw[_NAME:]).rstrip(b"\0").decode("ascii")
    except ValueError:  # what is no base64, no block, or nothing that was sealed
        raise _altered() from None


def seal_numbers(numbers: pl.Series) -> pl.Series:
    """As `seal_number`, for a column of texts; nulls stay."""
    if not (numbers.str.len_bytes() > 0).any():
        return numbers
    blocks = _whole(numbers.fill_null("").str.pad_end(LONGEST, "\0").str.join("").item().encode(), numbers.len())
    return _where(numbers, _cut(_sealed(blocks, *_newest(b"number")), WRITTEN))


def open_numbers(kept: pl.Series) -> pl.Series:
    """As `open_number`, for a column; nulls stay."""
    held = kept.filter(kept.str.len_bytes() > 0)
    if held.is_empty():
        return kept
    if (held.str.len_bytes() != WRITTEN).any():
        raise _altered()
    filled = kept.set(kept.is_null() | (kept == ""), held[0])
    return _where(kept, _cut(_opened(filled.str.join("").item()), LONGEST))


def is_newest(kept: pl.Series) -> pl.Series:
    """Which kept numbers or texts are sealed with the newest key."""
    name, _ = _newest(b"number")
    return kept.str.starts_with(base64.b64encode(name).decode()[:2])  # keys differ in their first byte


def seal_text(text: str) -> str:
    """A text in the form in which it is kept."""
    (name, key), nonce = _newest(b"text"), secrets.token_bytes(_NONCE)
    return base64.b64encode(name + nonce + AESGCM(key).encrypt(nonce, text.encode(), None)).decode()


def open_text(kept: str) -> str:
    """What a kept text is. Raises Corrupt as `open_number`."""
    try:
        raw = base64.b64decode(kept, validate=True)
        key = _key(b"text", raw[:_NAME])
        return AESGCM(key).decrypt(raw[_NAME : _NAME + _NONCE], raw[_NAME + _NONCE :], None).decode()
    except (InvalidTag, ValueError):
        raise _altered() from None


def _form(number: str, name: bytes, key: bytes) -> str:
    block = _whole(number.encode().ljust(LONGEST, b"\0"), 1)
    return base64.b64encode(name + _cipher(key).encryptor().update(block)).decode()


def _whole(blocks: bytes, count: int) -> bytes:
    if len(blocks) != LONGEST * count:
        raise ValueError("a number has more than 16 characters, or others than digits")
    return blocks


def _sealed(blocks: bytes, name: bytes, key: bytes) -> str:
    count = len(blocks) // _BLOCK
    kept = np.empty((count, _NAME + _BLOCK), np.uint8)
    kept[:, :_NAME] = np.frombuffer(name, np.uint8)
    kept[:, _NAME:] = np.frombuffer(_cipher(key).encryptor().update(blocks), np.uint8).reshape(count, _BLOCK)
    return base64.b64encode(kept.tobytes()).decode()


def _opened(kept: str) -> str:
    """The blocks of numbers whose kept forms stand one after the other."""
    try:
        raw = np.frombuffer(base64.b64decode(kept, validate=True), np.uint8).reshape(-1, _NAME + _BLOCK)
    except ValueError:
        raise _altered() from None
    names = raw[:, 0].astype(np.uint16) << 8 | raw[:, 1]
    plain = np.empty((len(raw), _BLOCK), np.uint8)
    for name in np.unique(names):
        of_key = names == name
        cipher = _cipher(_key(b"number", int(name).to_bytes(_NAME, "big")))
        blocks = cipher.decryptor().update(raw[of_key, _NAME:].tobytes())
        plain[of_key] = np.frombuffer(blocks, np.uint8).reshape(-1, _BLOCK)
    told = plain.tobytes()
    if not told.isascii():
        raise _altered()
    return told.decode()


def _cut(text: str, width: int) -> pl.Series:
    """A text in pieces of `width` characters, without what fills a block."""
    return pl.Series(np.frombuffer(text.encode(), f"S{width}")).cast(pl.String)


def _where(asked: pl.Series, told: pl.Series) -> pl.Series:
    """`told` where something was asked, else what stood there: null or an empty text."""
    return told.zip_with(asked.str.len_bytes().fill_null(0) > 0, asked).alias(asked.name)


def _newest(purpose: bytes) -> tuple[bytes, bytes]:
    return next(iter(_keys(purpose).items()))


def _altered() -> Corrupt:
    return Corrupt(
        "Nomor atau isian di database ini berubah. Pulihkan dari cadangan.",
        "A number or a text in this database was altered. Restore it from the backup.",
    )


def _key(purpose: bytes, name: bytes) -> bytes:
    key = _keys(purpose).get(name)
    if key is None:
        raise Corrupt(
            "Kunci nomor ini tidak ada. Kembalikan store.key dari cadangan, atau setel JANGKAU_STORE_KEY.",
            "The key of this number is not there. Bring store.key back from the backup, or set JANGKAU_STORE_KEY.",
        )
    return key


def _keys(purpose: bytes) -> dict[bytes, bytes]:
    """Name -> key for a purpose, newest first; the first time, a key is made."""
    place = seal.key_place()
    try:
        told = place.stat()
    except FileNotFoundError:
        seal.need_key()
        told = place.stat()
    return _derived(place, told.st_mtime_ns, told.st_ino, purpose)


@lru_cache(maxsize=16)
def _derived(place: Path, changed: int, file: int, purpose: bytes) -> dict[bytes, bytes]:
    return {
        number[:_NAME]: HKDF(SHA256(), 32, None, b"jangkau " + purpose).derive(key)
        for number, key in seal.keys_in(place).items()
    }


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> Cipher[modes.ECB]:
    return Cipher(algorithms.AES256(key), modes.ECB())  # of single blocks that differ from each other
