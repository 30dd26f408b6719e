"""Beranda: how far are we, and what now? One sentence, the gap in people, the steps with most people behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from jangkau.core.kernel import RegionCode
from jangkau.core.measures import PublishedFigure
from jangkau.core.measures.published import (
    UCJ_TARGET,
    people_missing,
    target_of_year,
    target_path,
)
from jangkau.registry.lists.presenters import shares
from jangkau.registry.lists.presenters.shares import ShareRow, Standing
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.registry.people.presenters import figures
from jangkau.web.dashboards.presenters.changes import Changes, changes_of
from jangkau.web.dashboards.presenters.measures import Measures, measures, quotations
from jangkau.web.dashboards.presenters.outlook import Ahead, ahead_of, pace
from jangkau.web.dashboards.presenters.steps import NextStep
from jangkau.web.dashboards.presenters.trend import trend_of

TREND_MONTHS = 24


@dataclass(frozen=True)
class Gap:
    """How many people are missing to a target that somebody published; `pace` is a sentence or empty."""

    target: PublishedFigure
    year: int
    people: int
    asked_year: int  # the year of the page; its own target is unknown when it differs from `year`
    pace: str


@dataclass(frozen=True)
class HomePage:
    place: Place
    on: date
    standing: Standing
    gap: Gap | None
    rows: tuple[ShareRow, ...]
    villages: tuple[ShareRow, ...]
    behind: tuple[ShareRow, ...]
    steps: tuple[NextStep, ...]
    map: dict[str, Any]
    trend: dict[str, Any]
    ahead: Ahead | None
    changes: Changes | None
    trend_rows: tuple[tuple[date, float], ...]
    published: tuple[PublishedFigure, ...]
    measures: Measures
    shapes_official: bool
    any_unvisited: bool
    any_over: bool
    level_word: str

    @property
    def is_empty(self) -> bool:
        return not self.standing.workers


def home_page(facts: Facts, told: Sequence[PublishedFigure] = (), waiting: Sequence[NextStep] = ()) -> HomePage:
    """The page of the whole register (or of the part of it that the reader may see); `told`: what others published,
    `waiting`: what other rooms wait for."""
    now = shares.standing(facts)
    rows, village_rows = shares.children(facts), shares.villages(facts)
    published = quotations(facts.place.code, told)
    told_of = measures(facts, now, told)
    points = tuple(shares.trend(facts))
    gap = _gap(facts, now, told)
    ahead = ahead_of(facts, now)
    target = {"value": gap.target.percent, "label": gettext("target") + f" {gap.year}"} if gap else None
    return HomePage(
        place=facts.place,
        on=facts.on,
        standing=now,
        gap=gap,
        rows=rows,
        villages=village_rows,
        behind=_behind(facts),
        steps=_steps(facts, village_rows, waiting),
        map=map_cells(facts, village_rows),
        trend=trend_of(points, published, target, facts.on, ahead) if points or told_of.quoted else {},
        ahead=ahead,
        changes=changes_of(facts),
        trend_rows=points,
        published=published,
        measures=told_of,
        shapes_official=facts.shapes_official,
        any_unvisited=any(row.visited is False for row in village_rows),
        any_over=any((row.percent or 0) > 100 for row in village_rows),
        level_word=shares.level_word(facts.place.level),
    )


def map_cells(facts: Facts, rows: tuple[ShareRow, ...]) -> dict[str, Any]:
    """What the map needs beside the outlines: one entry a village, texts already in the language of the reader."""
    return {
        "shapes": _link("map_shapes") + f"?region={facts.place.code}",
        "page": _link("region", "CODE"),
        "on": facts.on.isoformat(),
        "cells": {
            row.code: {
                "name": row.name,
                "district": facts.names.get(row.code[:8], ""),
                "class": figures.coverage_class(row.percent),
                "text": _cell_text(row),
                "unvisited": row.visited is False,
            }
            for row in rows
        },
        "keys": gettext("Panah untuk berpindah desa, Enter untuk membuka."),
    }


def _cell_text(row: ShareRow) -> str:
    if row.percent is None:
        return gettext("tidak ada data")
    return gettext("%(percent)s terlindungi, %(gap)s belum") % {
        "percent": figures.percent(row.percent),
        "gap": figures.people(row.uncovered),
    }


def _gap(facts: Facts, now: Standing, told: Sequence[PublishedFigure]) -> Gap | None:
    """The gap to the regency's own target, where one is known, else to that of the country."""
    here = facts.place.code[:5]
    paths = [(f.family, here) for f in told if (f.kind, f.region_code) == ("target", here)]
    due = (target_of_year(target_path(told, *path), facts.on.year) for path in [*sorted(set(paths)), (UCJ_TARGET, "")])
    target = next((found for found in due if found and found.percent is not None), None)
    if target is None or target.percent is None or not now.workers:
        return None
    people = people_missing(target.percent, now.workers, now.covered)
    return Gap(target, target.on.year, people, facts.on.year, pace(facts, people))


