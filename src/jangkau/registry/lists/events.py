"""What this room tells others (see web/site/wiring.py)."""

from dataclasses import dataclass
from datetime import date

from jangkau.registry.lists.models import Kind


@dataclass(frozen=True)
class ListPublished:
    """The rows of a list stand in the register now; told in the transaction that published it."""

    number: int
    kind: Kind


@dataclass(frozen=True)
class ListTakenBack:
    """The rows of a list stand in the register no longer."""

    number: int
    kind: Kind


@dataclass(frozen=True)
class MeasuresRefreshed:
    """Everybody was counted for a day."""

    as_of: date
