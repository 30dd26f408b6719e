"""Events and reach as workbooks: real dates, numbers as numbers, codes as text, a frozen header with filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from jangkau.programmes.outreach.models import Attendee, Event
from jangkau.programmes.outreach.presenters.words import day_of, name_of, place_of, shown_day
from jangkau.programmes.outreach.queries.reach import FirmReach, VillageReach
from jangkau.programmes.outreach.queries.routes import RouteDay
from jangkau.registry.people.presenters.sheets import Sheet, workbook

Columns = Sequence[tuple[str, int]]


def events_book(events: Iterable[Event]) -> bytes:
    """One line an event."""
    columns = [
        (gettext("Tanggal"), 12), (gettext("Keadaan"), 14), (gettext("Jenis"), 24), (gettext("Judul atau lokasi"), 36),
        (gettext("Kode tempat"), 15), (gettext("Tempat"), 22), (gettext("Kecamatan"), 20), (gettext("Perusahaan"), 32),
        (gettext("Hadir"), 8), (gettext("Tim atau petugas"), 18), (gettext("Pembicara"), 20),
        (gettext("Biaya (rupiah)"), 14),
    ]  # fmt: skip
    rows = (
        (
            shown_day(e), e.get_state_display(), e.get_kind_display(), name_of(e), e.place_id,
            e.place.name if e.place else None, e.place.parent.name if e.place and e.place.parent else None,
            e.employer_name, e.attendance, e.team, e.speaker, e.cost,
        )
        for e in events
    )  # fmt: skip
    return workbook(gettext("Kegiatan"), [Sheet(gettext("Kegiatan"), (), columns, rows)])


def attendance_book(event: Event, people: Iterable[Attendee]) -> bytes:
    """Who came to an event, with whole NIKs, in columns that an attendance list is read from again."""
    columns = [
        (gettext("Nama"), 28), (gettext("NIK"), 20), (gettext("L/P"), 6), (gettext("Tanggal lahir"), 14),
        (gettext("Desa"), 22), (gettext("No HP"), 16), (gettext("Perusahaan"), 28), (gettext("Di register"), 26),
    ]  # fmt: skip
    rows = (
        (
            who.name or who.written, who.nik, who.sex, who.birth_date, who.village.name if who.village else None,
            who.phone, who.employer, who.get_link_display(),
        )
        for who in people
    )  # fmt: skip
    notes = [f"{name_of(event)}, {day_of(event)}, {place_of(event)}"]
    return workbook(gettext("Daftar hadir"), [Sheet(gettext("Daftar hadir"), notes, columns, rows)])


def reach_book(villages: Iterable[VillageReach], firms: Iterable[FirmReach]) -> bytes:
    """One sheet of villages, one of employers that are not registered."""
    by_village: Columns = [
        (gettext("Kode"), 15), (gettext("Desa"), 24), (gettext("Kecamatan"), 22), (gettext("Dijangkau"), 12),
        (gettext("Kegiatan"), 10), (gettext("Terakhir"), 12), (gettext("Pekerja"), 10),
        (gettext("Belum terlindungi"), 12),
        (gettext("Perusahaan belum mendaftar"), 14), (gettext("Sudah dikunjungi"), 12),
    ]  # fmt: skip
    by_firm: Columns = [
        (gettext("Perusahaan"), 36), (gettext("Desa"), 24), (gettext("Pekerja"), 10), (gettext("Kunjungan"), 10),
        (gettext("Terakhir"), 12),
    ]  # fmt: skip
    yes, no = gettext("ya"), gettext("belum")
    return workbook(
        gettext("Capaian"),
        [
            Sheet(
                gettext("Desa"), (), by_village,
                (
                    (v.code, v.name, v.district, yes if v.reached else no, v.held, v.last_on, v.workers, v.uncovered,
                     v.firms, v.firms_visited)
                    for v in villages
                ),
            ),
            Sheet(
                gettext("Perusahaan"), (), by_firm,
                (
                    (f.employer.name, f.employer.village.name if f.employer.village else None,
                     f.employer.workers_found, f.visits, f.last_on)
                    for f in firms
                ),
            ),
        ],
    )  # fmt: skip


def routes_book(days: Iterable[RouteDay]) -> bytes:
    """The proposed calendar: one line a village."""
    columns = [
        (gettext("Tanggal"), 12), (gettext("Tim"), 8), (gettext("Urutan"), 8), (gettext("Kode"), 15),
        (gettext("Desa"), 24), (gettext("Kecamatan"), 22), (gettext("Belum terlindungi"), 12),
        (gettext("Terakhir"), 12),
    ]  # fmt: skip
    rows = (
        (day.on, day.team, place, stop.code, stop.name, stop.district, stop.uncovered, stop.last_on)
        for day in days
        for place, stop in enumerate(day.stops, 1)
    )
    return workbook(gettext("Rencana perjalanan"), [Sheet(gettext("Rencana perjalanan"), (), columns, rows)])
