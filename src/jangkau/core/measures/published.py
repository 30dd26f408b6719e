"""What others have published: quotations, denominators, members and targets with date, source and status, never mixed
with the by-name share. A figure without its denominator stays a quotation; what is not loaded is not measured here.
The starting set stands in published.csv beside this file (addresses read in 2025); a register adds its own."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from math import ceil
from pathlib import Path
from typing import NamedTuple

from jangkau.core.kernel import Refused, RegionCode

KINDS = ("quoted", "active", "eligible", "employed", "target")
SEGMENTS_PUBLISHED = ("all", "pu", "bpu")
BOTH = {"pu", "bpu"}  # the official measure has two segments
STATUSES = ("verified", "secondary", "assumed")
COUNTED_KINDS = KINDS[1:4]  # told in people, not in percent
UCJ = "UCJ"
UCJ_TARGET = "UCJ Kemendagri/BPJSTK"
COLUMNS = (
    "kind", "family", "region_code", "region", "segment", "on", "percent", "people", "numerator", "denominator",
    "status", "source", "note",
)  # fmt: skip
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d %H:%M:%S")
_MOST_PEOPLE = 10**9


class WrongCell(Refused):
    """What stands under a column cannot be used."""

    def __init__(self, column: str, said: str, wanted: str, wanted_english: str) -> None:
        super().__init__(
            f"“{said[:40]}” tidak dapat dipakai. Isi dengan {wanted}.",
            f"“{said[:40]}” cannot be used. Fill in {wanted_english}.",
        )
        self.column = column


class PublishedFigure(NamedTuple):
    """A figure as printed. `kind`: quoted (a realisation), active (members), eligible (the official denominator of the
    year of `on`), employed (survey) or target (to be reached on `on`). `family`: indicators that may be compared;
    `status`: verified (two sources), secondary (one) or assumed; `percent` 0-100 or more; the rest in people."""

    kind: str
    family: str
    region_code: str  # empty: the whole country
    region_name: str
    segment: str
    on: date
    percent: float | None
    people: int | None
    numerator: int | None
    denominator: int | None
    status: str
    source: str
    note: str = ""

    @property
    def indicator(self) -> str:
        """The family; of a target with its year."""
        return f"Target {self.family} {self.on.year}" if self.kind == "target" else self.family

    @property
    def contradicts_itself(self) -> bool:
        """Do the printed numerator and denominator give another percentage than the one printed?"""
        if not (self.percent is not None and self.numerator and self.denominator):
            return False
        return abs(100 * self.numerator / self.denominator - self.percent) > 0.1


class OfficialParts(NamedTuple):
    """Members and eligible workers by segment, as loaded, with the newest day of the members and all sources."""

    active: dict[str, int]
    eligible: dict[str, int]
    on: date
    sources: tuple[str, ...]


@cache
def starting_set() -> tuple[PublishedFigure, ...]:
    """The figures that the package carries.

    >>> [f.percent for f in starting_set() if f.region_code == "32.02"]
    [37.7, 41.0]
    """
    with (Path(__file__).parent / "published.csv").open(encoding="utf-8", newline="") as file:
        return tuple(figures_from(csv.DictReader(file)))


def figures_from(rows: Iterable[Mapping[str, str | None]]) -> list[PublishedFigure]:
    """Figures from rows of text under COLUMNS, as `figure_from` reads them. Raises Refused, naming row and column; the
    first row below the header is row 2, as in a workbook.

    >>> figures_from([{}])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    jangkau.core.kernel.errors.Refused: Baris 2, kolom kind: “” tidak dapat dipakai. Isi dengan quoted, active, ...
    """
    found = []
    for number, row in enumerate(rows, 2):
        try:
            found.append(figure_from(row))
        except WrongCell as wrong:
            raise Refused(
                f"Baris {number}, kolom {wrong.column}: {wrong.indonesian}",
                f"Row {number}, column {wrong.column}: {wrong.english}",
            ) from None
    return found


def members(figures: Sequence[PublishedFigure], region_code: str, on: date) -> dict[str, PublishedFigure]:
    """The official members of a region by segment, of the newest day up to `on`; empty where none are loaded.

    >>> sorted((segment, f.people) for segment, f in members(starting_set(), "19.71", date(2025, 6, 30)).items())
    [('bpu', 4754), ('pu', 24286)]
    """
    own = [f for f in figures if (f.region_code, f.family, f.kind) == (region_code, UCJ, "active") and f.on <= on]
    day = max((f.on for f in own), default=on)
    return _newest(f for f in own if f.on == day)


def official_parts(figures: Sequence[PublishedFigure], region_code: str, on: date) -> OfficialParts | str:
    """What the official measure of a region on a day is made of: the newest members by segment up to `on`, and the
    eligible workers of the year of these members. Else why it cannot be measured: "no_active", "no_eligible",
    "other_year" (the denominator is of another year) or "no_segment" (PU or BPU is missing on one side).

    >>> official_parts(starting_set(), "19.71", date(2025, 6, 30)).eligible
    {'bpu': 23416, 'pu': 47010}
    >>> official_parts(starting_set(), "32.02", date(2025, 6, 30))
    'no_active'
    """
    active = members(figures, region_code, on)
    if not active:
        return "no_active"
    day = max(f.on for f in active.values())
    told = [f for f in figures if f.region_code == region_code and f.family == UCJ and f.kind == "eligible"]
    eligible = _newest(f for f in told if f.on.year == day.year)
    if not eligible:
        return "other_year" if told else "no_eligible"
    segments = sorted(BOTH)
    if not (set(active) >= BOTH and set(eligible) >= BOTH):
        return "no_segment"
    used = [*(active[s] for s in segments), *(eligible[s] for s in segments)]
    return OfficialParts(
        {s: active[s].people or 0 for s in segments},
        {s: eligible[s].people or 0 for s in segments},
        day,
        tuple(dict.fromkeys(f.source for f in used)),
    )


def target_path(figures: Sequence[PublishedFigure], family: str, region_code: str) -> list[PublishedFigure]:
    """The targets of a family for a region, earliest first; years between them are not filled in.

    >>> [(t.on.year, t.percent) for t in target_path(starting_set(), "RPJMN 2025-2029", "")]
    [(2025, 32.15), (2026, 34.99), (2029, 43.92), (2045, 99.5)]
    """
    own = (f for f in figures if (f.kind, f.family, f.region_code) == ("target", family, region_code))
    return sorted(own, key=lambda f: (f.on, f.segment))


def target_of_year(path: Sequence[PublishedFigure], year: int) -> PublishedFigure | None:
    """The last target of a path for all segments that is due in `year` or before; None when the path begins later.

    >>> target_of_year(target_path(starting_set(), UCJ_TARGET, ""), 2026).percent
    52.15
    """
    due = [target for target in path if target.segment == "all" and target.on.year <= year]
    return max(due, key=lambda target: target.on, default=None)


def people_missing(percent: float, eligible: int, active: int) -> int:
    """How many more members of `eligible` workers reach `percent` (0-100, as printed); 0 when it is reached.

    >>> people_missing(52.15, 70_426, 29_040)
    7688
    """
    hundredths = round(percent * 100)
    return max(0, ceil(eligible * hundredths / 10_000) - active)


def _newest(figures: Iterable[PublishedFigure]) -> dict[str, PublishedFigure]:
    return {figure.segment: figure for figure in sorted(figures, key=lambda f: f.on)}


def figure_from(given: Mapping[str, str | None]) -> PublishedFigure:
    """A figure from text under COLUMNS: days ISO or DD/MM/YYYY, percentages with comma or point. Raises WrongCell for
    one that is incomplete or contradicts its kind.

    >>> row = dict(kind="target", family="UCJ", segment="all", on="31/12/2026", percent="45,5", status="secondary",
    ...            source="Surat 12/2026")
    >>> figure_from(row).percent, figure_from(row).region_name
    (45.5, 'Indonesia')
    """
    row = {name: (given.get(name) or "").strip() for name in COLUMNS}
    for name, words in (("kind", KINDS), ("segment", SEGMENTS_PUBLISHED), ("status", STATUSES)):
        if row[name] not in words:
            raise WrongCell(name, row[name], ", ".join(words), ", ".join(words))
    for name in ("family", "source"):
        if not row[name]:
            raise WrongCell(name, "", "indikator, alamat atau nomor surat", "an indicator, an address or a letter")
    percent, people = _percent(row["percent"]), _count("people", row["people"])
    counted = row["kind"] in COUNTED_KINDS
    if counted and (not people or percent is not None):
        raise WrongCell("people", row["people"], "banyak orang; persennya kosong", "a number of people, no percentage")
    if percent is None and not people:
        raise WrongCell("percent", row["percent"], "angka, misalnya 41,2", "a number such as 41.2")
    return PublishedFigure(
        kind=row["kind"],
        family=row["family"],
        region_code=_region(row["region_code"]),
        region_name=row["region"] or ("" if row["region_code"] else "Indonesia"),
        segment=row["segment"],
        on=_day(row["on"]),
        percent=percent,
        people=people,
        numerator=_count("numerator", row["numerator"]),
        denominator=_count("denominator", row["denominator"]),
        status=row["status"],
        source=row["source"],
        note=row["note"],
    )


def _region(text: str) -> str:
    try:
        if not text or RegionCode(text).level in ("province", "regency"):
            return text
    except Refused:
        pass
    raise WrongCell("region_code", text, "kode provinsi atau kabupaten: 32, 32.02", "a province or regency: 32, 32.02")


def _day(text: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise WrongCell("on", text, "tanggal, misalnya 2026-12-31", "a day such as 2026-12-31")


def _percent(text: str) -> float | None:
    if not text:
        return None
    bare = text.removesuffix("%").strip().replace(",", ".")
    whole, _, decimals = bare.partition(".")
    if not (bare.isascii() and whole.isdigit() and len(whole) <= 3 and (not decimals or decimals.isdigit())):
        raise WrongCell("percent", text, "angka, misalnya 41,2", "a number such as 41.2")
    return round(float(bare), 2)


def _count(name: str, text: str) -> int | None:
    if not text:
        return None
    bare = re.sub(r"[., ]", "", text.removesuffix(".0"))
    if not (bare.isascii() and bare.isdigit() and int(bare) <= _MOST_PEOPLE):
        raise WrongCell(name, text, "angka bulat, misalnya 70.426", "a whole number such as 70426")
    return int(bare)
