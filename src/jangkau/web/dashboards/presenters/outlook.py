"""Where does this pace lead? The outlook of core.measures in percent and people of the page, its method and what it was
worth on the past, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from jangkau.core.kernel import Month
from jangkau.core.measures.forecasts import FEWEST_MONTHS, LIKELY, back_test, month_reached, outlook
from jangkau.registry.lists.presenters.shares import Standing
from jangkau.registry.lists.queries.facts import Facts
from jangkau.registry.people.presenters import figures

MONTHS_AHEAD = 6


@dataclass(frozen=True)
class AheadRow:
    """The covered expected at the end of a month: people, and percent (0-100) with the interval."""

    on: date
    people: int
    percent: float
    low: float
    high: float


@dataclass(frozen=True)
class Ahead:
    """The months ahead, how they were found, and what that was worth; `tested` is empty where the past is too short."""

    rows: tuple[AheadRow, ...]
    method: str
    tested: str


def ahead_of(facts: Facts, now: Standing) -> Ahead | None:
    """The next months at the pace of those known, from the figure of the page on; None without enough months."""
    people = [covered for _, _, covered in facts.history]
    if len(people) < FEWEST_MONTHS or not now.workers:
        return None
    share = 100 / now.workers
    moved = now.covered - people[-1]  # the page counts those too whose address nobody stated
    rows = tuple(
        AheadRow(o.month.last_day, o.expected + moved, *(min((n + moved) * share, 100) for n in o[1:]))
        for o in outlook(facts.history[-1][0], people, MONTHS_AHEAD)
    )
    method = gettext(
        "Cara: bulan berikutnya sama dengan bulan ini ditambah rata-rata perubahan %(months)s bulan; rentangnya memuat "
        "%(likely)s dari kemungkinan. Musim dan rencana tidak diketahui cara ini."
    ) % {"months": len(people) - 1, "likely": figures.percent(100 * LIKELY)}
    return Ahead(rows, method, _tested(people))


def pace(facts: Facts, missing: int) -> str:
    """When the people missing to a goal are reached at this pace; empty without enough months, or when nobody is."""
    people = [covered for _, _, covered in facts.history]
    if len(people) < FEWEST_MONTHS or not missing:
        return ""
    reached = month_reached(Month.of(facts.on), people, people[-1] + missing)
    if reached is None:
        return gettext("Dengan laju ini tidak akan tercapai.")
    return gettext("Dengan laju ini tercapai pada %(month)s") % {"month": figures.month(reached.first_day)}


def _tested(people: list[int]) -> str:
    found = back_test(people, MONTHS_AHEAD)
    if found is None:
        return ""
    return gettext(
        "Diuji pada bulan-bulan yang sudah lewat: %(n)s prakiraan %(ahead)s bulan ke muka, %(inside)s jatuh di dalam "
        "rentang; rata-rata meleset %(error)s orang (bila dianggap tidak berubah: %(unchanged)s)."
    ) % {
        "n": found.forecasts,
        "ahead": MONTHS_AHEAD,
        "inside": figures.percent(100 * found.inside_share),
        "error": figures.people(round(found.mean_error)),
        "unchanged": figures.people(round(found.mean_error_unchanged)),
    }
