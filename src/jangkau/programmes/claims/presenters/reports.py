"""The workbook of events: empty for a village, read when it comes back. Titles are the villages': Indonesian."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, override

from jangkau.core.kernel import Refused
from jangkau.core.reading.cells.dates import parse_day
from jangkau.programmes.claims.actions.reports import Row
from jangkau.programmes.claims.presenters.claims import drop_words
from jangkau.programmes.claims.queries.reports import Told
from jangkau.programmes.claims.states import EVENTS
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.gateways.filled import rows_filled_in, text_of
from jangkau.registry.people.models import Person
from jangkau.registry.people.presenters.figures import masked
from jangkau.registry.people.presenters.sheets import Sheet, workbook

TITLES = ("NAMA", "NIK", "TANGGAL LAHIR", "KODE DESA", "KEJADIAN", "TANGGAL KEJADIAN", "KETERANGAN")
WIDTHS = (32, 20, 16, 16, 36, 18, 50)
MOST_ROWS = 5_000


def empty_book() -> bytes:
    """The workbook that a village fills in."""
    with override("id"):
        events = "; ".join(str(words) for words in EVENTS.values())
    above = ("LAPORAN KEJADIAN", f"KEJADIAN: {events}", "Tanggal: hari-bulan-tahun, misalnya 17-08-2026")
    return workbook(above[0], [Sheet("Laporan", above, tuple(zip(TITLES, WIDTHS, strict=True)), ())])


def rows_of(content: bytes, scope: Scope, today: date) -> list[Row]:
    """The lines of a filled-in workbook. Raises Corrupt for a file that is none, Refused for too many."""
    filled = rows_filled_in(content, TITLES)
    if len(filled) > MOST_ROWS:
        raise Refused(
            f"Paling banyak {MOST_ROWS} laporan sekali kirim. Bagi buku kerjanya.",
            f"At most {MOST_ROWS} reports at once. Split the workbook.",
        )
    return [_row(told, scope, today) for told in filled]


def _row(told: dict[str, Any], scope: Scope, today: date) -> Row:
    nik, village = re.sub(r"[^0-9]", "", text_of(told["NIK"])), text_of(told["KODE DESA"]) or None
    event_on, born = _day(told["TANGGAL KEJADIAN"], today), _day(told["TANGGAL LAHIR"], today)
    event = _event(text_of(told["KEJADIAN"]))
    wrong = ""
    if not text_of(told["NAMA"]):
        wrong = gettext("nama kosong")
    elif nik and len(nik) != 16:
        wrong = gettext("NIK bukan 16 angka")
    elif not event:
        wrong = gettext("kejadian tidak dikenal")
    elif event_on is None or event_on > today:
        wrong = gettext("tanggal kejadian kosong, tidak terbaca, atau belum tiba")
    elif not scope.allows(village) and village is not None:
        wrong = gettext("desa di luar wilayah Anda")
    name, words = text_of(told["NAMA"])[:200], text_of(told["KETERANGAN"])[:300]
    return Row(name, nik, born, village, event, event_on, words, wrong)


def _event(words: str) -> str:
    with override("id"):
        known = {str(label).lower(): code for code, label in EVENTS.items()}
    said = words.strip().lower()
    short = {"meninggal": "death", "kecelakaan": "accident", "phk": "job_loss", "pensiun": "old_age"}
    return known.get(said, short.get(said, ""))


def _day(cell: Any, today: date) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else parse_day(text_of(cell), today.year % 100)


def refused_book(rows: Iterable[Row]) -> bytes:
    """The lines that were not kept, with the reason, to be corrected and sent again."""
    columns = (*zip(TITLES, WIDTHS, strict=True), ("SEBAB", 44))
    with override("id"):
        lines = [
            (
                row.name,
                row.nik,
                row.birth_date,
                row.village,
                str(EVENTS.get(row.event, "")),
                row.event_on,
                row.told,
                row.wrong,
            )
            for row in rows
        ]
    above = ("LAPORAN KEJADIAN YANG BELUM DITERIMA",)
    return workbook(above[0], [Sheet("Perbaiki", above, columns, lines)])


def undated_book(found: Iterable[Person], *, whole: bool) -> bytes:
    """The workbook of events with members who died on a day nobody knows: the village fills it in and sends it back."""
    with override("id"):
        died = str(EVENTS["death"])
    rows = (
        (
            person.name, person.nik if whole else person.masked_nik, person.birth_date, person.village_id, died, None,
            None,
        )
        for person in found
    )  # fmt: skip
    above = ("MENINGGAL TANPA TANGGAL", "Isi TANGGAL KEJADIAN: hari-bulan-tahun, misalnya 17-08-2026")
    return workbook(above[0], [Sheet("Laporan", above, tuple(zip(TITLES, WIDTHS, strict=True)), rows)])


def report_lines(found: Iterable[Told], today: date) -> list[tuple[Told, bool, str]]:
    """Reports, whether each may still be claimed, and how a claim on it was given up."""
    return [(told, told.unclaimed(today), drop_words(told.given_up)) for told in found]


def reports_book(found: Iterable[Told], today: date) -> bytes:
    """The reports with what is known of them."""
    columns = (
        ("NAMA", 32), ("NIK", 20), ("DESA", 24), ("KEJADIAN", 36), ("TANGGAL KEJADIAN", 18), ("PESERTA", 10),
        ("KLAIM", 10), ("BELUM DIKLAIM", 12), ("KLAIM TIDAK DILANJUTKAN", 40), ("KETERANGAN", 50),
    )  # fmt: skip
    rows = (
        (
            told.report.name, masked(told.report.nik), told.report.village.name if told.report.village else None,
            str(EVENTS[told.report.event]), told.report.event_on, told.standing.held is not None,
            told.case is not None, unclaimed, dropped, told.report.told,
        )
        for told, unclaimed, dropped in report_lines(found, today)
    )  # fmt: skip
    return workbook("Laporan kejadian", [Sheet("Laporan", ("LAPORAN KEJADIAN",), columns, rows)])
