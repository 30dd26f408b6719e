"""Which tables stand in the workbook of a report: those of the paper, whole where the paper names the first ten."""

from __future__ import annotations

from jangkau.registry.lists.presenters import shares
from jangkau.registry.lists.presenters.shares import ShareRow
from jangkau.registry.lists.queries.facts import Facts
from jangkau.web.reports.presenters.halfyear import Ends, HalfYearPaper
from jangkau.web.reports.presenters.monthly import Change, MonthlyPaper
from jangkau.web.reports.presenters.workbook import Table, share_table
from jangkau.web.reports.queries import Firm


def monthly_tables(paper: MonthlyPaper, facts: Facts, firms: list[Firm]) -> list[Table]:
    """The tables of the monthly report."""
    groups = [row.share for _, rows in paper.groups for row in rows]
    whole = ShareRow(paper.place.title, paper.standing.workers, paper.standing.covered, code=paper.place.code)
    return [
        share_table("Wilayah", [whole, *shares.children(facts)]),
        share_table("Desa", shares.villages(facts)),
        share_table("Kelompok", groups),
        _changes(paper.changes),
        Table(
            "Perkembangan",
            (("Akhir bulan", "day"), ("Cakupan", "share")),
            shares.trend(facts),
        ),
        Table(
            "Angka resmi",
            (("Wilayah", "text"), ("Ukuran", "text"), ("Angka", "share"), ("Tanggal", "day"), ("Dasar", "text"),
             ("Sumber", "text")),
            [(f.region_name, f.indicator, f.percent, f.on, status, f.source) for f, status in paper.published],
        ),
        Table(
            "Perusahaan belum mendaftar",
            (("Perusahaan", "text"), ("Desa/kelurahan", "text"), ("Pekerja ditemukan", "number")),
            [tuple(firm) for firm in firms],
        ),
        share_table("Belum dijangkau", paper.unvisited),
    ]  # fmt: skip


def half_year_tables(paper: HalfYearPaper) -> list[Table]:
    """The tables of the six-month report."""
    return [
        Table(
            "Kewajiban",
            (("Kewajiban", "text"), ("Keadaan menurut register", "text")),
            [(d.text, d.told) for d in paper.duties],
        ),
        _ends("Cakupan", paper, paper.ends),
        _ends("Daftar", paper, paper.lists),
        _changes(paper.changes),
        Table(
            "Sosialisasi",
            (("Pertemuan", "number"), ("Desa/kelurahan", "number"), ("Hadir", "number")),
            [tuple(paper.outreach)],
        ),
    ]


def _changes(changes: tuple[Change, ...]) -> Table:
    return Table("Perubahan", (("Sebab", "text"), ("Orang", "number")), [(c.reason, c.people) for c in changes])


def _ends(name: str, paper: HalfYearPaper, ends: tuple[Ends, ...]) -> Table:
    columns = (
        ("Kelompok", "text"), ("Hari awal", "day"), ("Pekerja awal", "number"), ("Terlindungi awal", "number"),
        ("Cakupan awal", "share"), ("Hari akhir", "day"), ("Pekerja akhir", "number"), ("Terlindungi akhir", "number"),
        ("Cakupan akhir", "share"),
    )  # fmt: skip
    rows = []
    for end in ends:
        first = (end.first.workers, end.first.covered, end.first.percent) if end.first else (None, None, None)
        rows.append((end.name, paper.first_on, *first, paper.on, end.last.workers, end.last.covered, end.last.percent))
    return Table(name, columns, rows)
