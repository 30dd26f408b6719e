"""Beside the list that came before it a list says who is new, changed, vanished; numbers stay masked on pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions import read_lists, receive_list
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.gateways.differences import difference_between
from jangkau.registry.lists.models import SentList

AS_OF = date(2026, 10, 31)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "3202015204859001", "12-04-1985", "P")
ASEP = ("@ASEP HIDAYAT", "3202010105909001", "01-05-1990", "L")
REPAIRED = (UJANG[0], "3202011203809002", UJANG[2], UJANG[3])


def sent(place, path: str | None = None) -> SentList:
    item, _ = receive_list(place, path=path or f"Palabuhanratu/{place.name}", by=None)
    read_lists([item], as_of=AS_OF)
    return SentList.objects.get(pk=item.pk)


@pytest.fixture
def both(register, village_list) -> tuple[SentList, SentList]:
    old = sent(village_list([UJANG, EUIS], name="Pekerja Desa Citepus September 2026.xlsx"))
    new = sent(village_list([REPAIRED, ASEP], name="Pekerja Desa Citepus Oktober 2026.xlsx"))
    return old, new


@pytest.fixture
def officer() -> Client:
    return signed_in(Role.OFFICER)


def signed_in(role: str) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=role, password="x", area_code="32.02", role=role), backend=BACKEND)
    return client


def test_the_list_before_is_of_the_same_village_and_kind(both, whole, village_list):
    old, new = both
    assert queries.previous_list(whole, new) == old
    assert queries.previous_list(whole, old) is None
    late = sent(village_list([UJANG], name="Pekerja Desa Citepus Agustus 2026.xlsx"))  # came last, speaks of August
    assert queries.previous_list(whole, late) is None
    assert queries.previous_list(whole, new) == old


def test_lists_without_a_village_are_told_by_their_names(register, whole, member_list):
    paid = ("26000000001", UJANG[1], UJANG[0], UJANG[2], "L", "BPU")
    first = sent(member_list([(*paid, "2026-09")], name="peserta 2026-09.csv"))
    other = sent(member_list([(*paid, "2026-08")], name="peserta lain 2026-08.csv"))
    last = sent(member_list([(*paid, "2026-10")], name="peserta 2026-10.csv"))
    assert queries.previous_list(whole, last) == first
    assert queries.previous_list(whole, other) is None


def test_somebody_elses_list_is_never_the_one_before(both, whole):
    stranger = create_user(username="stranger", password="x", area_code="32.02.29")
    assert queries.previous_list(scope_of(stranger), both[1]) is None


def test_the_page_counts_and_links_the_changes(both, officer):
    page = officer.get(f"/daftar/{both[1].pk}/").content.decode()
    assert "Dibanding kiriman sebelumnya" in page
    for slug in ("baru", "berubah", "hilang"):
        assert f"/daftar/{both[1].pk}/beda/{slug}/" in page
    assert f"/daftar/{both[1].pk}/beda/tetap/" not in page
    assert "Belum ada kiriman sebelumnya" in officer.get(f"/daftar/{both[0].pk}/").content.decode()


def test_a_table_shows_what_changed_with_numbers_masked(both, officer):
    page = officer.get(f"/daftar/{both[1].pk}/beda/berubah/").content.decode()
    assert "UJANG SUKMANA" in page
    assert "3202********9001" in page
    assert "3202********9002" in page
    assert REPAIRED[1] not in page
    assert "EUIS KARTINI" in officer.get(f"/daftar/{both[1].pk}/beda/hilang/").content.decode()
    assert "Tidak ada baris" in officer.get(f"/daftar/{both[1].pk}/beda/tetap/").content.decode()


def test_pages_of_a_change_follow_each_other(register, officer, village_list):
    many = [(f"WARGA {n:03}", f"32020112038{n:05}", "12-03-1980", "L") for n in range(1, 61)]
    sent(village_list([UJANG], name="Pekerja Desa Citepus Mei 2026.xlsx"))
    new = sent(village_list(many, name="Pekerja Desa Citepus Juni 2026.xlsx"))
    first = officer.get(f"/daftar/{new.pk}/beda/baru/").content.decode()
    second = officer.get(f"/daftar/{new.pk}/beda/baru/?page=2").content.decode()
    assert "WARGA 050" in first
    assert "WARGA 051" not in first
    assert "WARGA 060" in second


def test_the_workbook_holds_whole_numbers_as_text_for_officers_alone_and_is_recorded(both, officer):
    address = f"/daftar/{both[1].pk}/beda/baru/unduh/"
    row = book_rows(officer.get(address))[1]
    assert row[2:5] == [ASEP[0], ASEP[1], "01-05-1990"]  # text, never a formula or a number
    event = AuditEvent.objects.get(action="difference_downloaded")
    assert event.detail == {"change": "new", "compared_with": both[0].pk, "rows": 1, "masked": False}
    masked = book_rows(signed_in(Role.READER).get(address))[1]
    assert masked[3] == "3202********9001"


def book_rows(answer) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("address", ["beda/entah/", "beda/entah/unduh/"])
def test_a_change_that_does_not_exist_is_not_found(both, officer, address):
    assert officer.get(f"/daftar/{both[1].pk}/{address}").status_code == 404
    assert officer.get(f"/daftar/{both[0].pk}/beda/baru/").status_code == 404  # nothing came before it


def test_strangers_find_no_differences(both):
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username="stranger", password="x", area_code="32.02.29"), backend=BACKEND)
    assert client.get(f"/daftar/{both[1].pk}/beda/baru/").status_code == 404
    assert client.get(f"/daftar/{both[1].pk}/beda/baru/unduh/").status_code == 404


def test_the_difference_is_kept_until_a_list_is_read_again(both):
    old, new = both
    found = difference_between(old.sha256, new.sha256)
    place = next(store.folder_of(new.sha256).glob("difference-*.parquet"))
    written = place.stat().st_mtime_ns
    assert difference_between(old.sha256, new.sha256).equals(found)
    assert place.stat().st_mtime_ns == written
    read_lists([old], as_of=AS_OF)
    difference_between(old.sha256, new.sha256)
    assert place.stat().st_mtime_ns > written
