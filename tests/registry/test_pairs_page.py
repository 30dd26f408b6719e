"""Padanan in the hands of officers: one question after the other, within their area, and nothing personal in logs."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from django.test import Client

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, AuditEvent, Role, User
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.models import ReviewPair, Ruling
from jangkau.registry.people.models import MergedPerson, Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MEMBERS = [
    ("22000000001", "3202015204857991", "ENTIN SUKAESIH", "12-04-1985", "P", "BPU", "2026-10"),
    ("22000000003", "3202010105907993", "ASEP HIDAYAT", "01-05-1990", "L", "BPU", "2026-10"),
    ("22000000004", "3202011707757994", "ASEP HIDAYAT", "17-07-1975", "L", "BPU", "2026-10"),
]
VILLAGE = [("ENTIN SUKAESIH", "", "", "P"), ("ASEP HIDAYAT", "", "", "L")]


@pytest.fixture
def filled(register, village_list, member_list):
    member_list(MEMBERS)
    village_list(VILLAGE)
    run_paths([register / "lists"], as_of=date(2026, 10, 31), by=None)


def signed_in(name: str, role: str = Role.OFFICER, area: str = "32.02") -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=name, password="x", area_code=area, role=role), backend=BACKEND)
    return client


def first() -> ReviewPair:
    return ReviewPair.objects.filter(ruling=None).order_by("-probability").first()


def test_one_question_after_the_other_until_none_is_left(filled):
    officer = signed_in("imas")
    page = officer.get("/padanan/").content.decode()
    assert "0 dari 2 diputuskan" in page
    assert "3202••••••••7991" in page
    assert "Nama sama" in page
    assert 'data-key="s"' in page
    pair = first()
    page = officer.post(f"/padanan/{pair.pk}/", {"answer": "same"}, follow=True).content.decode()
    assert "1 dari 2 diputuskan" in page
    assert "ASEP HIDAYAT" in page
    page = officer.post(
        f"/padanan/{first().pk}/", {"answer": "different"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Semua pasangan sudah diputuskan" in page
    assert "<html" not in page
    page = officer.post("/padanan/batal/", follow=True).content.decode()
    assert "1 dari 2 diputuskan" in page


def test_later_puts_a_question_behind_the_others(filled):
    officer = signed_in("imas")
    page = officer.post(f"/padanan/{first().pk}/", {"answer": "later"}, follow=True).content.decode()
    assert "0 dari 2 diputuskan" in page
    assert "ASEP HIDAYAT" in page
    assert not Ruling.objects.exists()


def test_a_question_is_made_once_for_all_who_see_the_same_columns(filled, settings, django_assert_max_num_queries):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "questions"}
    settings.CACHES = settings.CACHES | {"pages": memory}
    branch, office = signed_in("dewi"), signed_in("imas")
    User.objects.filter(username="dewi").update(agency=Agency.BRANCH)
    User.objects.filter(username="imas").update(agency=Agency.VILLAGE_AFFAIRS_OFFICE)
    for officer, sees in ((branch, True), (office, False), (branch, True), (office, False)):
        assert ("22000000001" in officer.get("/padanan/").content.decode()) is sees
    with django_assert_max_num_queries(16):
        office.get("/padanan/")
    pair = first()
    office.post(f"/padanan/{pair.pk}/", {"answer": "different"})
    assert pair.person.name not in branch.get("/padanan/").content.decode()


def test_questions_are_narrowed_and_a_wrong_filter_changes_nothing(filled):
    officer = signed_in("imas")
    item = first().sent_list_id
    assert "0 dari 2" in officer.get(f"/padanan/?list={item}").content.decode()
    assert "Tidak ada pasangan" in officer.get(f"/padanan/?list={item + 50}").content.decode()
    assert officer.get("/padanan/?list=x&village=y&pair=z").status_code == 200


def test_many_of_one_kind_are_seen_before_they_are_decided_together(filled):
    officer = signed_in("imas")
    rule = first().decision
    page = officer.get(f"/padanan/kelompok/{rule}/").content.decode()
    pairs = list(ReviewPair.objects.filter(decision=rule).values_list("pk", flat=True))
    assert all(f'value="{number}" checked' in page for number in pairs)
    officer.post(f"/padanan/kelompok/{rule}/", {"pair": pairs[:1], "answer": "same"})
    assert list(ReviewPair.objects.exclude(ruling=None).values_list("pk", flat=True)) == pairs[:1]


def test_readers_and_strangers_decide_nothing(filled):
    pair = first()
    reader, stranger = signed_in("reader", Role.READER), signed_in("stranger", area="32.02.29")
    reader.post(f"/padanan/{pair.pk}/", {"answer": "same"})
    assert stranger.post(f"/padanan/{pair.pk}/", {"answer": "same"}).status_code == 404
    assert "ENTIN" not in stranger.get("/padanan/").content.decode()
    assert not Ruling.objects.exists()


def test_two_people_decide_on_the_page(filled, settings):
    settings.JANGKAU_TWO_PEOPLE = True
    maker, checker = signed_in("imas"), signed_in("dadang")
    maker.post(f"/padanan/{first().pk}/", {"answer": "same"})
    ruling = Ruling.objects.get()
    assert "Tarik usul" in maker.get("/padanan/keputusan/").content.decode()
    maker.post(f"/padanan/keputusan/{ruling.pk}/", {"act": "confirm"})
    assert Ruling.objects.get().state == Ruling.State.PROPOSED
    assert "Setujui" in checker.get("/padanan/keputusan/").content.decode()
    checker.post(f"/padanan/keputusan/{ruling.pk}/", {"act": "confirm"})
    assert Ruling.objects.get().state == Ruling.State.IN_FORCE


def test_a_person_is_merged_and_split_from_the_page_and_the_old_address_still_leads_there(filled):
    officer = signed_in("imas")
    one, other = Person.objects.filter(name="ASEP HIDAYAT", nik__isnull=False).order_by("pk")
    page = officer.get(f"/pekerja/{one.pk}/").content.decode()
    assert "Dari mana nilainya" in page
    page = officer.post(f"/pekerja/{one.pk}/gabung/", {"other": other.nik}).content.decode()
    assert "Gabungkan" in page
    assert other.nik not in page
    officer.post(f"/pekerja/{one.pk}/gabung/", {"number": other.pk})
    assert MergedPerson.objects.get().into_id == one.pk
    assert officer.get(f"/pekerja/{other.pk}/").headers["Location"] == f"/pekerja/{one.pk}/"
    stand = one.appearances.order_by("-line").first()
    officer.post(f"/pekerja/{one.pk}/pisah/", {"row": f"{stand.sent_list_id}-{stand.line}"})
    assert Ruling.objects.filter(kind="split", state="in_force").exists()


def test_no_nik_and_no_name_in_logs_addresses_errors_and_the_record(filled, caplog):
    officer = signed_in("imas")
    personal = {value for row in MEMBERS for value in (row[1], *row[2].split())}
    seen: list[str] = []
    with caplog.at_level(logging.DEBUG):
        one, other = Person.objects.filter(name="ASEP HIDAYAT", nik__isnull=False).order_by("pk")
        pair = first()
        answers = [
            officer.get("/padanan/"),
            officer.post(f"/padanan/{pair.pk}/", {"answer": "same"}),
            officer.post(f"/padanan/{pair.pk}/", {"answer": "different"}),  # decided already: an error
            officer.post(f"/pekerja/{one.pk}/gabung/", {"other": "3202999999999999"}),
            officer.post(f"/pekerja/{one.pk}/gabung/", {"number": other.pk}),
            officer.post("/padanan/batal/"),
            officer.get("/padanan/999999/"),
        ]
    for reply in answers:
        seen += [reply.request["PATH_INFO"], reply.request["QUERY_STRING"], reply.headers.get("Location", "")]
    seen += [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    seen.append(str(list(AuditEvent.objects.values())))
    assert [text for text in seen if any(value in text for value in personal)] == []