def _behind(facts: Facts) -> tuple[ShareRow, ...]:
    """Segments, each followed by the occupations in it with the most people missing."""
    rows: list[ShareRow] = []
    for segment in shares.segments(facts):
        rows.append(segment)
        most = 2 if segment.code == "pu" else 4
        for row in shares.by_trade(facts, most, segment.code):
            rows.append(ShareRow(row.name, row.workers, row.covered, indent=True))
    return tuple(rows)


def _steps(facts: Facts, villages: tuple[ShareRow, ...], waiting: Sequence[NextStep]) -> tuple[NextStep, ...]:
    """The steps whose numbers exist, most people first; lists that wait come before all, for they block the figures."""
    work, steps = [], []
    lists = _link("lists")
    if facts.lists_to_publish and lists:
        work.append(
            NextStep(
                facts.lists_to_publish,
                gettext("Daftar menunggu dipublikasikan"),
                gettext("Sebelum dipublikasikan, orang di dalamnya belum terhitung."),
                lists + "?state=read",
                gettext("Buka daftar"),
            )
        )
    if facts.rows_to_review:
        work.append(
            NextStep(
                facts.rows_to_review,
                gettext("Baris mungkin orang yang sudah dikenal"),
                gettext("Tunjukkan mana orang yang sama, agar tidak ada yang dihitung dua kali."),
                _link("pairs") or lists,
                gettext("Lihat padanan") if _link("pairs") else gettext("Buka daftar"),
            )
        )
    steps.extend(_village_steps(villages))
    if facts.employers_unregistered:
        steps.append(
            NextStep(
                facts.employers_unregistered,
                gettext("Perusahaan belum mendaftar, dengan %(n)s pekerja")
                % {"n": figures.people(facts.workers_unregistered)},
                gettext("Ada izin usaha atau laporan ketenagakerjaan, tidak ada di daftar peserta cabang."),
                _link("region", facts.place.code) + "#perusahaan",
                gettext("Buka wilayah"),
            )
        )
    steps.extend(waiting)
    return (*work, *steps, *_reach_steps(villages))


def _reach_steps(villages: tuple[ShareRow, ...]) -> list[NextStep]:
    """The villages nobody has reached. What is published counts desa; urban wards count where nothing else is."""
    asked = [row for row in villages if row.visited is not None]
    rural = [row for row in asked if not RegionCode(row.code).is_kelurahan] or asked
    unvisited = [row for row in rural if not row.visited]
    if not unvisited:
        return []
    return [
        NextStep(
            len(unvisited),
            gettext("Desa belum dijangkau sosialisasi, dari %(n)s") % {"n": figures.people(len(rural))},
            ", ".join(row.name for row in unvisited[:6]) + (" …" if len(unvisited) > 6 else ""),
            _link("outreach_routes"),
            gettext("Jadwalkan"),
        )
    ]


def _village_steps(villages: tuple[ShareRow, ...]) -> list[NextStep]:
    """The three villages with the most people missing."""
    worst = sorted((row for row in villages if row.uncovered), key=lambda row: (-row.uncovered, row.code))[:3]
    return [
        NextStep(
            row.uncovered,
            gettext("Pekerja di %(village)s belum terlindungi") % {"village": row.name},
            gettext("%(percent)s dari %(workers)s pekerja terlindungi")
            % {"percent": figures.percent(row.percent), "workers": figures.people(row.workers)},
            _link("region", row.code),
            gettext("Buka desa"),
        )
        for row in worst
    ]


def _link(name: str, *args: str) -> str:
    """The address of a page, or empty when this house has no such page yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
