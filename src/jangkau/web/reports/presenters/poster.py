"""The picture for WhatsApp: one figure, the gap in people, where most are missing. It travels further than any letter,
so it shows only what may be handed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.web.reports.presenters.drawings import LEGEND, Polygons, choropleth, key
from jangkau.web.reports.presenters.village import Counts

WIDTH = 1080  # pixels; the height of 1350 stands in poster.css
MOST = 8

LEGEND_HANDED_OUT = (*LEGEND[:5], ("none", "tidak ditampilkan"))

Told = Mapping[tuple[str, str], tuple[int | None, int | None]]


@dataclass(frozen=True)
class Poster:
    place: Place
    on: date
    whole: Counts
    rows: tuple[Counts, ...]
    rows_title: str
    map: SafeString
    legend: tuple[tuple[SafeString, str], ...]
    invented: bool


def poster(facts: Facts, public: Told, outlines: Mapping[str, Polygons], *, invented: bool) -> Poster:
    """The picture of a region; `public` holds (workers, covered) by region and segment, None where hidden."""

    def counts(place: Place) -> Counts:
        return Counts(place.name, *public.get((place.code, "all"), (0, 0)))

    known = [told for told in map(counts, facts.below) if told.uncovered]
    return Poster(
        place=facts.place,
        on=facts.on,
        whole=counts(facts.place),
        rows=tuple(sorted(known, key=lambda told: (-(told.uncovered or 0), told.name))[:MOST]),
        rows_title="Kecamatan" if facts.place.level == "regency" else "Desa",
        map=choropleth(outlines, {village.code: counts(village).percent for village in facts.villages}),
        legend=tuple((key(name), words) for name, words in LEGEND_HANDED_OUT),
        invented=invented,
    )
