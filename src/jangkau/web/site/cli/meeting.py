"""The invented regency's co-ordination meetings: what one agreed, of which a part is done and a part late, and the next
one, which takes up the rest."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from jangkau.programmes.outreach.actions.holding import hold_event, plan_event
from jangkau.programmes.outreach.presenters.meetings import SOURCE
from jangkau.registry.access.models import Agency, User
from jangkau.registry.cases.actions import Agreed, agree, report_progress
from jangkau.registry.cases.models import FollowUp

SERIES = "Rakor jaminan sosial"
_POINTS = (  # what, who, days after the meeting, how one sees it
    ("Daftar pekerja rentan dari 47 kecamatan masuk", Agency.VILLAGE_AFFAIRS_OFFICE, 14, "47 daftar"),
    ("Surat kepada perusahaan yang belum mendaftar", Agency.LABOUR_OFFICE, 21, "surat terkirim"),
    ("Data non-ASN diperbarui", Agency.PERSONNEL_AGENCY, 30, "daftar bulan ini"),
    ("Proyek bankeu didaftarkan sebelum hari pertama", Agency.DISTRICT, 60, "tidak ada celah baru"),
    ("Kunjungan ke desa yang belum dijangkau", Agency.BRANCH, 75, "3 desa"),
)
_DONE = 0  # which of them is done


@transaction.atomic
def hold_meetings(*, as_of: date, by: User) -> None:
    """A meeting seven weeks before `as_of` with its five points, and the next one three weeks after."""
    held = as_of - timedelta(days=49)
    said = {
        "kind": "meeting", "place": settings.JANGKAU_AREA, "planned_on": held, "employer_name": "", "series": SERIES,
        "title": "Rakor percepatan cakupan", "team": "Setda", "speaker": "Sekretaris Daerah", "cost": 3_500_000,
    }  # fmt: skip
    meeting = plan_event(said, by=by)
    outcome = {"held_on": held, "attendance": 38, "speaker": said["speaker"], "cost": said["cost"], "result": ""}
    hold_event(meeting, outcome, by=by)
    points = [
        Agreed(
            text=text, agency=agency, due_on=held + timedelta(days=days), indicator=seen, region=settings.JANGKAU_AREA
        )
        for text, agency, days, seen in _POINTS
    ]
    agreed = agree(points, source_kind=SOURCE, source_id=meeting.pk, series=SERIES, on=held, by=by)
    done = held + timedelta(days=12)
    report_progress(agreed[_DONE].pk, "Semua daftar diterima.", state=FollowUp.State.DONE, on=done, by=by)
    plan_event(said | {"planned_on": as_of + timedelta(days=21), "title": "Rakor percepatan cakupan, lanjutan"}, by=by)
