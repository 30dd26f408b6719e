"""Files of cases in the data folder, named by the SHA-256 of their bytes: the same file lies there once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings

from jangkau.core.kernel import Corrupt
from jangkau.registry.access.gateways import seal


def keep(content: bytes) -> str:
    """Writes the bytes, whole or not at all; gives their SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = _place(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f"{sha256}.{os.getpid()}.part")
        try:
            with seal.writing():
                beside.write_bytes(seal.sealed(content))
                beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
    return sha256


def fetch(sha256: str) -> bytes:
    """The bytes with this hash; raises Corrupt when they are gone or others."""
    try:
        content = seal.content_of(_place(sha256))
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Corrupt(
            "Berkas perkara ini hilang atau berubah di folder data. Pulihkan dari cadangan.",
            "This paper of a case is gone from the data folder, or changed. Restore it from the backup.",
        )
    return content


def _place(sha256: str) -> Path:
    return Path(settings.JANGKAU_DATA) / "cases" / sha256[:2] / sha256
