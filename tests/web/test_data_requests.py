"""Somebody asks what is kept about them, gets all of it, and has it corrected for good."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.web.api.conftest import EUIS, UJANG, filled, member_list, regions, register, village_list

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.cases.actions import move_case
from jangkau.registry.cases.models import Case
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.people.models import Correction, Person

__all__ = ["filled", "member_list", "regions", "register", "village_list"]


@pytest.fixture
def office(filled) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username="petugas", password="x", area_code="32.02"))
    return client


def test_the_answer_holds_everything_with_its_sources_and_who_read_it(office):
    ujang = Person.objects.get(nik=UJANG[1])
    place = f"/pekerja/{ujang.pk}/data-pribadi/"
    assert place in office.get(f"/pekerja/{ujang.pk}/").content.decode()
    assert office.get(place + "jawaban.xlsx").status_code == 404  # nobody asked
    office.post(place, {"topic": "access"})
    case = Case.objects.get(kind="data_request")
    assert (case.due_on, case.subject_label) == (timezone.localdate() + timedelta(days=3), f"Orang nomor {ujang.pk}")
    office.post(f"/pekerja/{ujang.pk}/nik/", {"because": "mencocokkan kartu"})
    book = load_workbook(BytesIO(b"".join(office.get(place + "jawaban.xlsx").streaming_content)))
    text = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    assert ["nik", UJANG[1]] in text["Data"]
    assert any("26000000001" in row for row in text["Kepesertaan"])
    assert {row[0] for row in text["Sumber"][1:]} == {"Palabuhanratu/Data Pekerja Desa Citepus.xlsx", "peserta.csv"}
    assert "mencocokkan kartu" in [row[3] for row in text["Yang membaca"]]
    assert EUIS[0] not in str(text) and EUIS[1] not in str(text)
    assert AuditEvent.objects.filter(action="person_answered", subject=f"person {ujang.pk}").count() == 1

    with pytest.raises(Refused):  # nothing is handed over before somebody showed who they are
        move_case(case.pk, "answer", on=timezone.localdate(), facts={"handed_over": "yang bersangkutan"}, by=None)
    told = {"identity": "KTP", "handed_over": "yang bersangkutan"}
    move_case(case.pk, "answer", on=timezone.localdate(), facts=told, by=None)
    assert office.get(place + "jawaban.xlsx").status_code == 404


def test_what_was_corrected_stays_so_whatever_the_next_lists_say(office, filled, member_list):
    ujang = Person.objects.get(nik=UJANG[1])
    place = f"/pekerja/{ujang.pk}/data-pribadi/"
    right = {"field": "birth_date", "value": "1981-03-12", "identity": "KTP"}
    assert office.post(place + "perbaiki/", right).status_code == 404  # nobody asked
    office.post(place, {"topic": "correction"})
    wrong = office.post(place + "perbaiki/", right | {"value": "12 Maret"})
    assert "Tidak sesuai" in wrong.content.decode() and not Correction.objects.exists()
    assert office.post(place + "perbaiki/", right).status_code == 302
    office.post(place, {"topic": "correction"})
    office.post(place + "perbaiki/", {"field": "name", "value": "Ujang Sukmawan", "identity": "KTP"})
    assert set(Case.objects.values_list("state", flat=True)) == {"corrected"}
    events = AuditEvent.objects.filter(action="person_corrected")
    assert events.count() == 2 and "1981" not in str(list(events.values()))

    member_list([("26000000001", UJANG[1], UJANG[0], UJANG[2], "L", "BPU", "2026-11")], name="lists/peserta lain.csv")
    run_paths([filled / "lists"], as_of=timezone.localdate(), by=None)
    again = Person.objects.get(nik=UJANG[1])
    assert (again.pk, again.name, again.birth_date.isoformat()) == (ujang.pk, "UJANG SUKMAWAN", "1981-03-12")
    assert Person.objects.count() == 2  # the list that says otherwise is still about the same person


def test_only_who_works_on_cases_of_the_place_is_asked(office, filled):
    ujang = Person.objects.get(nik=UJANG[1])
    elsewhere = Client(headers={"host": "localhost"})
    elsewhere.force_login(create_user(username="lain", password="x", area_code="32.02.29"))
    assert elsewhere.get(f"/pekerja/{ujang.pk}/data-pribadi/").status_code == 404
    reader = Client(headers={"host": "localhost"})
    reader.force_login(create_user(username="pembaca", password="x", area_code="32.02", role="reader"))
    assert reader.post(f"/pekerja/{ujang.pk}/data-pribadi/", {"topic": "access"}).status_code in (302, 403)
    assert not Case.objects.filter(kind="data_request").exists()
