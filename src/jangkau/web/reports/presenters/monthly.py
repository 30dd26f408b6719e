"""The monthly report to the regent: how far, what changed since the measured day before, who and where is missing,
what to do. Every figure is the one of the pages of the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString

from jangkau.core.kernel import Month
from jangkau.core.measures import PublishedFigure
from jangkau.core.measures.changes import CAME, WENT
from jangkau.core.measures.forecasts import FEWEST_MONTHS, BackTest, Outlook, back_test, month_reached, outlook
from jangkau.core.measures.published import UCJ, UCJ_TARGET, people_missing, target_of_year, target_path
from jangkau.registry.cases.presenters.letters import Letter
from jangkau.registry.lists.presenters import shares
from jangkau.registry.lists.presenters.shares import ShareRow, Standing
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.web.reports.presenters.drawings import Point, Polygons, bar, choropleth, course, legend
from jangkau.web.reports.queries import Between, Firm

MONTHS_AHEAD = 6
AHEAD_TESTED = 3
MOST = 10  # villages, occupations and employers that are named
CHANGE_WORDS = {
    "first": "Baru pertama kali menjadi peserta",
    "reactivated": "Aktif kembali",
    "counted_again": "Terhitung lagi (umur, tempat tinggal, atau keterangan diperbaiki)",
    "moved_in": "Pindah masuk dari wilayah lain",
    "lapsed": "Berhenti: iuran tertunggak lebih dari tiga bulan",
    "deceased": "Meninggal",
    "moved_out": "Pindah ke luar wilayah",
    "over_age": "Mencapai usia 65 tahun",
    "under_age": "Ternyata belum 15 tahun",
    "outside": "Ternyata tinggal di luar wilayah",
    "withdrawn": "Daftarnya ditarik kembali",
    "moved_away": "Pindah ke wilayah lain",
}
STATUS_WORDS = {"verified": "dua sumber", "secondary": "satu sumber", "assumed": "belum diperiksa"}


@dataclass(frozen=True)
class Change:
    """One reason for which people came or went; `people` is negative for those who went."""

    reason: str
    people: int


@dataclass(frozen=True)
class Row:
    """A line of a table with its bar."""

    share: ShareRow
    bar: SafeString


@dataclass(frozen=True)
class Direction:
    """Where the pace of the past months leads."""

    months: int
    expected: tuple[Outlook, ...]
    test: BackTest | None
    target: PublishedFigure | None
    missing: int
    reached: Month | None

    @property
    def last(self) -> Outlook:
        return self.expected[-1]


@dataclass(frozen=True)
class MonthlyPaper:
    letter: Letter
    place: Place
    on: date
    standing: Standing
    earlier: Standing | None
    earlier_on: date | None
    changes: tuple[Change, ...]
    stock: tuple[int, int]  # known by name to be covered, on the earlier and on the later day
    rows: tuple[Row, ...]
    rows_title: str
    unknown: tuple[str, ...]  # regions below of which no list names anybody
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    allocated: int
    map: SafeString
    legend: tuple[tuple[SafeString, str], ...]
    shapes_official: bool
    course: SafeString
    direction: Direction | None
    published: tuple[tuple[PublishedFigure, str], ...]
    villages: tuple[Row, ...]
    unvisited: tuple[ShareRow, ...]
    villages_asked: int
    firms: tuple[Firm, ...]
    firms_in_all: int
    workers_in_all: int

    @property
    def months_needed(self) -> int:
        return FEWEST_MONTHS


def monthly_paper(
    letter: Letter,
    facts: Facts,
    before: Between | None,
    firms: list[Firm],
    outlines: dict[str, Polygons],
    published: Sequence[PublishedFigure],
) -> MonthlyPaper:
    """The report on the region and day of `facts`."""
    now = shares.standing(facts)
    villages = shares.villages(facts)
    direction = _direction(facts, now, published)
    quoted = _quoted(facts, published)
    rows = shares.children(facts)
    return MonthlyPaper(
        letter=letter,
        place=facts.place,
        on=facts.on,
        standing=now,
        earlier=shares.standing(before.earlier) if before else None,
        earlier_on=before.earlier.on if before else None,
        changes=changes_told(before),
        stock=(before.counts.get("before", 0), before.counts.get("after", 0)) if before else (0, 0),
        rows=with_bars([row for row in rows if row.workers]),
        unknown=tuple(row.name for row in rows if not row.workers),
        rows_title=shares.level_word(facts.place.level),
        groups=_groups(facts),
        allocated=sum(row.allocated for row in villages),
        map=choropleth(outlines, {row.code: row.percent for row in villages}),
        legend=legend(row.percent for row in villages),
        shapes_official=facts.shapes_official,
        course=_course(facts, direction, quoted),
        direction=direction,
        published=tuple((figure, STATUS_WORDS[figure.status]) for figure in quoted),
        villages=with_bars(_most_uncovered(facts, villages)),
        unvisited=tuple(row for row in villages if row.visited is False),
        villages_asked=sum(row.visited is not None for row in villages),
        firms=tuple(firms[:MOST]),
        firms_in_all=facts.employers_unregistered,
        workers_in_all=facts.workers_unregistered,
    )


def with_bars(rows: list[ShareRow] | tuple[ShareRow, ...]) -> tuple[Row, ...]:
    """Each row with the bar of its share."""
    return tuple(Row(row, bar(row.percent)) for row in rows)


def _most_uncovered(facts: Facts, villages: tuple[ShareRow, ...]) -> list[ShareRow]:
    """Villages of one name lie in several districts, so the district stands beside."""
    worst = sorted((row for row in villages if row.uncovered), key=lambda row: (-row.uncovered, row.code))[:MOST]
    return [replace(row, name=f"{row.name}, {facts.names[row.code[:8]]}") for row in worst]


def _groups(facts: Facts) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    groups = (
        ("Segmen", shares.segments(facts)),
        ("Jenis kelamin", shares.by_sex(facts)),
        ("Umur", shares.by_age(facts)),
        ("Pekerjaan", shares.by_trade(facts, MOST)),
    )
    return tuple((title, with_bars(rows)) for title, rows in groups if rows)


def changes_told(before: Between | None) -> tuple[Change, ...]:
    """Who came and who went since the day before, by reason; reasons of nobody are left out."""
    if before is None:
        return ()
    signed = [(name, before.counts.get(name, 0)) for name in CAME] + [(n, -before.counts.get(n, 0)) for n in WENT]
    return tuple(Change(CHANGE_WORDS[name], people) for name, people in signed if people)


def _quoted(facts: Facts, published: Sequence[PublishedFigure]) -> list[PublishedFigure]:
    """What others have published of the coverage of the regency and its province up to the day, oldest first."""
    wanted = {facts.place.code[:5], facts.place.code[:2]}
    found = (f for f in published if (f.kind, f.family, f.segment) == ("quoted", UCJ, "all") and f.percent is not None)
    told = (figure for figure in found if figure.region_code in wanted and figure.on <= facts.on)
    return sorted(told, key=lambda figure: (figure.on, figure.region_code))


def _direction(facts: Facts, now: Standing, published: Sequence[PublishedFigure]) -> Direction | None:
    series = [covered for _, _, covered in facts.history]
    if len(series) < FEWEST_MONTHS:
        return None
    target = target_of_year(target_path(published, UCJ_TARGET, ""), facts.on.year)
    missing = people_missing(target.percent, now.workers, now.covered) if target and target.percent else 0
    last = facts.history[-1][0]
    return Direction(
        months=len(series),
        expected=tuple(outlook(last, series, MONTHS_AHEAD)),
        test=back_test(series, AHEAD_TESTED),
        target=target,
        missing=missing,
        reached=month_reached(last, series, series[-1] + missing),
    )


def _course(facts: Facts, direction: Direction | None, quoted: list[PublishedFigure]) -> SafeString:
    line = [Point(on, percent) for on, percent in shares.trend(facts)]
    own = [Point(f.on, f.percent) for f in quoted if f.region_code == facts.place.code and f.percent is not None]
    if not line or direction is None:
        return course(line, own, [])
    workers = facts.history[-1][1]
    expected = [
        Point(told.month.last_day, *(100 * people / workers for people in (told.expected, told.low, told.high)))
        for told in direction.expected
    ]
    return course(line, own, expected)
