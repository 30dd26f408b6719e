"""Rencana: for a budget or a goal, which villages first, for how many people, at what price, and how near the best
possible plan that is. Prices and dates come from core.rules, the order and its proof from core.measures.plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, NamedTuple

import polars as pl
from django.utils.translation import gettext

from jangkau.core.kernel import Month, Refused
from jangkau.core.measures.coverage import COVERED
from jangkau.core.measures.plans import (
    Choice,
    Plan,
    at_most_each,
    cheapest_plan,
    exact_plan,
    greedy_plan,
    least_price,
    people_without,
    provable,
)
from jangkau.core.rules import Result, evaluate
from jangkau.registry.people.presenters.figures import month, people, percent, rupiah, short_month
from jangkau.web.dashboards.presenters.calculators.amounts import Answer, Group, Line, guessed, line
from jangkau.web.dashboards.presenters.calculators.prices import relief_words, waiting_words

DRIVERS = "driver"  # the trade that the law calls transport
NEAR = 0.99  # largest villages first, unless the exact plan covers more than a hundredth more
ROWS_SHOWN = 60


class Village(NamedTuple):
    name: str
    district: str


@dataclass(frozen=True)
class PlanRow:
    """A village and kind of work, in the order of the plan; `so_far` counts it and all before it."""

    code: str
    village: Village
    sector: str
    people: int
    price: int
    people_so_far: int
    price_so_far: int


@dataclass(frozen=True)
class PlanAnswer:
    answer: Answer
    rows: tuple[PlanRow, ...]

    @property
    def shown(self) -> tuple[PlanRow, ...]:
        return self.rows[:ROWS_SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.rows) - ROWS_SHOWN, 0)


class Head(NamedTuple):
    """The price of one person of a sector over all months: rupiah, and the price of every month."""

    price: int
    months: list[tuple[Month, Result]]


def plan_answer(
    said: Mapping[str, Any], cube: pl.DataFrame, counted: tuple[int, int], villages: Mapping[str, Village]
) -> PlanAnswer:
    """`cube` holds the people of the region, `counted` its workers and how many are covered. Raises Refused when nobody
    can be planned for, or the money is too little for one village."""
    months = [Month.of(said["first_covered_on"]).plus(step) for step in range(said["months"])]
    heads = {sector: _head(said, sector, months) for sector in ("other", "transport")}
    choices = _choices(said, cube, heads)
    plan, proof = _for_budget(choices, said["budget"]) if said["budget"] else _for_goal(choices, _goal(said, counted))
    rows = _rows([choices[place] for place in plan.taken], villages)
    used = {row.sector for row in rows}
    words = {
        "price": rupiah(plan.price),
        "people": people(plan.people),
        "villages": people(len({row.code for row in rows})),
        "n": people(said["months"]),
    }
    return PlanAnswer(
        Answer(
            gettext("%(price)s melindungi %(people)s pekerja di %(villages)s desa selama %(n)s bulan") % words,
            (_gain(plan, counted), proof, _death(said, months), _prices(heads, used)),
            because=tuple(_reasons(heads, used)),
            warnings=waiting_words(_full_from(said).values["full_from"], months[-1].last_day),  # type: ignore[arg-type]  # a day
            notes=_left_out(cube),
        ),
        rows,
    )


def _head(said: Mapping[str, Any], sector: str, months: Sequence[Month]) -> Head:
    given = {"income": said["income"], "sector": sector, "funding": said["funding"], "jht": False}
    found = [(each, evaluate("bpu_contribution", given | {"month": str(each)})) for each in months]
    return Head(sum(int(str(result.values["total"])) for _, result in found), found)


def _choices(said: Mapping[str, Any], cube: pl.DataFrame, heads: Mapping[str, Head]) -> list[Choice]:
    missing = people_without(cube, "bpu")
    if said["trade"]:
        missing = missing.filter(pl.col("trade") == said["trade"])
    sector = pl.when(pl.col("trade") == DRIVERS).then(pl.lit("transport")).otherwise(pl.lit("other"))
    groups = missing.group_by("village_code", sector=sector).agg(pl.col("people").sum()).sort("village_code", "sector")
    choices = [Choice(code, kind, count, count * heads[kind].price) for code, kind, count in groups.iter_rows()]
    if not choices:
        raise Refused(
            "Di sini tidak ada pekerja BPU yang belum terlindungi dan diketahui desanya. Pilih wilayah atau pekerjaan"
            " lain, atau muat daftar desanya dulu.",
            "Nobody here is a self-employed worker without cover in a known village. Choose another region or work, or"
            " load the lists of the villages first.",
        )
    return at_most_each(choices, said["most_each"]) if said["most_each"] else choices


def _goal(said: Mapping[str, Any], counted: tuple[int, int]) -> int:
    return int(said["people"] or ceil(counted[0] * said["points"] / 100))


def _for_budget(choices: Sequence[Choice], budget: int) -> tuple[Plan, Group]:
    """The plan for a budget with its distance to the best possible."""
    greedy = greedy_plan(choices, budget)
    if not greedy.taken:
        least = min(choice.price for choice in choices)
        raise Refused(
            f"Anggaran ini belum cukup untuk semua pekerja satu desa pun (termurah {rupiah(least)}). Naikkan"
            " anggarannya, kurangi bulannya, atau isi “paling banyak orang tiap desa”.",
            f"This budget does not cover all workers of a single village (the cheapest: {rupiah(least)}). Raise it,"
            " take fewer months, or fill in “most people in each village”.",
        )
    if not provable(choices, budget):
        bounded = (
            Line(gettext("Rencana ini"), greedy.people, "people"),
            Line(gettext("Tidak mungkin lebih dari"), greedy.bound, "people"),
            Line(gettext("Selisih paling besar"), _share(greedy.bound - greedy.people, greedy.bound)),
        )
        return greedy, Group(gettext("Sebaik apa rencana ini"), bounded)
    exact = exact_plan(choices, budget)
    plan = greedy if greedy.people >= NEAR * exact.people else exact
    lines = (
        Line(gettext("Desa terbesar dahulu"), greedy.people, "people"),
        Line(gettext("Terbanyak yang mungkin (hitungan tepat)"), exact.people, "people"),
        Line(gettext("Selisih rencana ini"), _share(exact.people - plan.people, exact.people)),
        Line(gettext("Sisa anggaran"), budget - plan.price),
    )
    return plan, Group(gettext("Sebaik apa rencana ini"), lines)


def _for_goal(choices: Sequence[Choice], goal: int) -> tuple[Plan, Group]:
    """The plan for a number of people with its distance to the least price."""
    plan = cheapest_plan(choices, goal)
    least = least_price(choices, min(goal, plan.people))
    lines = [
        Line(gettext("Harga rencana ini"), plan.price),
        Line(gettext("Tidak mungkin di bawah"), least),
        Line(gettext("Selisih paling besar"), _share(plan.price - least, plan.price)),
    ]
    if plan.people < goal:
        lines.append(Line(gettext("Kurang dari tujuan"), goal - plan.people, "people"))
    return plan, Group(gettext("Sebaik apa rencana ini"), tuple(lines))


def _share(part: int, whole: int) -> str:
    return percent(100 * part / whole if whole else 0, 2)


def _rows(taken: Sequence[Choice], villages: Mapping[str, Village]) -> tuple[PlanRow, ...]:
    rows: list[PlanRow] = []
    heads = price = 0
    for choice in taken:
        heads, price = heads + choice.people, price + choice.price
        village = villages.get(choice.region_code, Village(choice.region_code, ""))
        rows.append(PlanRow(choice.region_code, village, choice.segment, choice.people, choice.price, heads, price))
    return tuple(rows)


def _gain(plan: Plan, counted: tuple[int, int]) -> Group:
    workers, covered = counted
    lines = [Line(gettext("Pekerja yang dilindungi"), plan.people, "people", strong=True)]
    if workers:
        before, after = 100 * covered / workers, 100 * min(covered + plan.people, workers) / workers
        points = percent(after - before, 2).rstrip("%").strip()
        lines += [
            Line(gettext("Cakupan menurut nama sekarang"), percent(before, 2)),
            Line(gettext("Sesudah rencana ini"), percent(after, 2)),
            Line(gettext("Bertambah"), gettext("%(n)s poin persen") % {"n": points}, strong=True),
        ]
    return Group(gettext("Yang dicapai"), tuple(lines))


def _full_from(said: Mapping[str, Any]) -> Result:
    first: date = said["first_covered_on"]
    return evaluate(
        "jkm_benefit", {"segment": "bpu", "first_covered_on": first.isoformat(), "died_on": first.isoformat()}
    )


def _death(said: Mapping[str, Any], months: Sequence[Month]) -> Group:
    waiting = _full_from(said)
    return Group(
        gettext("Santunan kematian"),
        (
            line(waiting, "full_from", gettext("Penuh sejak")),
            line(waiting, "total", gettext("Sebelum hari itu, hanya")),
            Line(gettext("Pendanaan berakhir"), months[-1].last_day, "day"),
        ),
    )


def _prices(heads: Mapping[str, Head], used: set[str]) -> Group:
    """The price of one person, with the months of which it is made."""
    lines = []
    for sector in sorted(used):
        parts = [(each, line(result, "total")) for each, result in heads[sector].months]
        why = [f"{month(each.first_day)}: {part.text}" for each, part in parts]
        lines.append(
            Line(
                gettext("Seorang %(work)s") % {"work": sector_word(sector)},
                heads[sector].price,
                why=(*why, *parts[0][1].why),
                **guessed(part for _, part in parts),
            )
        )
    return Group(gettext("Harga seorang untuk seluruh masa"), tuple(lines))


def _reasons(heads: Mapping[str, Head], used: set[str]) -> list[str]:
    """Whether a relief holds, by kind of work, with the first and the last month of which it is true."""
    found = []
    for sector in sorted(used):
        told: dict[str, list[Month]] = {}
        for each, result in heads[sector].months:
            for words in relief_words(result):
                told.setdefault(words, []).append(each)
        found += [f"{sector_word(sector).capitalize()}, {_span(when)}: {words}" for words, when in told.items()]
    return found


def _span(months: Sequence[Month]) -> str:
    first, last = (short_month(each.first_day) for each in (months[0], months[-1]))
    return first if first == last else f"{first}\N{EN DASH}{last}"


def sector_word(sector: str) -> str:
    return gettext("pekerja angkutan") if sector == "transport" else gettext("pekerja bukan angkutan")


def _left_out(cube: pl.DataFrame) -> tuple[str, ...]:
    """Who is without cover and not in the plan, and why."""
    open_ = cube.filter(pl.col("not_counted").is_null() & ~pl.col("state").is_in(COVERED))
    counts = {
        gettext(
            "%(n)s penerima upah tidak masuk rencana: iurannya kewajiban pemberi kerja, bukan anggaran."
        ): open_.filter(pl.col("segment") == "pu"),
        gettext("%(n)s orang tidak masuk rencana karena desanya belum diketahui."): open_.filter(
            (pl.col("segment") == "bpu") & pl.col("village_code").is_null()
        ),
        gettext("%(n)s orang 65 tahun ke atas tidak dihitung: melewati batas usia."): cube.filter(
            pl.col("not_counted") == "over_age"
        ),
    }
    return tuple(
        words % {"n": people(int(frame["people"].sum()))} for words, frame in counts.items() if frame["people"].sum()
    )
