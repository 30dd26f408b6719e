"""Who came: pasted with or without headers, uploaded, joined to people where that is sure, and never lost."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from jangkau.core.kernel import RegionCode
from jangkau.core.reading.attendance import pasted_attendance
from jangkau.core.reading.documents import document_kind
from jangkau.programmes.outreach.actions import attending, holding, recognising
from jangkau.programmes.outreach.models import Attendee, Event
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CITEPUS = "32.02.01.2003"
TODAY = date(2026, 11, 20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


def pasted(text: str, village: str | None = CITEPUS):
    return pasted_attendance(text, gazetteer=gazetteer(), area=RegionCode("32.02"), village=village, as_of=TODAY)


@pytest.fixture
def event(register: Path) -> Event:
    said = {"kind": "village", "place": CITEPUS, "planned_on": TODAY, "title": "", "employer_name": "", "series": "",
            "team": "", "speaker": "", "cost": None}  # fmt: skip
    return holding.plan_event(said, by=None)


def person(number: int, name: str, nik: str | None, born: date | None = None) -> Person:
    return Person.objects.create(pk=number, name=name, nik=nik, birth_date=born, village_id=CITEPUS,
                                 district_id="32.02.01", sex="L")  # fmt: skip


def test_a_table_with_headers_and_one_without():
    headed = pasted("NO\tNAMA\tNIK\tDESA\tTGL LAHIR\n1\tUjang S\t3202011203803841\tCitarik\t12/03/1980")
    bare = pasted(
        "1\tUjang S\t3202011203803841\t12/03/1980\tCitarik\t081234567890\n2\tIta\t\t\tCitarik\t\n3\tDedi\t\t\tCitarik\t"
    )
    assert headed.row(0, named=True)["village_code"] == "32.02.01.2008"
    columns = ("name", "nik", "birth_date", "village_code", "phone")
    assert bare.select(columns).row(0) == (
        "UJANG S", "3202011203803841", date(1980, 3, 12), "32.02.01.2008", "081234567890",
    )  # fmt: skip
    assert bare["name"].to_list() == ["UJANG S", "ITA", "DEDI"]


def test_names_alone_are_people_of_the_village_and_odd_lines_stay():
    found = pasted("Ujang Sukmana\nAsep H\n???")
    assert found["name"].to_list()[:2] == ["UJANG SUKMANA", "ASEP H"]
    assert found["village_code"].to_list()[0] == CITEPUS
    assert found["written"].to_list() == ["Ujang Sukmana", "Asep H", "???"]
    assert found["readable"].to_list() == [True, True, False]


def test_linked_where_it_is_sure_and_told_where_it_is_not(event):
    person(1, "UJANG SUKMANA", "3202011203803841", date(1980, 3, 12))
    person(2, "ASEP HIDAYAT", None, date(1990, 1, 2))
    person(3, "ASEP HIDAYAT", None, date(1991, 5, 6))
    people = pasted(
        "NAMA\tNIK\tTGL LAHIR\nUjang Sukmana\t3202011203803841\t\nAsep Hidayat\t\t\nAsep Hidayat \t\t02-01-1990\n"
        "Baru Datang\t3202010101809999\t\n???\t\t"
    )
    came = attending.add_attendance(event, people, by=None)
    rows = list(Attendee.objects.order_by("pk").values_list("name", "link", "person_id"))
    assert rows[0] == ("UJANG SUKMANA", "linked", 1)
    assert rows[1][1:] in [("unsure", None), ("unknown", None)]  # two of that name: nobody is chosen
    assert rows[3:] == [("BARU DATANG", "unknown", None), (None, "unreadable", None)]
    assert (came.written, came.there_already) == (5, 0)
    assert attending.add_attendance(event, people, by=None).there_already == 5
    event.refresh_from_db()
    assert event.attendance == 5


def test_known_later_merged_or_gone(event):
    attending.add_attendance(event, pasted("Ujang Sukmana\t3202011203803841\nIta S\t3202016009769004"), by=None)
    assert set(Attendee.objects.values_list("link", flat=True)) == {"unknown"}
    person(9, "UJANG SUKMANA", "3202011203803841")
    recognising.recognise_again()
    assert Attendee.objects.get(name="UJANG SUKMANA").person_id == 9
    Person.objects.all()._raw_delete("default")
    recognising.recognise_again()
    assert set(Attendee.objects.values_list("link", "person_id")) == {("unknown", None)}


def test_files_are_what_their_bytes_say(event, client: Client, tmp_path: Path):
    assert [document_kind(content) for content in (PNG, b"MZ\x90", b"PK\x03\x04broken")] == ["png", None, None]
    client.force_login(
        create_user(username="p", password="x", area_code="32.02.01", role=Role.OFFICER), backend=BACKEND
    )
    page = f"/sosialisasi/{event.pk}/"
    bad = client.post(f"{page}berkas/", {"what": "picture", "file": SimpleUploadedFile("foto.png", b"<script>")})
    assert bad.status_code == 302 and not event.files.exists()
    client.post(f"{page}berkas/", {"what": "picture", "file": SimpleUploadedFile("foto.png", PNG)})
    kept = event.files.get().paper
    answer = client.get(f"/perkara/berkas/{kept.pk}/")
    assert answer.content == PNG and answer["Content-Disposition"].startswith("attachment")
    place = tmp_path / "hadir.xlsx"
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(
            [["DAFTAR HADIR"], ["NO", "NAMA", "NIK", "TTD"], [1, "Ujang S", "3202011203803841"]]
        ):
            sheet.write_row(line, 0, cells)
    client.post(f"{page}hadir/", {"file": SimpleUploadedFile("hadir.xlsx", place.read_bytes())})
    assert list(event.attendees.values_list("name", "nik")) == [("UJANG S", "3202011203803841")]
    assert event.files.filter(what="attendance").exists()
    shown = client.get(page).content.decode()
    assert "UJANG S" in shown and "3202011203803841" not in shown
    taken = f"{page}hadir/unduh/"
    assert client.post(taken, {"because": ""}).status_code == 302
    book = CalamineWorkbook.from_filelike(BytesIO(client.post(taken, {"because": "dikirim ke cabang"}).content))
    assert book.get_sheet_by_index(0).to_python()[-1][:2] == ["UJANG S", "3202011203803841"]
    assert AuditEvent.objects.get(action="attendance_taken").detail["people"] == 1
