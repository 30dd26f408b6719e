"""Counts of one region: how many are covered, of whom, by what. Works on the cube and the coverage table of
core.measures; people whose village nobody stated are inside the totals and are told apart by `allocated`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils.translation import gettext, gettext_lazy, pgettext

from jangkau.core.kernel import Month
from jangkau.core.measures.cube import AGE_BANDS, largest_remainder
from jangkau.registry.lists.queries.facts import Facts, Place

COVERED = ("paid_up", "grace")


@dataclass(frozen=True)
class Standing:
    """How the workers of a region stand, in people. The four parts add up to `workers`."""

    workers: int
    paid_up: int
    grace: int
    lapsed: int
    never: int

    @property
    def covered(self) -> int:
        return self.paid_up + self.grace

    @property
    def uncovered(self) -> int:
        return self.workers - self.covered

    @property
    def percent(self) -> float | None:
        return 100 * self.covered / self.workers if self.workers else None

    @property
    def parts(self) -> list[tuple[str, int]]:
        """For the bar of a hundred per cent."""
        return [("paid", self.paid_up), ("arrears", self.grace), ("lapsed", self.lapsed), ("never", self.never)]


@dataclass(frozen=True)
class ShareRow:
    """One line of a table: a region or a group, its workers and how many of them are covered."""

    name: str
    workers: int
    covered: int
    code: str = ""
    allocated: int = 0
    indent: bool = False
    visited: bool | None = None
    note: str = ""

    @property
    def uncovered(self) -> int:
        return max(self.workers - self.covered, 0)

    @property
    def percent(self) -> float | None:
        return 100 * self.covered / self.workers if self.workers else None


def standing(facts: Facts) -> Standing:
    """The standing of the region itself. The table has the totals; the cube tells how they are made up."""
    row = _table_row(facts, facts.place.code, "all")
    by_state = dict(counted(facts.cube).group_by("state").agg(pl.col("people").sum()).iter_rows())
    covered = largest_remainder(row["covered"], [by_state.get(s, 0) for s in COVERED])
    open_ = largest_remainder(row["workers"] - row["covered"], [by_state.get(s, 0) for s in ("lapsed", "never")])
    return Standing(row["workers"], covered[0], covered[1], open_[0], open_[1])


def children(facts: Facts) -> tuple[ShareRow, ...]:
    """The regions one level below, by code."""
    return tuple(_region_row(facts, place) for place in facts.below)


def villages(facts: Facts) -> tuple[ShareRow, ...]:
    """All villages inside the region, by code."""
    return tuple(_region_row(facts, place) for place in facts.villages)


def segments(facts: Facts) -> tuple[ShareRow, ...]:
    """Wage earners and self-employed; works on village projects stand apart and are not shown here."""
    names = {"pu": gettext("Penerima upah"), "bpu": gettext("Bukan penerima upah")}
    rows = ((name, _table_row(facts, facts.place.code, segment)) for segment, name in names.items())
    return tuple(
        ShareRow(name, row["workers"], row["covered"], code=c) for c, (name, row) in zip(names, rows, strict=True)
    )


def project_workers(facts: Facts) -> ShareRow | None:
    """People on village works that run on the day; None when there are none."""
    row = _table_row(facts, facts.place.code, "jakon")
    return ShareRow(gettext("Pekerja proyek desa"), row["workers"], row["covered"]) if row["workers"] else None


def by_sex(facts: Facts) -> tuple[ShareRow, ...]:
    names = {"L": gettext("Laki-laki"), "P": gettext("Perempuan")}
    found = _grouped(facts.cube, "sex")
    return tuple(ShareRow(names[code], *found[code]) for code in names if code in found)


def by_age(facts: Facts) -> tuple[ShareRow, ...]:
    found = _grouped(facts.cube, "age_band")
    return tuple(
        ShareRow(gettext("%(band)s tahun") % {"band": name.replace("-", "\N{EN DASH}")}, *found[name])
        for name, _ in AGE_BANDS
        if name in found
    )


def by_trade(facts: Facts, most: int, segment: str | None = None) -> tuple[ShareRow, ...]:
    """The trades with the most people not covered."""
    cube = facts.cube.filter(pl.col("segment") == segment) if segment else facts.cube
    rows = [ShareRow(str(TRADE_WORDS[code]), *pair) for code, pair in _grouped(cube, "trade").items()]
    return tuple(sorted(rows, key=lambda row: (-row.uncovered, row.name))[:most])


TRADE_WORDS = {
    "fisher": gettext_lazy("Nelayan"),
    "farm_labourer": gettext_lazy("Buruh tani"),
    "farmer": gettext_lazy("Petani dan peternak"),
    "trader": gettext_lazy("Pedagang"),
    "driver": gettext_lazy("Sopir dan ojek"),
    "builder": gettext_lazy("Tukang bangunan"),
    "craft": gettext_lazy("Penjahit dan pengrajin"),
    "factory_worker": gettext_lazy("Buruh pabrik"),
    "shop_worker": gettext_lazy("Pelayan toko"),
    "religious_worker": gettext_lazy("Guru ngaji dan marbot"),
    "teacher": gettext_lazy("Guru"),
    "village_official": gettext_lazy("Perangkat desa, RT/RW, kader"),
    "guard_or_cleaner": gettext_lazy("Satpam dan petugas kebersihan"),
    "non_asn": gettext_lazy("Honorer dan non-ASN"),
    "day_labourer": gettext_lazy("Buruh harian"),
    "employee": gettext_lazy("Karyawan lain"),
    "own_business": gettext_lazy("Wiraswasta"),
    "other": gettext_lazy("Pekerjaan lain"),
}


def not_counted(facts: Facts) -> tuple[tuple[str, int], ...]:
    """Who stands on lists and is not counted, with the reason."""
    words = {
        "over_age": gettext("65 tahun ke atas"),
        "under_age": gettext("di bawah 15 tahun"),
        "deceased": gettext("meninggal"),
        "moved_out": gettext("pindah"),
        "outside": gettext("tinggal di luar wilayah"),
    }
    left_out = facts.cube.filter(pl.col("not_counted").is_not_null())
    found = dict(left_out.group_by("not_counted").agg(pl.col("people").sum()).iter_rows())
    return tuple((word, found[code]) for code, word in words.items() if found.get(code))


def counted(cube: pl.DataFrame) -> pl.DataFrame:
    return cube.filter(pl.col("not_counted").is_null())


def trend(facts: Facts) -> list[tuple[date, float]]:
    """By-name coverage at the end of each month, where these are not known on each measured day; the last point is the
    figure of the page itself."""
    if not facts.history:
        return [(day, 100 * covered / workers) for day, workers, covered in facts.measured if workers]
    now = standing(facts).percent
    points = [(month.last_day, 100 * covered / workers) for month, workers, covered in facts.history if workers]
    if points and now is not None and Month.of(points[-1][0]) == Month.of(facts.on):
        points[-1] = (facts.on, now)
    return points


def level_word(level: str) -> str:
    """What the regions below are called."""
    words = {
        "regency": pgettext("bawahan kabupaten", "Kecamatan"),
        "district": pgettext("bawahan kecamatan", "Desa dan kelurahan"),
    }
    return words.get(level, "")


def _region_row(facts: Facts, place: Place) -> ShareRow:
    row = _table_row(facts, place.code, "all")
    visited = None
    if facts.visited is not None and place.code in facts.villages_asked:
        visited = place.code in facts.visited
    return ShareRow(
        place.name, row["workers"], row["covered"], code=place.code, allocated=row["allocated"], visited=visited
    )


def _table_row(facts: Facts, code: str, segment: str) -> Mapping[str, int]:
    return facts.table.get((code, segment), {"workers": 0, "covered": 0, "allocated": 0})


def _grouped(cube: pl.DataFrame, column: str) -> dict[str, tuple[int, int]]:
    frame = (
        counted(cube)
        .filter(pl.col(column).is_not_null())
        .group_by(column)
        .agg(
            workers=pl.col("people").sum(),
            covered=pl.when(pl.col("state").is_in(COVERED)).then(pl.col("people")).otherwise(0).sum(),
        )
        .sort(column)
    )
    return {name: (workers, covered) for name, workers, covered in frame.iter_rows()}
