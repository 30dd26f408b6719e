"""Daftar and the page of a list: lists are told apart by what they are, problems lead to their rows, and a list that
names no persons is shown as it stands in its file."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from tests.registry.conftest import AS_OF

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Role
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.models import SentList

EVENTS = "NO;TANGGAL KEGIATAN;KEGIATAN;DESA/KELURAHAN;KECAMATAN;JUMLAH PESERTA HADIR\n"
PEOPLE = [("UJANG SUKMANA", "3202", "12-03-1980", "L"), ("EUIS KARTINI", "3202015204859001", "12-04-1985", "P")]


@pytest.fixture
def officer(register) -> Client:
    client = Client(headers={"host": "localhost"})
    user = create_user(username="petugas", password="x", area_code="32.02", role=Role.OFFICER)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(page)).split())


def test_lists_are_named_by_what_they_are_and_problems_lead_to_their_rows(officer, village_list):
    place = village_list(PEOPLE)
    run_paths([place], as_of=AS_OF, by=None)
    item = SentList.objects.get()
    index = text_of(officer.get("/daftar/").text)
    assert "Pekerja desa, Citepus" in index and place.name in index
    page = officer.get(f"/daftar/{item.pk}/").text
    assert 'name="problem" value="nik_length"' in page
    rows = text_of(officer.post(f"/daftar/{item.pk}/bersihkan/", {"problem": "nik_length"}).text)
    assert "UJANG SUKMANA" in rows and "EUIS KARTINI" not in rows


def test_a_list_that_names_no_persons_is_shown_as_it_stands(officer, register):
    place = register / "sosialisasi.csv"
    place.write_text(EVENTS + "1;12-03-2026;Sosialisasi pasar;Citepus;Palabuhanratu;41\n")
    run_paths([place], as_of=AS_OF, by=None)
    item = SentList.objects.get()
    assert (item.kind, item.state) == ("outreach", "published")
    page = text_of(officer.get(f"/daftar/{item.pk}/").text)
    assert "Sosialisasi pasar" in page and "JUMLAH PESERTA HADIR" in page
    assert "Menunggu perbaikan" not in page and "baris orang" not in page


def test_a_list_without_columns_has_its_pages(officer, register):
    place = register / "catatan.csv"
    place.write_text("Mohon maaf pak\ndaftarnya menyusul\n")
    run_paths([place], as_of=AS_OF, by=None)
    item = SentList.objects.get()
    assert item.tables == [] and item.rows == 2
    for address in (f"/daftar/{item.pk}/", f"/daftar/{item.pk}/bersihkan/"):
        assert officer.get(address).status_code == 200
