"""Angka resmi & target: what others say of this region, of its neighbours, and what is still to be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import Refused
from jangkau.core.measures.published import COLUMNS, UCJ, PublishedFigure, figures_from
from jangkau.core.reading.formats import read_sheets
from jangkau.registry.people.models import OfficialFigure
from jangkau.registry.people.queries import (
    EmployedShare,
    OfficialCoverage,
    TargetGap,
    as_published_figure,
    official_coverage,
    share_of_employed,
    target_gaps,
)

# what the workbook says instead of the columns and words of core.measures.published
HEADERS = dict(
    zip(
        COLUMNS,
        ("jenis", "indikator", "kode wilayah", "wilayah", "segmen", "tanggal", "persen", "orang", "pembilang",
         "penyebut", "keandalan", "sumber", "catatan"),
        strict=True,
    )
)  # fmt: skip
WORDS = {
    "kind": {"quoted": "cakupan", "active": "peserta", "eligible": "penyebut", "employed": "bekerja",
             "target": "target"},
    "segment": {"all": "semua", "pu": "pu", "bpu": "bpu"},
    "status": {"verified": "terperiksa", "secondary": "sekunder", "assumed": "dugaan"},
}  # fmt: skip
REASONS = {
    "no_active": _("Peserta aktif menurut cabang belum dimuat. Minta surat dengan peserta PU dan BPU."),
    "no_eligible": _("Penyebut resmi belum dimuat. Minta surat pekerja layak lindung per segmen kepada cabang."),
    "other_year": _("Penyebut yang dimuat berasal dari tahun lain. Minta penyebut tahun pesertanya."),
    "no_segment": _("Salah satu segmen belum dimuat: PU dan BPU harus ada di kedua sisi."),
    "no_survey": _("Penduduk bekerja menurut Sakernas tahun yang sama belum dimuat. Minta angkanya kepada BPS."),
    "level": _("Angka resmi hanya terbit untuk kabupaten dan provinsi."),
}


@dataclass(frozen=True)
class Quoted:
    """A figure with the number under which it can be taken back."""

    number: int
    figure: PublishedFigure
    packaged: bool
    by: str


@dataclass(frozen=True)
class OfficialPage:
    place: str
    official: OfficialCoverage | None
    reason: str
    segments: tuple[tuple[str, int, int], ...]  # code, active, eligible
    employed: EmployedShare | None
    employed_reason: str
    compared: tuple[PublishedFigure, ...]
    gaps: tuple[TargetGap, ...]
    all_figures: tuple[Quoted, ...]


def official_page(rows: Sequence[OfficialFigure], code: str, name: str, on: date) -> OfficialPage:
    """The page of region `code` on a day."""
    quoted = tuple(Quoted(row.pk, as_published_figure(row), row.packaged, str(row.entered_by or "")) for row in rows)
    figures = [each.figure for each in quoted]
    found, share = official_coverage(figures, code, on), share_of_employed(figures, code, on)
    measured = found if isinstance(found, OfficialCoverage) else None
    return OfficialPage(
        place=name,
        official=measured,
        reason="" if measured else str(REASONS[str(found)]),
        segments=tuple((s, n, measured.parts.eligible[s]) for s, n in measured.parts.active.items())
        if measured
        else (),
        employed=share if isinstance(share, EmployedShare) else None,
        employed_reason=str(REASONS[share]) if isinstance(share, str) else "",
        compared=compared(figures, code),
        gaps=tuple(target_gaps(figures, code, on)),
        all_figures=quoted,
    )


def compared(figures: Sequence[PublishedFigure], code: str) -> tuple[PublishedFigure, ...]:
    """UCJ of all segments: the region first, then its province and the country, then the others by name; of each the
    figures of its newest day, so that what contradicts it stands beside it."""
    ucj = [f for f in figures if (f.kind, f.family, f.segment) == ("quoted", UCJ, "all")]
    newest: dict[str, date] = {}
    for figure in ucj:
        newest[figure.region_code] = max(figure.on, newest.get(figure.region_code, figure.on))
    order = {code: 0, code[:2]: 1, "": 2}
    shown = [f for f in ucj if f.on == newest[f.region_code]]
    return tuple(sorted(shown, key=lambda f: (order.get(f.region_code, 3), f.region_name, f.status)))


def figures_workbook(rows: Sequence[OfficialFigure]) -> bytes:
    """All figures, in the form in which more of them are sent."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(gettext("Angka resmi"))
    head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff"})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, HEADERS[name], head)
        sheet.set_column(column, column, 60 if name == "source" else 16)
        words = list(WORDS.get(name, {}).values())
        if words:
            sheet.data_validation(1, column, 5000, column, {"validate": "list", "source": words})
    for line, row in enumerate(rows, 1):
        told = as_published_figure(row)._asdict() | {"region": as_published_figure(row).region_name}
        for column, name in enumerate(COLUMNS):
            value = told[name]
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(line, column, value)
            elif value:
                sheet.write_string(line, column, WORDS.get(name, {}).get(value, value), text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    book.close()
    return target.getvalue()


def figures_of_workbook(content: bytes, name: str) -> list[PublishedFigure]:
    """The figures of a workbook in the form of `figures_workbook` (or with the columns of core.measures.published).
    Raises JangkauError: no such workbook, a column is missing, a cell that cannot be used, with its row."""
    sheets = read_sheets(content, name)
    lines = [tuple(cell or "" for cell in line) for line in sheets[0].cells.iter_rows()] if sheets else []
    columns = {header: column for column, header in HEADERS.items()} | {column: column for column in COLUMNS}
    named = [columns.get(cell.strip().lower(), "") for cell in lines[0]] if lines else []
    lacking = [HEADERS[column] for column in ("kind", "segment", "on", "status", "source") if column not in named]
    if lacking:
        raise Refused(
            f"Kolom ini tidak ada di baris pertama: {', '.join(lacking)}. Unduh buku kerjanya, lalu isi.",
            f"These columns are missing in the first row: {', '.join(lacking)}. Download the workbook and add rows.",
        )
    return figures_from({c: _word(c, cell) for c, cell in zip(named, line, strict=True) if c} for line in lines[1:])


def _word(column: str, cell: str) -> str:
    said = {word: code for code, word in WORDS.get(column, {}).items()}
    return said.get(cell.strip().lower(), cell)
