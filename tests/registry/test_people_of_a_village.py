"""From the figure of a village to the names behind it: pages by key, filters, a workbook for a reason."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.actions.measuring import refresh_measures
from jangkau.registry.people import queries
from jangkau.registry.people.models import Person

AS_OF = date(2026, 10, 31)
CITEPUS = "32.02.01.2003"
PEOPLE = [
    (f"{first} {last}", f"32020112{day:02}80{number:04}", f"{day}-03-1980", "L")
    for number, (first, last, day) in enumerate(
        [("UJANG", "SUKMANA", 1), ("ASEP", "HIDAYAT", 2), ("DEDI", "KUSNADI", 3), ("ENGKOS", "RUSTANDI", 4),
         ("ASEP", "HIDAYAT", 5), ("YAYAN", "MULYANA", 6), ("CECEP", "NUGRAHA", 7)], 3841,
    )
]  # fmt: skip


@pytest.fixture
def filled(register, village_list, member_list):
    village_list(PEOPLE)
    name, nik, born, sex = PEOPLE[0]
    member_list([("26000000001", nik, name, born, sex, "BPU", "2026-10")])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return register


def signed_in(role: str = Role.OFFICER, area: str = CITEPUS) -> Client:
    client = Client(headers={"host": "localhost"})
    user = create_user(username="orang", password="x", area_code=area, role=role)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def walked(found, *, only=None, most=2):
    """The pages from first to last, and back again."""
    pages = [queries.page_of(found, only=only, most=most)]
    while pages[-1].after:
        pages.append(queries.page_of(found, only=only, most=most, after=pages[-1].after))
    back = [pages[-1]]
    while back[-1].before:
        back.append(queries.page_of(found, only=only, most=most, before=back[-1].before))
    return [page.people for page in pages], [page.people for page in reversed(back)]


@pytest.mark.parametrize("most", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("sought", [None, "a"])
def test_pages_forwards_and_backwards_show_everybody_once_by_name(filled, whole, most, sought):
    Person.objects.filter(name="DEDI KUSNADI").update(name=None)
    found = queries.people(whole) if sought is None else queries.search(whole, sought).people
    there, back = walked(found, most=most)
    everybody = sorted(found, key=lambda person: (person.name or "", person.pk))
    assert [person for page in there for person in page] == everybody
    assert all(len(page) == most for page in there[:-1])
    assert sorted(person.pk for page in back for person in page) == sorted(person.pk for person in everybody)


def test_pages_of_some_people_alone(filled, whole):
    wanted = set(Person.objects.filter(name__startswith="ASEP").values_list("pk", flat=True))
    there, _ = walked(queries.people(whole), only=wanted, most=1)
    assert [person.pk for page in there for person in page] == sorted(wanted)


def test_the_page_names_those_without_protection(filled):
    page = signed_in().get(f"/pekerja/desa/{CITEPUS}/").content.decode()
    assert "6 pekerja di Desa Citepus" in page and "ASEP HIDAYAT" in page
    assert "UJANG SUKMANA" not in page and PEOPLE[1][1] not in page


def test_every_definition_that_a_page_links_to_is_there(filled):
    client = signed_in(area="32.02")
    linked = set()
    for address in ("/", f"/wilayah/{CITEPUS}/"):
        linked |= set(re.findall(r'href="/pengertian/#(\w+)"', client.get(address).content.decode()))
    page = client.get("/pengertian/").content.decode()
    assert {"by_name_share", "official_ucj", "share_of_employed", "standing"} <= linked
    assert [code for code in linked if f'id="{code}"' not in page] == []


@pytest.mark.parametrize(
    ("picked", "count"), [("state=paid_up", 1), ("state=lapsed", 0), ("trade=farmer", 6), ("segment=pu", 0)]
)
def test_filters(filled, picked, count):
    answer = signed_in().get(f"/pekerja/desa/{CITEPUS}/?{picked}")
    assert answer.context["count"] == count


def test_other_villages_and_levels_stay_shut(filled):
    client = signed_in(area="32.02.05")
    assert client.get(f"/pekerja/desa/{CITEPUS}/").status_code == 403
    assert client.get("/pekerja/desa/32.02.05/").status_code == 404
    assert client.post(f"/pekerja/desa/{CITEPUS}/unduh/", {"because": "ingin tahu"}).status_code == 403


def test_the_workbook_holds_whole_numbers_for_a_reason_that_is_recorded(filled):
    client, address = signed_in(), f"/pekerja/desa/{CITEPUS}/unduh/?trade=farmer"
    assert client.post(address, {"because": ""}).status_code == 302
    answer = client.post(address, {"because": "pendaftaran kolektif"})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sorted(row[1] for row in rows[4:]) == sorted(nik for _, nik, _, _ in PEOPLE[1:])
    event = AuditEvent.objects.get(action="people_taken")
    assert event.detail["people"] == 6 and event.detail["because"] == "pendaftaran kolektif"


def test_a_reader_sees_masked_names_and_takes_nothing(filled):
    client = signed_in(Role.READER)
    assert "Unduh buku kerja" not in client.get(f"/pekerja/desa/{CITEPUS}/").content.decode()
    client.post(f"/pekerja/desa/{CITEPUS}/unduh/", {"because": "pendaftaran kolektif"})
    assert not AuditEvent.objects.filter(action="people_taken").exists()


def test_the_changes_since_the_measured_day_before_are_kept_also_when_that_day_is_measured_later(filled):
    client = signed_in()
    assert "Perubahan sejak" not in client.get(f"/wilayah/{CITEPUS}/").content.decode()
    refresh_measures(date(2025, 10, 31))
    page = client.get(f"/wilayah/{CITEPUS}/?on=2026-10-31").content.decode()
    assert "Perubahan sejak 31 Oktober 2025" in page
    assert "Perubahan sejak" not in client.get(f"/wilayah/{CITEPUS}/?on=2025-10-31").content.decode()
