"""What other rooms may ask about regions and people. First argument: scope, but for what is the same for everybody."""

from __future__ import annotations

import lzma
from functools import cache
from importlib import resources
from typing import Any

from jangkau.core.kernel import Gazetteer
from jangkau.registry.people.models import RegisterFact


def gazetteer_table() -> str:
    """The compiled table of all regions of Indonesia that the package carries."""
    packed = resources.files("jangkau.registry.people").joinpath("indonesia.csv.xz").read_bytes()
    return lzma.decompress(packed).decode("utf-8")


@cache
def gazetteer() -> Gazetteer:
    """All regions, parsed once a process."""
    return Gazetteer.parse(gazetteer_table())


def register_fact(name: str) -> Any:
    """A fact of the register about itself, or None."""
    return RegisterFact.objects.filter(name=name).values_list("value", flat=True).first()

