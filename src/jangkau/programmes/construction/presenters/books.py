"""Works as a workbook: real dates, numbers as numbers, text as text, a frozen header with filters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext

from jangkau.programmes.construction.models import Work
from jangkau.programmes.construction.states import State
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.presenters.sheets import Sheet, workbook


def works_workbook(works: Iterable[Work], on: date | None) -> bytes:
    """One line for each work."""
    columns = (
        (gettext("Nomor"), 8), (gettext("Kegiatan"), 34), (gettext("Kode desa"), 14), (gettext("Desa"), 20),
        (gettext("Kecamatan"), 20), (gettext("Sumber dana"), 22), (gettext("Pelaksana"), 26), (gettext("Mulai"), 12),
        (gettext("Selesai"), 12), (gettext("Nilai"), 16), (gettext("Termasuk PPN"), 10), (gettext("Status"), 22),
        (gettext("Nomor sertifikat"), 18), (gettext("Didaftarkan"), 12), (gettext("Batas daftar"), 12),
        (gettext("Nomor kuitansi"), 18), (gettext("Dibayar tanggal"), 12), (gettext("Iuran seharusnya"), 16),
        (gettext("Dibayar"), 16), (gettext("Kurang bayar"), 14), (gettext("Pekerja"), 9),
        (gettext("Tanpa perlindungan hari ini"), 12), (gettext("Hari sebelum perlindungan"), 12),
        (gettext("Hari-orang tanpa perlindungan"), 12), (gettext("Dinamai terlambat"), 12),
    )  # fmt: skip
    known = gazetteer()
    rows = (
        (
            work.pk, work.activity, work.village_id, work.village.name if work.village else "",
            known[work.village_id[:8]].name if work.village_id else "", work.source, work.executor, work.starts_on,
            work.ends_now or work.ends_on, work.value_now or work.value, work.vat_included,
            str(State(work.state).label), work.certificate, work.registered_on, work.register_by, work.receipt,
            work.paid_on, work.due, work.paid, work.underpaid, work.workers, work.workers_open,
            work.days_before_cover, work.worker_days_lost, work.workers_late,
        )
        for work in works
    )  # fmt: skip
    name = gettext("Proyek desa")
    return workbook(name, [Sheet(name, (), columns, rows, fixed=2)])
