"""What this room tells others (see web/site/wiring.py)."""

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from jangkau.registry.access.permissions import Scope
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
class MeasuringBegan:
    """Everybody is about to be counted for a day. Who knows builders on works that run adds a frame of `village_code,
    person_id, registered` (is their work? null: nobody knows) to `rosters`."""

    as_of: date
    rosters: list[pl.DataFrame] = field(default_factory=list)


@dataclass(frozen=True)
class MeasuresRefreshed:
    """Everybody was counted for a day."""

    as_of: date


@dataclass(frozen=True)
class ProfileNote:
    """What another room knows of a person, for the profile: a sentence, the page behind it, good, wait or bad."""

    words: str
    address: str
    tone: str = ""


@dataclass(frozen=True)
class ProfileOpened:
    """Somebody looks at a person; who listens adds to `notes`. Told while the page is made, so listeners are quick."""

    scope: Scope
    person: int
    nik: str | None
    village: str | None
    notes: list[ProfileNote] = field(default_factory=list)
