"""The workbook a branch asks for when a work is registered or its workers change: one sheet for the project, one for
its workers by name and address; NIK as text, real dates. And the workbook of candidates for BPU membership."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from jangkau.programmes.construction.models import RosterLine, Work
from jangkau.programmes.construction.queries.builders import Builder
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Person
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.sheets import Sheet, workbook

# headers as the branch reads them: Indonesian whatever the language of the page
_WORKER = (
    ("NO", 5), ("NIK", 20), ("NAMA LENGKAP", 30), ("TEMPAT LAHIR", 18), ("TANGGAL LAHIR", 13), ("L/P", 5),
    ("ALAMAT", 34), ("DESA/KELURAHAN", 20), ("KECAMATAN", 20), ("NO HP", 16), ("TUGAS", 16), ("UPAH/HARI", 12),
    ("JUMLAH HARI", 10), ("MULAI BEKERJA", 13), ("BERHENTI", 13), ("PERUBAHAN", 22),
)  # fmt: skip


def branch_book(work: Work, roster: Iterable[tuple[RosterLine, Person | None]]) -> bytes:
    """The branch's file of a work. Who left before the work was registered is left out."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#0b5a66", "font_color": "#ffffff", "text_wrap": True})
        formats = {
            "text": book.add_format({"num_format": "@"}), "day": book.add_format({"num_format": "dd-mm-yyyy"}),
            "count": book.add_format({"num_format": "#,##0"}),
        }  # fmt: skip
        project = book.add_worksheet("DATA PROYEK")
        project.set_column(0, 0, 30)
        project.set_column(1, 1, 50)
        for place, (label, value) in enumerate(_facts(work)):
            project.write_string(place, 0, label, head)
            _write(project, place, 1, value, formats)
        workers = book.add_worksheet("TENAGA KERJA")
        for column, (title, width) in enumerate(_WORKER):
            workers.set_column(column, column, width)
            workers.write_string(0, column, title, head)
        told = [(line, person) for line, person in roster if not _gone_before(work, line)]
        for number, (line, person) in enumerate(told, 1):
            for column, value in enumerate((number, *_worker(work, line, person))):
                _write(workers, number, column, value, formats)
        workers.freeze_panes(1, 3)
        workers.autofilter(0, 0, len(told), len(_WORKER) - 1)
    return target.getvalue()


def _facts(work: Work) -> tuple[tuple[str, Any], ...]:
    known = gazetteer()
    village = known[work.village_id].name if work.village_id else ""
    district = known[work.village_id[:8]].name if work.village_id else ""
    return (
        ("NAMA PROYEK", work.activity), ("NOMOR SERTIFIKAT", work.certificate), ("LOKASI DESA", village),
        ("KECAMATAN", district), ("KODE DESA", work.village_id),
        ("PEMILIK PEKERJAAN", work.agency or "Pemerintah desa"),
        ("PELAKSANA", work.executor or work.team), ("SUMBER DANA", work.source), ("TANGGAL SPK", work.ordered_on),
        ("TANGGAL MULAI", work.starts_on), ("TANGGAL SELESAI", work.ends_now or work.ends_on),
        ("NILAI", work.value_now), ("TERMASUK PPN", "YA" if work.vat_included else "TIDAK"),
        ("IURAN JKK DAN JKM", work.due), ("JUMLAH TENAGA KERJA", work.workers),
    )  # fmt: skip


def _gone_before(work: Work, line: RosterLine) -> bool:
    return bool(line.ended_on and work.registered_on and line.ended_on < work.registered_on and not line.reported_on)


def _worker(work: Work, line: RosterLine, person: Person | None) -> tuple[Any, ...]:
    change = ""
    if work.registered_on and line.reported_on is None and not line.ended_on:
        change = "BARU"
    elif work.registered_on and line.ended_on and line.end_reported_on is None:
        change = f"BERHENTI: {line.ended_because}"
    village, district = (person.village, person.district) if person else (None, None)
    known = gazetteer()
    place = known[village.pk[:8]].name if village else district.name if district else ""
    return (
        line.nik or (person.nik if person else None), line.name, person.birth_place if person else None,
        person.birth_date if person else None, person.sex if person else None,
        (person.address if person else None) or line.address, village.name if village else "", place,
        person.phone if person else None, line.task, line.daily_wage, line.days, line.starts_on or work.starts_on,
        line.ended_on, change,
    )  # fmt: skip


def _write(sheet: Any, line: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, column, datetime.combine(value, datetime.min.time()), formats["day"])
    elif isinstance(value, int):
        sheet.write_number(line, column, value, formats["count"])
    elif value:
        sheet.write_string(line, column, str(value), formats["text"])


def builders_book(builders: Iterable[Builder], rule: str, on: date) -> bytes:
    """Candidates with what an agent needs to enrol them."""
    columns = (
        ("NIK", 20), ("NAMA LENGKAP", 30), ("NO KK", 20), ("TEMPAT LAHIR", 18), ("TANGGAL LAHIR", 13), ("L/P", 5),
        ("NO HP", 16), ("ALAMAT", 34), ("DESA/KELURAHAN", 20), ("KECAMATAN", 20), ("PEKERJAAN", 18),
        ("PROYEK SETAHUN", 10), ("HARI KERJA", 10), ("PROYEK TERAKHIR SELESAI", 14),
    )  # fmt: skip
    known = gazetteer()
    rows = (
        (
            who.nik, who.name, who.kk, who.birth_place, who.birth_date, who.sex, who.phone, who.address,
            who.village.name if who.village else "", known[who.village_id[:8]].name if who.village_id else "",
            who.occupation, each.works, each.days, each.until,
        )
        for each in builders
        for who in (each.person,)
    )  # fmt: skip
    return workbook("CALON BPU", [Sheet("CALON BPU", (rule, day(on)), columns, rows, fixed=2)])
