"""The six-month report on Inpres 2/2021: the duties of a regency one by one, with the figures at both ends of the
half-year where lists tell them, and said so where they do not. Source of the duties: Inpres 2/2021, instruction to
regents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jangkau.programmes.outreach.queries import Meetings
from jangkau.registry.cases.presenters.letters import Letter
from jangkau.registry.lists.models import Kind as ListKind
from jangkau.registry.lists.presenters import shares
from jangkau.registry.lists.presenters.shares import ShareRow, Standing
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.registry.people.presenters.figures import people
from jangkau.web.reports.presenters.monthly import Change, changes_told
from jangkau.web.reports.queries import Between, ListShare

LIST_WORDS = {
    ListKind.NON_ASN: "Pegawai pemerintah non-ASN",
    ListKind.VILLAGE_OFFICIALS: "Perangkat desa, RT/RW, dan lembaga desa",
    ListKind.FISHERS: "Nelayan",
    ListKind.POVERTY: "Pekerja di keluarga miskin (data sosial ekonomi)",
}
NOT_MEASURED = "Tidak terukur di sini. "


@dataclass(frozen=True)
class Ends:
    """A group at the beginning (None: not measured then) and at the end of the half-year."""

    name: str
    first: ShareRow | None
    last: ShareRow


@dataclass(frozen=True)
class Duty:
    """A duty of the regency and what the register tells of it."""

    text: str
    told: str


@dataclass(frozen=True)
class HalfYearPaper:
    letter: Letter
    place: Place
    period: str
    first_on: date | None
    on: date
    standing: Standing
    first: Standing | None
    ends: tuple[Ends, ...]
    lists: tuple[Ends, ...]
    duties: tuple[Duty, ...]
    changes: tuple[Change, ...]
    stock: tuple[int, int]
    outreach: Meetings
    reached: tuple[int, int] | None  # villages reached until the day, of all


@dataclass(frozen=True)
class Lists:
    """Shares of lists on both days."""

    first: tuple[ListShare, ...]
    last: tuple[ListShare, ...]


def half_year(on: date) -> tuple[date, date, str]:
    """First and last day of the half-year of a day, and its name.

    >>> half_year(date(2026, 10, 31))[2]
    'Semester II 2026'
    """
    if on.month <= 6:
        return date(on.year, 1, 1), date(on.year, 6, 30), f"Semester I {on.year}"
    return date(on.year, 7, 1), date(on.year, 12, 31), f"Semester II {on.year}"


def half_year_paper(
    letter: Letter, facts: Facts, before: Between | None, lists: Lists, outreach: Meetings, *, employers_known: bool
) -> HalfYearPaper:
    """The report on the half-year that holds the day of `facts`."""
    villages = [row for row in shares.villages(facts) if row.visited is not None]
    ends = _ends(facts, before)
    of_lists = _lists(lists)
    return HalfYearPaper(
        letter=letter,
        place=facts.place,
        period=half_year(facts.on)[2],
        first_on=before.earlier.on if before else None,
        on=facts.on,
        standing=shares.standing(facts),
        first=shares.standing(before.earlier) if before else None,
        ends=ends,
        lists=of_lists,
        duties=_duties(facts, ends, of_lists, employers_known=employers_known),
        changes=changes_told(before),
        stock=(before.counts.get("before", 0), before.counts.get("after", 0)) if before else (0, 0),
        outreach=outreach,
        reached=None if facts.visited is None else (sum(row.visited is True for row in villages), len(villages)),
    )


def _ends(facts: Facts, before: Between | None) -> tuple[Ends, ...]:
    now, then = _segments(facts), _segments(before.earlier) if before else {}
    return tuple(Ends(name, then.get(name), row) for name, row in now.items())


def _segments(facts: Facts) -> dict[str, ShareRow]:
    whole = shares.standing(facts)
    rows = [ShareRow("Semua pekerja (PU dan BPU)", whole.workers, whole.covered), *shares.segments(facts)]
    works = shares.project_workers(facts)
    return {row.name: row for row in (*rows, *([works] if works else []))}


def _lists(lists: Lists) -> tuple[Ends, ...]:
    then = {told.kind: ShareRow("", told.workers, told.covered) for told in lists.first}
    return tuple(
        Ends(
            LIST_WORDS[ListKind(told.kind)],
            then.get(told.kind),
            ShareRow(LIST_WORDS[ListKind(told.kind)], told.workers, told.covered),
        )
        for told in lists.last
    )


def _duties(
    facts: Facts, ends: tuple[Ends, ...], lists: tuple[Ends, ...], *, employers_known: bool
) -> tuple[Duty, ...]:
    by_name = {end.name: end for end in (*ends, *lists)}
    firms = f"{people(facts.employers_unregistered)} perusahaan dengan izin usaha atau wajib lapor, dan "
    firms += f"{people(facts.workers_unregistered)} pekerja, belum ada di daftar peserta cabang. "
    if not employers_known:
        firms = NOT_MEASURED + "Belum ada daftar izin usaha atau wajib lapor yang dipublikasikan. "
    return (
        Duty(
            "Menyusun peraturan dan mengalokasikan anggaran untuk mendukung program",
            NOT_MEASURED + "Lampirkan nomor peraturan dan dokumen pelaksanaan anggaran.",
        ),
        Duty("Mendorong pekerja penerima upah menjadi peserta aktif", _told(by_name.get("Penerima upah"))),
        Duty("Mendorong pekerja bukan penerima upah menjadi peserta aktif", _told(by_name.get("Bukan penerima upah"))),
        Duty(
            "Mendaftarkan pegawai pemerintah non-ASN sebagai peserta aktif",
            _told(by_name.get(LIST_WORDS[ListKind.NON_ASN])),
        ),
        Duty(
            "Mendaftarkan penyelenggara pemilu sebagai peserta aktif",
            NOT_MEASURED + "Belum ada daftar penyelenggara pemilu di register.",
        ),
        Duty(
            "Mendorong komisaris, direksi, pengawas, dan pekerja BUMD beserta anak perusahaannya menjadi peserta",
            NOT_MEASURED + "Daftar peserta tidak menandai badan usaha milik daerah.",
        ),
        Duty(
            "Menjadikan kepesertaan aktif sebagai kelengkapan dokumen di pelayanan terpadu satu pintu",
            firms + "Syarat di dalam pelayanan itu sendiri tidak terukur dari daftar.",
        ),
        Duty("Melaporkan pelaksanaan tiap enam bulan melalui Menko PMK", "Laporan ini."),
    )


def _told(end: Ends | None) -> str:
    if end is None or not end.last.workers:
        return NOT_MEASURED + "Belum ada daftar yang dipublikasikan."
    now = f"{people(end.last.covered)} dari {people(end.last.workers)} terlindungi pada akhir"
    if end.first is None:
        return f"{now}; keadaan awal tidak diukur."
    return f"{now}; {people(end.first.covered)} dari {people(end.first.workers)} pada awal."
