"""A list can be fetched back with what is wrong marked in it, by officers of its area alone; forms by everybody."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from tests.registry.conftest import AS_OF

from jangkau.core.kernel import RegionCode
from jangkau.core.reading import read_file
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.models import SentList, State
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.web.site.cli.main import main

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
SHORT = ("EUIS KARTINI", "32020152048", "12-04-1985", "P")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def item(register, village_list) -> SentList:
    village_list([UJANG, SHORT])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return SentList.objects.get()


def signed_in(area: str, role: str = Role.OFFICER) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=f"{area}-{role}", password="x", area_code=area, role=role), backend=BACKEND)
    return client


def test_an_officer_fetches_the_list_with_its_problems_marked(item):
    response = signed_in("32.02.01").get(f"/daftar/{item.pk}/perbaikan/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert 'filename="Data Pekerja Desa Citepus-diperbaiki.xlsx"' in response["Content-Disposition"]
    page = openpyxl.load_workbook(io.BytesIO(response.content))["DATA"]
    assert [page.cell(row, 10).value for row in (4, 5, 6)] == ["STATUS JANGKAU", "terbaca baik", "perlu diperbaiki"]
    assert page["K6"].value == "C6: NIK bukan 16 angka. Ketik ulang dari KTP atau KK."
    again = read_file(
        response.content, item.path, gazetteer=gazetteer(), area=RegionCode("32.02"), as_of=AS_OF
    )  # fmt: skip
    assert (again.kind, again.village_code) == (item.kind, item.village_id)
    assert AuditEvent.objects.filter(action="list_answer_downloaded", subject=f"list {item.pk}").count() == 1


def test_others_do_not_get_it(item):
    address = f"/daftar/{item.pk}/perbaikan/"
    assert signed_in("32.02.29").get(address).status_code == 404
    reader = signed_in("32.02.01", Role.READER)
    assert reader.get(address).status_code == 302
    assert address not in reader.get(f"/daftar/{item.pk}/").text
    assert Client(headers={"host": "localhost"}).get(address).status_code == 302
    assert not AuditEvent.objects.filter(action="list_answer_downloaded").exists()


def test_a_list_that_was_not_read_has_no_answer(item):
    SentList.objects.update(rows=0, rows_of_people=0, state=State.RECEIVED)
    client = signed_in("32.02.01")
    address = f"/daftar/{item.pk}/perbaikan/"
    assert address not in client.get(f"/daftar/{item.pk}/").text
    assert "Belum ada yang terbaca" in client.get(address, follow=True).text


def test_the_pages_offer_the_answer_and_the_forms(item):
    client = signed_in("32.02.01")
    assert f"/daftar/{item.pk}/perbaikan/" in client.get(f"/daftar/{item.pk}/").text
    assert "/daftar/contoh/workers/" in client.get("/daftar/").text
    form = client.get("/daftar/contoh/workers/")
    assert openpyxl.load_workbook(io.BytesIO(form.content)).sheetnames == ["DAFTAR", "PETUNJUK"]
    assert client.get("/daftar/contoh/unknown/").status_code == 404


def test_the_command_writes_answers_and_overwrites_nothing(tmp_path, village_list, db):
    place = village_list([UJANG, SHORT])
    (place.parent / "Data Pekerja Desa Citepus.csv").write_text("NO;NIK;NAMA\n1;3202;SITI A\n")
    given = ["read", str(tmp_path / "lists"), "--as-of", "2026-10-31", "--data", str(tmp_path / "data"), "--json"]
    folder = tmp_path / "answers"
    assert main([*given, "--corrected", str(folder)]) == 0
    names = {path.name for path in (folder / "Palabuhanratu").iterdir()}
    assert names == {"Data Pekerja Desa Citepus-diperbaiki.xlsx", "Data Pekerja Desa Citepus-diperbaiki (2).xlsx"}
    own = folder / "Palabuhanratu" / "Data Pekerja Desa Citepus-diperbaiki.xlsx"
    before = own.read_bytes()
    assert main(["read", str(own), "--as-of", "2026-10-31", "--corrected", str(own.parent), "--json"]) == 0
    assert own.read_bytes() == before
