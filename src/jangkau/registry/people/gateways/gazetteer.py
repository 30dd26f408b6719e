"""The regions of Indonesia that the package carries. Free of Django, so that reading processes can load it."""

from __future__ import annotations

import lzma
from functools import cache
from importlib import resources

from jangkau.core.kernel import Gazetteer


@cache
def gazetteer() -> Gazetteer:
    """All regions, parsed once a process."""
    packed = resources.files("jangkau.registry.people").joinpath("indonesia.csv.xz").read_bytes()
    return Gazetteer.parse(lzma.decompress(packed).decode("utf-8"))
