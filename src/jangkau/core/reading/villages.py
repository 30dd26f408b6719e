"""In which village does each row live? What the row says first (village column, address, note), else the list's own.
Every distinct saying is looked up once."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import polars as pl

from jangkau.core.reading.cells.places import (
    DISTRICT_IN_TEXT,
    REGENCY_IN_TEXT,
    UNKNOWN,
    VILLAGE_IN_TEXT,
    Place,
    Places,
)

_FIRM = re.compile(r"^\W*(?:P\.?\s?T|C\.?\s?V|U\.?\s?D|TOKO|KOPERASI|YAYASAN|FIRMA|PERUM|TBK)\b[.\s]", re.IGNORECASE)


SAYS_PLACE = r"(?i)\b(?:ds|desa|kel|kelurahan|kec|kecamatan|kab|kota)\b"


class Saying(NamedTuple):
    """What one row says about its place; `near` is the district of the sheet or list."""

    village: str | None
    district: str | None
    regency: str | None
    text: str | None
    near: str | None


def locate(raw: pl.DataFrame, near: pl.Series, places: Places) -> pl.DataFrame:
    """`said_village`, `said_district`, `place_problem` and `place_blamed` (the parts of the saying to look at) for
    every row of the raw frame; `near` the code of the district that the row's sheet or list is about."""
    sayings = _sayings(raw, near)
    known = sayings.unique(maintain_order=True)
    firm = {row[0] for row in known.select("village").unique().iter_rows() if row[0] and _FIRM.match(row[0])}
    read = [resolve(Saying(*row), places, firm) for row in known.iter_rows()]
    named = Counter(place.district for place in read if place.district)
    only = frozenset(code for code, times in named.items() if times >= 2)
    if only and len(only) < len(places.districts):
        read = [
            resolve(Saying(*row), places, firm, only) if place.problem == "region_ambiguous" else place
            for row, place in zip(known.iter_rows(), read, strict=True)
        ]
    known = known.with_columns(
        said_village=pl.Series([p.village for p in read], dtype=pl.String),
        said_district=pl.Series([p.district for p in read], dtype=pl.String),
        place_problem=pl.Series([p.problem for p in read], dtype=pl.String),
        place_blamed=pl.Series(
            [
                _blamed(Saying(*row), places) if place.problem else None
                for row, place in zip(known.iter_rows(), read, strict=True)
            ],
            dtype=pl.String,
        ),
    )
    return sayings.join(known, on=sayings.columns, how="left", nulls_equal=True, maintain_order="left").select(
        "said_village", "said_district", "place_problem", "place_blamed"
    )


def _blamed(saying: Saying, places: Places) -> str:
    """The parts of a saying that are to be looked at because its place is not known, joined by "|"."""
    village, district, kind, regency = _from_text(saying.text)
    if places.is_outside(kind, regency):
        return "text"
    if places.is_outside(None, _regency_name(saying.regency)):
        return "regency"
    if saying.village is None or (
        village and places.find(village, district, near=saying.near).problem == "region_unknown"
    ):
        return "text" if village or district else "district"
    if not saying.district:
        return "village"
    if not places.district(saying.district):
        return "district"
    return "village|district" if places.has_village(saying.village) else "village"


def _sayings(raw: pl.DataFrame, near: pl.Series) -> pl.DataFrame:
    def text(name: str) -> pl.Expr:
        if name not in raw.columns:
            return pl.lit(None, dtype=pl.String)
        return pl.when(~pl.col(name).str.contains(r"^[\s\-\u2013.]*$")).then(pl.col(name))

    free = [
        pl.when(pl.col(name).str.contains(SAYS_PLACE)).then(
            pl.col(name)
            .str.to_uppercase()
            .str.extract(r"(\b(?:DS|DESA|KEL|KELURAHAN|KEC|KECAMATAN|KAB|KABUPATEN|KOTA)\b.*)", 1)
        )
        for name in ("address", "note")
        if name in raw.columns
    ]
    return raw.select(
        pl.coalesce(text("village"), text("location")).alias("village"),
        text("district").alias("district"),
        text("regency").alias("regency"),
        (pl.coalesce(free) if free else pl.lit(None, dtype=pl.String)).alias("text"),
        near.alias("near"),
    )


def resolve(saying: Saying, places: Places, firms: set[str], only: frozenset[str] | None = None) -> Place:
    """The place that a saying means. An address that names another village than the village column is the nearer truth
    only when it lies outside the area."""
    village, district, kind, regency = _from_text(saying.text)
    if places.is_outside(kind, regency) or places.is_outside(None, _regency_name(saying.regency)):
        return UNKNOWN
    if saying.village in firms:
        return Place(None, places.district(saying.district))
    if saying.village is not None:
        if village and (away := places.find(village, district, near=saying.near)).problem == "region_unknown":
            return away
        place = places.find(saying.village, saying.district or district, near=saying.near, only=only)
    elif village or district:
        place = places.find(village, district or saying.district, near=saying.near, only=only)
    else:
        return Place(None, places.district(saying.district))
    return place


def _regency_name(text: str | None) -> str | None:
    return re.sub(r"(?i)^\W*(?:kabupaten|kab|kota)\b\.?\s*", "", text) if text else None


def _from_text(text: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    if not text:
        return None, None, None, None
    village, district, regency = (p.search(text) for p in (VILLAGE_IN_TEXT, DISTRICT_IN_TEXT, REGENCY_IN_TEXT))
    return (
        village[1] if village else None,
        district[1] if district else None,
        regency[1] if regency else None,
        regency[2] if regency else None,
    )
