"""The workbook of events: empty for a village, read when it comes back. Titles are the villages': Indonesian."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext, override
from python_calamine import CalamineError, CalamineWorkbook

from jangkau.core.kernel import Corrupt
from jangkau.programmes.claims.actions.reports import Row, digits
from jangkau.programmes.claims.queries.reports import Told
from jangkau.programmes.claims.states import EVENTS
from jangkau.registry.access.permissions import Scope
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
    """The lines of a filled-in workbook. Raises Corrupt for a file that is none."""
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError) as broken:
        raise Corrupt(
            "Buku kerja ini tidak terbaca. Pakai buku kerja kosong dari halaman ini.",
            "This workbook cannot be read. Use the empty workbook of this page.",
        ) from broken
    header = next((at for at, row in enumerate(sheet) if set(TITLES) <= {_text(cell).upper() for cell in row}), None)
    if header is None:
        raise Corrupt(
            f"Judul kolomnya bukan {', '.join(TITLES)}. Pakai buku kerja kosong dari halaman ini.",
            f"The column titles are not {', '.join(TITLES)}. Use the empty workbook of this page.",
        )
    at = {_text(cell).upper(): column for column, cell in enumerate(sheet[header])}
    filled = [row for row in sheet[header + 1 :] if any(_text(cell) for cell in row)][:MOST_ROWS]
    return [_row({title: row[at[title]] for title in TITLES}, scope, today) for row in filled]


def _row(told: dict[str, Any], scope: Scope, today: date) -> Row:
    nik, village = digits(_text(told["NIK"])), _text(told["KODE DESA"]) or None
    event, event_on, born = _event(_text(told["KEJADIAN"])), _day(told["TANGGAL KEJADIAN"]), _day(told["TANGGAL LAHIR"])
    wrong = ""
    if not _text(told["NAMA"]):
        wrong = gettext("nama kosong")
    elif nik and len(nik) != 16:
        wrong = gettext("NIK bukan 16 angka")
    elif not event:
        wrong = gettext("kejadian tidak dikenal")
    elif event_on is None or event_on > today:
        wrong = gettext("tanggal kejadian kosong, tidak terbaca, atau belum tiba")
    elif not scope.allows(village) and village is not None:
        wrong = gettext("desa di luar wilayah Anda")
    name, words = _text(told["NAMA"])[:200], _text(told["KETERANGAN"])[:300]
    return Row(name, nik, born, village, event, event_on, words, wrong)


def _event(words: str) -> str:
    with override("id"):
        known = {str(label).lower(): code for code, label in EVENTS.items()}
    said = words.strip().lower()
    short = {"meninggal": "death", "kecelakaan": "accident", "phk": "job_loss", "pensiun": "old_age"}
    return known.get(said, short.get(said, ""))


def _text(cell: Any) -> str:
    return str(cell).strip() if cell is not None else ""


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    parts = _text(cell).replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    first, month, last = map(int, parts)
    try:
        return date(first, month, last) if first > 31 else date(last, month, first)
    except ValueError:
        return None


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


def reports_book(found: Iterable[Told]) -> bytes:
    """The reports with what is known of them."""
    columns = (
        ("NAMA", 32), ("NIK", 20), ("DESA", 24), ("KEJADIAN", 36), ("TANGGAL KEJADIAN", 18), ("PESERTA", 10),
        ("KLAIM", 10), ("KETERANGAN", 50),
    )  # fmt: skip
    rows = (
        (
            told.report.name, masked(told.report.nik), told.report.village.name if told.report.village else None,
            str(EVENTS[told.report.event]), told.report.event_on, told.standing.held is not None,
            told.case is not None, told.report.told,
        )
        for told in found
    )  # fmt: skip
    return workbook("Laporan kejadian", [Sheet("Laporan", ("LAPORAN KEJADIAN",), columns, rows)])
