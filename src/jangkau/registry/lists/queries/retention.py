"""Why a list is kept, on which law, for how long, and which lists are past that. What the law says stands in
purposes.yaml, beside this room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import Kind, SentList, State

_PLACE = Path(__file__).parents[1] / "purposes.yaml"


@dataclass(frozen=True)
class Purpose:
    """`months` after a list ceased to change its original goes; with `rows`, its rows go, too. `verified`: does the
    handbook cite the law? The months are assumed for every kind."""

    kind: Kind
    indonesian: str
    english: str
    basis: str
    verified: bool
    months: int
    rows: bool


@dataclass(frozen=True)
class Overdue:
    """A list that is kept longer than it may be: since when, and whether its rows go with the original."""

    item: SentList
    since: date
    rows: bool


@cache
def purposes() -> dict[Kind, Purpose]:
    """The purpose of every kind of list."""
    told: dict[str, Any] = yaml.safe_load(_PLACE.read_text())["kinds"]
    return {
        Kind(name): Purpose(
            kind=Kind(name),
            indonesian=line["purpose"][0],
            english=line["purpose"][1],
            basis=line["basis"],
            verified=line["status"] == "verified",
            months=line["months"],
            rows=line["rows"],
        )
        for name, line in told.items()
    }


def overdue(scope: Scope, today: date) -> Iterator[Overdue]:
    """The lists kept longer than their kind may be on a day, the oldest first. A list counts from the day on which it
    was published, taken back, or received when neither happened."""
    for item in queries.lists(scope).filter(forgotten_at=None).order_by("pk"):
        purpose = purposes()[Kind(item.kind)]
        ended = item.published_at if item.state == State.PUBLISHED else item.taken_back_at
        since = _months_later((ended or item.received_at).date(), purpose.months)
        if since < today:
            yield Overdue(item, since, purpose.rows or item.state != State.PUBLISHED)


def _months_later(day: date, months: int) -> date:
    """The day so many months later, at most the 28th: a list is never forgotten too late."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
