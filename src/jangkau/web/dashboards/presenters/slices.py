"""Irisan: a region cut by one property, as the offices may see it or as everybody may; a value of it in the regions
below and on every measured day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext

from jangkau.core.measures import PublicTables
from jangkau.core.measures.cube import SEGMENTS
from jangkau.core.measures.slices import LISTED, UNKNOWN
from jangkau.registry.lists.presenters.slices import DIMENSION_WORDS, ON_LISTS, order_of, value_words
from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.presenters import figures
from jangkau.web.dashboards.presenters.workbook import book_of_shares

PUBLIC = "public"
NAMED = ("state", "segment", "sex", "age_band", "sector", "trade", "employer_size", "wage_band")
LOWEST_PUBLIC = ("regency", "district")


@dataclass(frozen=True)
class SliceRow:
    """A value, a region or a day: counts are None where they are hidden; `url` leads further."""

    code: str
    name: str
    workers: int | None
    covered: int | None
    uncovered: int | None
    percent: float | None
    url: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Asked:
    """What a page is asked for: the dimension, one of its values or none, and for whom."""

    place: Place
    on: date
    dimension: str
    value: str = ""
    public: bool = False

    def address(self, *, code: str = "", **changes: str) -> str:
        """The page with something else chosen."""
        wanted = {"by": self.dimension, "value": self.value, "for": PUBLIC if self.public else ""} | changes
        query = {"on": self.on.isoformat()} | {name: told for name, told in wanted.items() if told}
        return reverse("region_slices", args=[code or self.place.code]) + "?" + urlencode(query)


@dataclass(frozen=True)
class SlicesPage:
    asked: Asked
    ancestors: tuple[Place, ...]
    title: str
    dimensions: tuple[tuple[str, str, bool], ...]  # words, address, chosen
    rows: tuple[SliceRow, ...]
    value: str  # the words of the chosen one
    names_url: str  # the people behind it
    below: tuple[SliceRow, ...]
    course: tuple[SliceRow, ...]
    chart: dict[str, Any]
    kept: bool  # slices of this day are there
    not_published: bool  # not for everybody at this level
    for_offices: str
    for_everybody: str

    @property
    def workbook(self) -> str:
        query = self.asked.address(by="", value="").partition("?")[2]
        return reverse("slices_book", args=[self.asked.place.code]) + "?" + query

    @property
    def any_hidden(self) -> bool:
        return any(row.uncovered is None for row in (*self.rows, *self.below, *self.course))


def slices_page(
    asked: Asked, ancestors: tuple[Place, ...], below: Sequence[Place], by_day: Mapping[date, pl.DataFrame]
) -> SlicesPage:
    """The page; `by_day` holds the slices of the measured days that somebody may see, each with `workers, covered`, and
    `uncovered` and `percent` where they were decided already."""
    table = by_day.get(asked.on, pl.DataFrame())
    not_published = asked.public and (asked.place.level not in LOWEST_PUBLIC or asked.dimension == "agent")
    rows = () if table.is_empty() or not_published else _rows(asked, table)
    chosen = next((row for row in rows if row.chosen), None)
    return SlicesPage(
        asked=asked,
        ancestors=ancestors,
        title=str(DIMENSION_WORDS[asked.dimension]),
        dimensions=tuple(
            (str(words), asked.address(by=code, value=""), code == asked.dimension)
            for code, words in DIMENSION_WORDS.items()
        ),
        rows=rows,
        value=chosen.name if chosen else "",
        names_url=_names(asked) if chosen else "",
        below=_below(asked, below, table) if chosen else (),
        course=_course(asked, by_day) if chosen else (),
        chart=_chart(rows),
        kept=not table.is_empty(),
        not_published=not_published,
        for_offices=asked.address(**{"for": ""}),
        for_everybody=asked.address(**{"for": PUBLIC}),
    )


def slices_workbook(place: Place, on: date, table: pl.DataFrame, *, public: bool) -> bytes:
    """Every property of a region, a sheet each; hidden counts say so."""
    sheets = {
        str(words): _rows(Asked(place, on, dimension, public=public), table)
        for dimension, words in DIMENSION_WORDS.items()
    }
    return book_of_shares(place, on, {name: rows for name, rows in sheets.items() if rows})


def _rows(asked: Asked, table: pl.DataFrame) -> tuple[SliceRow, ...]:
    own = table.filter(pl.col("region_code") == asked.place.code, _of(asked.dimension))
    order = order_of(asked.dimension)
    found = []
    for line in own.iter_rows(named=True):
        code = line["value"] if asked.dimension != ON_LISTS else line["dimension"].removeprefix(LISTED)
        rank = (line["value"] == UNKNOWN, order.index(code) if code in order else len(order))
        name = value_words(line["dimension"], line["value"])
        url = "" if asked.dimension == "agent" else asked.address(value=code)  # no name stands in an address
        chosen = bool(url) and code == asked.value
        found.append(
            (
                (*rank, -(line["workers"] or 0), name),
                _row(code if url else "", name, line, url=url, chosen=chosen),
            )
        )
    return tuple(row for _, row in sorted(found, key=lambda pair: pair[0]))


def with_segments(told: PublicTables) -> pl.DataFrame:
    """What everybody may have of the slices, with the segments, which stand in the coverage table."""
    segments = told.coverage.filter(pl.col("segment").is_in(SEGMENTS[1:3]), pl.col("level").is_in(LOWEST_PUBLIC))
    columns = told.slices.columns
    rows = segments.with_columns(
        dimension=pl.lit("segment"), value="segment", uncovered=pl.col("workers") - pl.col("covered")
    )
    return pl.concat([told.slices, rows.select(columns)], how="vertical_relaxed")


def _of(dimension: str, value: str = "") -> pl.Expr:
    """The rows of a dimension, or of one of its values; of a list who stands on it."""
    name = pl.col("dimension")
    if dimension == ON_LISTS:
        on = pl.col("value") == "on"
        return on & (name == LISTED + value if value else name.str.starts_with(LISTED))
    return (name == dimension) & (pl.col("value") == value if value else pl.lit(True))


def _row(code: str, name: str, line: Mapping[str, Any], *, url: str = "", chosen: bool = False) -> SliceRow:
    workers, covered = line["workers"], line["covered"]
    whole = {"uncovered": workers - covered, "percent": 100 * covered / workers} if "uncovered" not in line else line
    return SliceRow(code, name, workers, covered, whole["uncovered"], whole["percent"], url, chosen)


def _below(asked: Asked, below: Sequence[Place], table: pl.DataFrame) -> tuple[SliceRow, ...]:
    of_value = table.filter(_of(asked.dimension, asked.value))
    found = {line["region_code"]: line for line in of_value.iter_rows(named=True)}
    return tuple(
        _row(place.code, place.title, found[place.code], url=asked.address(code=place.code))
        for place in below
        if place.code in found
    )


def _course(asked: Asked, by_day: Mapping[date, pl.DataFrame]) -> tuple[SliceRow, ...]:
    """The chosen value on every measured day, the newest first."""
    found = []
    for day, table in sorted(by_day.items(), reverse=True):
        own = table.filter(pl.col("region_code") == asked.place.code, _of(asked.dimension, asked.value))
        found += [_row("", figures.day(day), line) for line in own.iter_rows(named=True)]
    return tuple(found)


def _names(asked: Asked) -> str:
    """The people behind a value of a village; none for everybody."""
    if asked.public or asked.place.level != "village" or asked.dimension not in NAMED or asked.value == UNKNOWN:
        return ""
    query = urlencode({"on": asked.on.isoformat(), asked.dimension: asked.value})
    return reverse("village_people", args=[asked.place.code]) + "?" + query


def _chart(rows: Sequence[SliceRow]) -> dict[str, Any]:
    """Bars of covered and not covered, but for what is hidden."""
    told = [row for row in rows if row.covered is not None and row.uncovered is not None]
    return {
        "names": [row.name for row in told],
        "covered": [row.covered for row in told],
        "uncovered": [row.uncovered for row in told],
        "texts": [
            f"{row.name}\n" + gettext("%(covered)s terlindungi, %(uncovered)s belum (%(percent)s)")
            % {
                "covered": figures.people(row.covered),
                "uncovered": figures.people(row.uncovered),
                "percent": figures.percent(row.percent),
            }
            for row in told
        ],
        "words": [gettext("Terlindungi"), gettext("Belum terlindungi")],
    } if told else {}  # fmt: skip
