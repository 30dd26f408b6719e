"""Sums by district and village, and the village budget beside the works, as rows and workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import polars as pl
from django.utils.translation import gettext, ngettext

from jangkau.programmes.construction.models import BudgetLine
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.presenters.figures import day, people, rupiah
from jangkau.registry.people.presenters.sheets import Sheet, workbook

FINDING_TAGS = {"missing": "bad", "late": "bad", "waiting": "wait", "upcoming": "", "registered": "good"}


class GapRow(NamedTuple):
    """What the works of a region come to."""

    code: str
    name: str
    works: int
    works_with_gap: int
    workers_open: int
    worker_days_lost: int
    underpaid: int


def gap_rows(counted: pl.DataFrame) -> list[GapRow]:
    """Regions with works, the largest gap first."""
    known = gazetteer()
    found = [
        GapRow(code=code, name=known[code].name, **{name: row[name] for name in GapRow._fields[2:]})
        for row in counted.iter_rows(named=True)
        for code in (row["village_code"],)
    ]
    return sorted(found, key=lambda row: (-row.workers_open, -row.worker_days_lost, row.code))


def gaps_book(counted: pl.DataFrame, on: date | None) -> bytes:
    """One line for each village with works."""
    columns = (
        (gettext("Kode desa"), 14), (gettext("Desa"), 24), (gettext("Kecamatan"), 22), (gettext("Proyek"), 10),
        (gettext("Pernah ada celah"), 12), (gettext("Tanpa perlindungan hari ini"), 14),
        (gettext("Hari-orang tanpa perlindungan"), 16), (gettext("Kurang bayar"), 16),
    )  # fmt: skip
    known = gazetteer()
    rows = [(row.code, row.name, known[row.code[:8]].name, *row[2:]) for row in gap_rows(counted)]
    note = gettext("Celah perlindungan proyek desa, keadaan %(day)s") % {"day": day(on)}
    name = gettext("Celah")
    return workbook(name, [Sheet(name, (note,), columns, rows, fixed=2)])


def budget_headline(counts: Mapping[str, tuple[int, int]]) -> str:
    """The sentence that carries the page of the village budget."""
    missing, value = counts.get("missing", (0, 0))
    if not missing:
        return gettext("Setiap kegiatan anggaran yang seharusnya mulai sudah ada proyeknya")
    return ngettext(
        "%(n)s kegiatan anggaran seharusnya sudah mulai dan belum ada proyeknya, senilai %(value)s",
        "%(n)s kegiatan anggaran seharusnya sudah mulai dan belum ada proyeknya, senilai %(value)s",
        missing,
    ) % {"n": people(missing), "value": rupiah(value)}


def budget_book(lines: Iterable[BudgetLine]) -> bytes:
    """One line for each work in a village budget."""
    columns = (
        (gettext("Kode desa"), 14), (gettext("Desa"), 22), (gettext("Kegiatan"), 36), (gettext("Sumber dana"), 22),
        (gettext("Pagu"), 16), (gettext("Rencana mulai"), 12), (gettext("Rencana selesai"), 12),
        (gettext("Temuan"), 34), (gettext("Nomor proyek"), 10), (gettext("Kegiatan proyek"), 34),
    )  # fmt: skip
    rows: Iterable[tuple[Any, ...]] = (
        (
            line.village_id, line.village.name if line.village else "", line.activity, line.fund, line.value,
            line.starts_on, line.ends_on, str(BudgetLine.Finding(line.finding).label),
            line.work.pk if line.work else None, line.work.activity if line.work else "",
        )
        for line in lines
    )  # fmt: skip
    name = gettext("Anggaran desa")
    return workbook(name, [Sheet(name, (), columns, rows, fixed=2)])
