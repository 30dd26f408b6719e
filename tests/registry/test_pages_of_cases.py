"""The pages of cases and follow-ups: what is offered to whom, one step and many, papers, and areas. All is invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, AuditEvent, Role, User
from jangkau.registry.cases.actions import Agreed, Opening, agree, open_cases
from jangkau.registry.cases.models import Case, FollowUp, Paper
from jangkau.registry.cases.states import Ask, CaseType, Stage, Step, declare, within_working_days

SHOWN = declare(
    CaseType(
        "shown",
        "Perkara percobaan",
        stages={
            "found": Stage("Ditemukan", "Baru"),
            "warned": Stage("Ditegur", "Teguran", deadline=within_working_days(10)),
            "paid": Stage("Dibayar", "Selesai", ended=True),
        },
        steps={
            "warn": Step("Tegur", ("found",), "warned", agencies=(Agency.BRANCH,)),
            "pay": Step("Catat pembayaran", ("warned",), "paid", asks=(Ask("amount", "Jumlah dibayar", "money"),)),
        },
        topics={"pwbd": "Belum terdaftar"},
        weight_words="Pekerja",
    )
)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(name: str, agency: str, area: str = "32.02", role: str = Role.OFFICER) -> Client:
    client = Client(headers={"host": "localhost"})
    user = create_user(username=name, password="x", area_code=area, agency=agency, role=role)
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def cases(register: object) -> list[Case]:
    openings = [Opening("pwbd", "employer", n, f"PT Rekaan {n}", "32.02.01.2003", weight=n) for n in (1, 2, 3)]
    return open_cases("shown", openings, on=date(2026, 1, 5), by=None)


def test_the_board_counts_and_a_step_is_taken_by_whose_it_is(cases: list[Case]):
    branch, office = signed_in("cabang", Agency.BRANCH), signed_in("disnaker", Agency.LABOUR_OFFICE)
    board = "/perkara/jenis/shown/"
    said = branch.get(board).text
    assert "3 perkara" in said
    assert "PT Rekaan 2" in said
    page = office.get(f"/perkara/{cases[0].pk}/").text
    assert "oleh Cabang BPJS Ketenagakerjaan" in page
    typed = {"on": "2026-01-06"}
    refused = office.post(f"/perkara/{cases[0].pk}/langkah/warn/", typed)
    assert "hanya boleh dicatat oleh" in refused.text
    assert branch.post(f"/perkara/{cases[0].pk}/langkah/warn/", typed).status_code == 302
    assert "lewat" in branch.get(board, {"state": "warned", "limit": "late", "topic": "pwbd", "q": "rekaan 1"}).text
    again = branch.post(f"/perkara/{cases[0].pk}/langkah/warn/", typed, follow=True)
    assert "tidak tersedia lagi" in again.text
    missing = branch.post(f"/perkara/{cases[0].pk}/langkah/pay/", typed | {"fact_amount": ""})
    assert missing.status_code == 200
    branch.post(f"/perkara/{cases[0].pk}/langkah/pay/", typed | {"fact_amount": "Rp1.250.000"})
    page = branch.get(f"/perkara/{cases[0].pk}/").text
    assert "Rp1.250.000" in page
    assert "Langkah berikutnya" not in page
    assert branch.get(board + "unduh/").headers["Content-Disposition"].endswith('.xlsx"')
    assert branch.get("/perkara/jenis/lain/").status_code == 404


def test_many_cases_take_a_step_together(cases: list[Case]):
    branch = signed_in("cabang", Agency.BRANCH)
    chosen = {"case": [case.pk for case in cases], "step": "warn", "on": "2026-01-07", "filter": "state=found"}
    told = branch.post("/perkara/jenis/shown/langkah/", chosen, follow=True)
    assert "3 perkara: Tegur" in told.text
    assert told.redirect_chain[0][0].endswith("?state=found")
    again = branch.post("/perkara/jenis/shown/langkah/", chosen, follow=True)
    assert "tidak dapat diambil" in again.text
    assert "Pilih langkah" in branch.post("/perkara/jenis/shown/langkah/", chosen | {"step": "pay"}, follow=True).text


def test_papers_notes_and_areas(cases: list[Case]):
    branch, stranger = signed_in("cabang", Agency.BRANCH), signed_in("lain", Agency.BRANCH, "32.02.29")
    reader = signed_in("pembaca", Agency.BRANCH, role=Role.READER)
    address = f"/perkara/{cases[0].pk}/"
    sent = SimpleUploadedFile("berita acara.pdf", b"%PDF-1.7")
    branch.post(address + "berkas/", {"paper": sent})
    branch.post(address + "catatan/", {"text": "Direktur baru"})
    page = branch.get(address).text
    assert "berita acara.pdf" in page
    assert "Direktur baru" in page
    paper = Paper.objects.get()
    assert branch.get(f"/perkara/berkas/{paper.pk}/").content == b"%PDF-1.7"
    assert stranger.get(f"/perkara/berkas/{paper.pk}/").status_code == 404
    [look] = AuditEvent.objects.filter(action="paper_downloaded")
    assert (look.by, look.subject) == (User.objects.get(username="cabang"), f"paper {paper.pk}")
    assert stranger.get(address).status_code == 404
    assert "hanya dapat melihat" in reader.post(address + "catatan/", {"text": "x"}, follow=True).text
    branch.post(address + "limpah/", {"agency": Agency.PROSECUTOR, "reason": "SKK 7"})
    assert "Dilimpahkan ke Kejaksaan" in branch.get(address).text


def test_follow_ups_are_listed_reminded_of_and_closed_with_evidence(register: object):
    office, today = signed_in("disnaker", Agency.LABOUR_OFFICE), timezone.localdate()
    assert "Belum ada kesepakatan" in office.get("/tindak-lanjut/").text
    points = [
        Agreed("Kirim daftar non-ASN", due_on=today - timedelta(days=9), agency=Agency.LABOUR_OFFICE),
        Agreed("Kunjungi PT Rekaan", due_on=today + timedelta(days=9), owner_name="Bu Contoh"),
    ]
    late, _soon = agree(points, source_kind="meeting", source_id=1, series="Rakor", on=today, by=None)
    said = office.get("/tindak-lanjut/").text
    assert "1 kesepakatan lewat batas waktu" in said
    assert "1. Kirim daftar non-ASN (Disnakertrans)" in said
    mine = office.get("/tindak-lanjut/", {"state": "mine"}).text
    assert "Kunjungi PT Rekaan" not in mine
    told = {"text": "Terkirim", "state": "done", "on": today, "paper": SimpleUploadedFile("bukti.txt", b"x")}
    assert office.post(f"/tindak-lanjut/{late.pk}/", told).status_code == 302
    assert FollowUp.objects.get(pk=late.pk).state == FollowUp.State.DONE
    assert "bukti.txt" in office.get(f"/tindak-lanjut/{late.pk}/").text
    assert "lewat batas waktu" not in office.get("/tindak-lanjut/").text
    assert office.get("/tindak-lanjut/unduh/", {"state": "done", "q": "non-ASN"}).status_code == 200
