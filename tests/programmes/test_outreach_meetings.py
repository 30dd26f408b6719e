"""Meetings: five points agreed, the open ones on the agenda of the next by themselves, minutes on paper."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pypdfium2
from django.test import Client
from django.utils import timezone

from jangkau.programmes.outreach.actions import holding
from jangkau.programmes.outreach.models import Event
from jangkau.programmes.outreach.presenters.meetings import agenda_of
from jangkau.registry.access.actions import create_user
from jangkau.registry.cases.actions import report_progress
from jangkau.registry.cases.models import FollowUp

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def meeting(on: date, series: str = "Rakor UCJ") -> Event:
    said = {"kind": "meeting", "place": "32.02", "planned_on": on, "title": f"Rakor {on:%d-%m}", "employer_name": "",
            "series": series, "team": "", "speaker": "Sekda", "cost": None}  # fmt: skip
    return holding.plan_event(said, by=None)


def points(*told: tuple[str, str, date | None]) -> dict[str, str]:
    form = {"points-TOTAL_FORMS": "5", "points-INITIAL_FORMS": "0"}
    for number, (text, owner, due_on) in enumerate(told):
        form |= {
            f"points-{number}-text": text,
            f"points-{number}-owner_name": owner,
            f"points-{number}-agency": "labour_office" if owner else "",
            f"points-{number}-due_on": due_on.isoformat() if due_on else "",
            f"points-{number}-indicator": "daftar terkirim",
        }
    return form


def test_what_was_agreed_is_the_agenda_of_the_next_meeting(register: Path, client: Client, whole):
    client.force_login(create_user(username="sekda", password="x", area_code=None), backend=BACKEND)
    today = timezone.localdate()
    first, other = meeting(today - timedelta(days=30)), meeting(today, "Rapat lain")
    page = f"/sosialisasi/{first.pk}/kesepakatan/"
    refused = client.post(page, points(("Kirim daftar nelayan", "", None)))
    assert "penanggung jawab" in refused.content.decode() and not FollowUp.objects.exists()
    days = (-10, -3, 5, 20, 40)
    told = [(f"Butir {number}", "Kepala Bidang", today + timedelta(days=late)) for number, late in enumerate(days, 1)]
    assert client.post(page, points(*told)).status_code == 302
    assert FollowUp.objects.filter(series="Rakor UCJ", region_id="32.02").count() == 5
    following = meeting(today + timedelta(days=1))
    agenda = agenda_of(whole, following)
    assert [view.item.text for view in agenda] == [f"Butir {number}" for number in range(1, 6)]
    assert agenda_of(whole, first) == agenda_of(whole, other) == []
    shown = client.get(f"/sosialisasi/{following.pk}/").content.decode()
    assert "2 lewat batas waktu" in shown
    assert "3 kesepakatan rapat jatuh tempo" in client.get("/sosialisasi/").content.decode()
    report_progress(agenda[0].item.pk, "Sudah", state=FollowUp.State.DONE, on=today, by=None)
    later = today + timedelta(days=60)
    client.post(f"/sosialisasi/{following.pk}/agenda/{agenda[1].item.pk}/", {"due_on": later.isoformat()})
    assert [view.item.text for view in agenda_of(whole, following)] == [f"Butir {n}" for n in (3, 4, 5, 2)]
    assert (
        client.post(f"/sosialisasi/{other.pk}/agenda/{agenda[2].item.pk}/", {"due_on": str(later)}).status_code == 404
    )


def test_minutes_on_paper(register: Path, client: Client):
    client.force_login(create_user(username="sekda", password="x", area_code=None), backend=BACKEND)
    held = meeting(timezone.localdate() - timedelta(days=2))
    client.post(f"/sosialisasi/{held.pk}/hadir/", {"people": "Ujang Sukmana\t3202011203803841"})
    client.post(f"/sosialisasi/{held.pk}/kesepakatan/", points(("Kirim daftar", "Kadis", timezone.localdate())))
    answer = client.get(f"/sosialisasi/{held.pk}/notulen.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
    assert "NOTULEN" in text and "UJANG SUKMANA" in text and "Kirim daftar" in text
    assert "3202011203803841" not in text
