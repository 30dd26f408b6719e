"""Good rows go on, bad rows wait with their reasons; the corrected list closes what waited."""

from __future__ import annotations

import polars as pl
import pytest
from django.test import Client
from tests.registry.conftest import AS_OF

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.actions import publish_lists, read_lists, receive_list, take_back_list
from jangkau.registry.lists.actions.holding import hold_rows
from jangkau.registry.lists.models import Appearance, SentList, State
from jangkau.registry.lists.queries.outcomes import outcome_counts, outcomes
from jangkau.registry.people.models import Person
from jangkau.web.site.cli import exports

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "32020152048", "12-04-1985", "P")
NOBODY = ("", "3202", "01-05-1990", "L")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sent(place, name: str) -> SentList:
    received, _ = receive_list(place, path=name, by=None)
    read_lists([received], as_of=AS_OF, processes=0)
    return SentList.objects.get(pk=received.pk)


def published(item: SentList) -> SentList:
    publish_lists([item], as_of=AS_OF, by=None, progress=lambda *told: None)
    return SentList.objects.get(pk=item.pk)


@pytest.fixture
def item(register, village_list) -> SentList:
    return sent(village_list([UJANG, EUIS, NOBODY]), "Data Pekerja Desa Citepus.xlsx")


@pytest.fixture
def officer() -> Client:
    client = Client(headers={"host": "localhost"})
    account = create_user(username="officer", password="x", area_code="32.02", role=Role.OFFICER)
    client.force_login(account, backend=BACKEND)
    return client


def test_only_a_row_that_names_nobody_waits_by_itself(item, whole):
    assert outcome_counts(whole, item) == {"waiting": 1}
    assert outcome_counts(whole, published(item)) == {"new": 2, "waiting": 1}
    waiting = outcomes(whole, SentList.objects.get()).filter(pl.col("outcome") == "waiting").collect()
    assert (waiting["row"].to_list(), waiting["decision"].to_list()) == ([7], ["no_identity"])


def test_rows_with_a_problem_that_is_held_wait_and_the_others_go_on(item, whole, register):
    hold_rows(item, ["nik_length", "deceased", "entah"], by=None)
    assert item.held == ["nik_length"]  # who is deceased has nothing to repair
    assert outcome_counts(whole, item) == {"waiting": 2}
    assert outcome_counts(whole, published(item)) == {"new": 1, "waiting": 2}
    assert list(Person.objects.values_list("name", flat=True)) == ["UJANG SUKMANA"]
    assert Appearance.objects.count() == 1
    out = register / "rows.csv"
    exports.write("rows", out)
    told = pl.read_csv(out, infer_schema_length=0).filter(pl.col("state") == "data")
    assert told["link_state"].to_list() == ["new", "unlinked", "unlinked"]
    take_back_list(SentList.objects.get(), by=None)
    assert not Person.objects.exists()


def test_the_corrected_list_takes_the_place_of_the_one_that_waited(item, whole, village_list):
    hold_rows(item, ["nik_length"], by=None)
    published(item)
    repaired = ("EUIS KARTINI", "3202015204859004", "12-04-1985", "P")
    again = sent(village_list([UJANG, repaired]), "Data Pekerja Desa Citepus-diperbaiki.xlsx")
    assert outcome_counts(whole, published(again)) == {"linked": 1, "new": 1}
    assert SentList.objects.get(pk=item.pk).state == State.TAKEN_BACK
    assert sorted(Person.objects.values_list("name", flat=True)) == ["EUIS KARTINI", "UJANG SUKMANA"]


def test_a_list_of_another_village_is_no_correction(item, village_list):
    published(item)
    again = sent(village_list([EUIS]), "Data Pekerja Desa Citepus-diperbaiki.xlsx")
    SentList.objects.filter(pk=again.pk).update(village_id="32.02.01.2002")
    published(SentList.objects.get(pk=again.pk))
    assert SentList.objects.get(pk=item.pk).state == State.PUBLISHED


def test_a_published_list_holds_nothing_back_any_more(item):
    with pytest.raises(Refused, match="Tarik kembali"):
        hold_rows(published(item), ["nik_length"], by=None)


def test_the_pages_tell_who_waits_and_why(item, officer):
    page = officer.get(f"/daftar/{item.pk}/").text
    assert "1 baris akan menunggu" in page
    assert 'value="nik_length"' in page
    officer.post(f"/daftar/{item.pk}/tahan/", {"code": ["nik_length"]})
    assert "2 baris akan menunggu" in officer.get(f"/daftar/{item.pk}/").text
    published(SentList.objects.get())
    waiting = officer.get(f"/daftar/{item.pk}/hasil/menunggu/").text
    assert "EUIS KARTINI" in waiting
    assert "<b>NIK bukan 16 angka.</b>" in waiting
    assert "Tanpa nama dan NIK" in waiting
    assert "UJANG SUKMANA" in officer.get(f"/daftar/{item.pk}/hasil/baru/").text
    assert officer.get(f"/daftar/{item.pk}/hasil/entah/").status_code == 404
    assert f"/daftar/{item.pk}/hasil/menunggu/" in officer.get(f"/daftar/{item.pk}/").text
    assert AuditEvent.objects.get(action="rows_held").detail == {"codes": ["nik_length"]}


def test_readers_hold_nothing_and_strangers_see_nothing(item):
    for area, role, status in (("32.02", Role.READER, 302), ("32.02.29", Role.OFFICER, 404)):
        client = Client(headers={"host": "localhost"})
        client.force_login(create_user(username=area, password="x", area_code=area, role=role), backend=BACKEND)
        assert client.post(f"/daftar/{item.pk}/tahan/", {"code": ["nik_length"]}).status_code == status
        assert client.get(f"/daftar/{item.pk}/hasil/menunggu/").status_code == (200 if status == 302 else 404)
    assert SentList.objects.get().held == []
