"""What stands around every page: which region and day are chosen, and what waits in the menu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jangkau.registry.lists.queries.facts import Place


@dataclass(frozen=True)
class Frame:
    section: str  # the entry of the menu that is lit
    region: str
    regions: tuple[Place, ...]
    on: date
    days: tuple[date, ...]
    lists_waiting: int
    pairs_waiting: int
    administers: bool = False
    audits: bool = False
    glass_unseen: int = 0  # emergency accesses no administrator has looked at
