"""One page on a village: how many, whom to reach, who came to tell them. For the public only what disclosure control
lets through, and no occupations: they are few people each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from jangkau.programmes.outreach.queries import Visit
from jangkau.registry.cases.presenters.letters import Letter
from jangkau.registry.lists.presenters import shares
from jangkau.registry.lists.presenters.shares import Standing
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.web.reports.presenters.drawings import Polygons, bar, choropleth
from jangkau.web.reports.presenters.monthly import Row, with_bars

TRADES_NAMED = 8
VISITS_NAMED = 6


@dataclass(frozen=True)
class Counts:
    """Workers and covered as they may be told; None: hidden."""

    name: str
    workers: int | None
    covered: int | None

    @property
    def uncovered(self) -> int | None:
        return None if self.workers is None or self.covered is None else max(self.workers - self.covered, 0)

    @property
    def percent(self) -> float | None:
        known = self.workers and self.covered is not None
        return 100 * self.covered / self.workers if known else None  # type: ignore[operator]  # both are known

    @property
    def bar(self) -> SafeString:
        return bar(self.percent)


@dataclass(frozen=True)
class VillagePaper:
    letter: Letter
    place: Place
    district: str
    on: date
    public: bool
    whole: Counts
    segments: tuple[Counts, ...]
    standing: Standing | None  # for offices alone
    allocated: int
    trades: tuple[Row, ...]
    visited: bool | None
    visits: tuple[Visit, ...]
    map: SafeString

    @property
    def first_to_reach(self) -> tuple[Row, ...]:
        return tuple(row for row in self.trades if row.share.uncovered)[:3]


def village_paper(
    letter: Letter,
    facts: Facts,
    district: str,
    outlines: Mapping[str, Polygons],
    public: Mapping[tuple[str, str], tuple[int | None, int | None]] | None,
) -> VillagePaper:
    """The page of the village of `facts`; `public` holds (workers, covered) by region and segment where the page is for
    everybody. `outlines` are those of its district."""
    code, names = facts.place.code, {"all": "Semua pekerja", "pu": "Penerima upah", "bpu": "Bukan penerima upah"}
    table = public or {key: (row["workers"], row["covered"]) for key, row in facts.table.items()}
    counts = [Counts(name, *table.get((code, segment), (0, 0))) for segment, name in names.items()]
    return VillagePaper(
        letter=letter,
        place=facts.place,
        district=district,
        on=facts.on,
        public=public is not None,
        whole=counts[0],
        segments=tuple(counts[1:]),
        standing=None if public is not None else shares.standing(facts),
        allocated=facts.table.get((code, "all"), {}).get("allocated", 0),
        trades=() if public is not None else with_bars(shares.by_trade(facts, TRADES_NAMED)),
        visited=_visited(facts),
        visits=tuple(facts.visits[:VISITS_NAMED]),
        map=choropleth(outlines, {code: 100.0}),
    )


def _visited(facts: Facts) -> bool | None:
    return None if facts.visited is None else facts.place.code in facts.visited
