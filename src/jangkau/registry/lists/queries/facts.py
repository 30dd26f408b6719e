"""The shape of what is known of a region on a day: what the queries of regions answer and the presenters write out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.utils.translation import gettext

from jangkau.core.kernel import Month
from jangkau.core.measures.reach import villages_asked


@dataclass(frozen=True)
class Place:
    """A region as pages name it."""

    code: str
    name: str
    level: str
    parent: str = ""

    @property
    def title(self) -> str:
        """The name with what it is: districts and villages often share a name."""
        kinds = {"district": gettext("Kecamatan"), "village": gettext("Desa")}
        kind = gettext("Kelurahan") if self.level == "village" and self.code[9] == "1" else kinds.get(self.level, "")
        return f"{kind} {self.name}".strip()


@dataclass(frozen=True)
class Facts:
    """All that the pages of a region are made of, for one day and inside one scope."""

    on: date
    place: Place
    ancestors: tuple[Place, ...]
    below: tuple[Place, ...]
    villages: tuple[Place, ...]
    cube: pl.DataFrame  # inside `place`
    coverage: pl.DataFrame  # coverage table, all levels
    changes: pl.DataFrame | None = None  # since the measured day before, by segment (see lists.queries.changes_kept)
    history: Sequence[tuple[Month, int, int]] = ()
    measured: Sequence[tuple[date, int, int]] = ()  # workers and covered on each measured day up to this one
    visited: frozenset[str] | None = None  # villages reached by outreach; None: no such list yet
    visits: Sequence[Any] = ()
    lists_published: int = 0
    lists_to_publish: int = 0
    rows_to_review: int = 0
    people_on_lists: int = 0
    employers_unregistered: int = 0
    workers_unregistered: int = 0
    shapes_official: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def table(self) -> dict[tuple[str, str], dict[str, int]]:
        """The coverage table by region and segment, because a page asks for hundreds of rows."""
        rows = self.coverage.select("region_code", "segment", "workers", "covered", "allocated").iter_rows(named=True)
        return {(row.pop("region_code"), row.pop("segment")): row for row in rows}

    @cached_property
    def villages_asked(self) -> frozenset[str]:
        """The villages of which a page says that they were reached or not."""
        workers = {
            place.code: self.table.get((place.code, "all"), {"workers": 0})["workers"] for place in self.villages
        }
        return villages_asked(workers, self.visited or ())
