"""The measures of core.measures in the language of the reader."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import get_language

from jangkau.core.measures.definitions import MEASURES, Words


class Definition(NamedTuple):
    """A measure in one language; `denominator` is empty for counts of people."""

    code: str
    name: str
    question: str
    numerator: str
    denominator: str
    unit: str
    source: str
    level: str
    status: str


def definitions() -> tuple[Definition, ...]:
    """Every measure, in the order in which they are told."""
    return tuple(Definition(*(_said(value) for value in measure)) for measure in MEASURES)


def _said(value: Words | str | None) -> str:
    if isinstance(value, Words):
        return value.en if (get_language() or "id").startswith("en") else value.id
    return value or ""
