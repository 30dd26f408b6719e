"""Lists of agents become offices, agents and recruits; they go with the list; whoever may see them sees them once."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from tests.programmes.agents.conftest import AS_OF, somebody

from jangkau.core.kernel import Refused
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.actions import enter_recruit, settle_name
from jangkau.programmes.agents.models import Acquisition, Agent, Office, WrittenName
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.actions import take_back_list
from jangkau.registry.lists.models import Kind, SentList

SAGA, TIRMA = "Koperasi Sagaldipa", "Koperasi Tirmaruga"


def at(month: int, year: int = 2026) -> date:
    return date(year, month, 10)


@pytest.fixture
def filled(agents_list, members, run):
    agents_list(
        [(SAGA, "Andi Juliana", at(1, 2025), n) for n in range(1, 13)]
        + [("Kop. Sagaldipa", "ANDI J.", at(2, 2025), 13), (SAGA, "Andi Julaina", at(2, 2025), 14)]
        + [(TIRMA, "Ecin Mardiana", at(6), n) for n in range(20, 23)]
        + [(TIRMA, "Ecin Maryana", at(6), 30), (TIRMA, "Ecin Mardiana", at(7), 20)]
    )
    members(dict.fromkeys(range(1, 11), "2026-10") | {11: "2025-03", 12: "2026-07", 20: "2026-09", 21: "2026-06"})
    run()


def test_a_list_becomes_offices_agents_and_recruits(filled):
    assert set(Office.objects.values_list("key", flat=True)) == {"KOPERASI SAGALDIPA", "KOPERASI TIRMARUGA"}
    andi = Agent.objects.get(name="Andi Juliana")
    assert (andi.recruits, andi.active) == (14, 11)  # written in three ways; July is three months ago
    assert andi.area_id == "32.02.01"
    assert dict(andi.written_names.values_list("name", "state")) == {
        "ANDI JULIANA": "new", "ANDI J.": "short", "ANDI JULAINA": "slip"}  # fmt: skip
    ecin = Agent.objects.get(name="Ecin Mardiana")
    assert (ecin.recruits, ecin.active, ecin.last_active_month) == (3, 1, date(2026, 9, 1))  # number 20 stands twice
    assert Acquisition.objects.exclude(person=None).count() == 19
    states = dict(Acquisition.objects.filter(agent=ecin, repeats=False).values_list("kpj", "standing"))
    assert states == {somebody(20)[0]: "paying", somebody(21)[0]: "lapsed", somebody(22)[0]: "unknown"}


def test_a_name_that_may_be_two_agents_waits_for_a_person(filled, whole):
    waiting = queries.unsure_names(whole).get()
    assert (waiting.name, waiting.state) == ("ECIN MARYANA", "unsure")
    assert waiting.candidates == [Agent.objects.get(name="Ecin Mardiana").pk]
    somebody_else = settle_name(whole, waiting, None, by=None)
    assert somebody_else.name == "Ecin Maryana"
    assert Acquisition.objects.get(kpj=somebody(30)[0]).agent == somebody_else
    assert not queries.unsure_names(whole).exists()


def test_a_list_that_is_taken_back_takes_its_recruits_along(filled, run):
    item = SentList.objects.get(kind=Kind.PERISAI)
    take_back_list(item, by=None)
    assert not Acquisition.objects.exists()
    run()  # and comes again, without a second agent
    assert Acquisition.objects.count() == 19
    assert Agent.objects.count() == 2 and WrittenName.objects.count() == 5
    assert Agent.objects.get(name="Andi Juliana").recruits == 14


def test_the_same_recruits_on_a_second_list_count_once(filled, agents_list, run):
    agents_list([(SAGA, "Andi Juliana", at(1, 2025), n) for n in range(10, 16)], "lists/bulan_depan.xlsx")
    run()
    assert Agent.objects.get(name="Andi Juliana").recruits == 15  # number 15 alone is new


def test_everybody_sees_the_own_area_alone(filled):
    palabuhanratu, cicurug = Scope(("32.02.01",)), Scope(("32.02.16",))
    andi = Agent.objects.get(name="Andi Juliana")
    assert list(queries.agents(cicurug)) == []
    assert queries.recruits(Scope(("32.02.16.2002",)), andi).count() == 4
    assert queries.recruits(palabuhanratu, andi).count() == 10
    assert {line["village_id"] for line in queries.villages(cicurug)} == {"32.02.16.2002"}
    assert queries.villages(Scope(())) == [] and list(queries.agents(Scope(()))) == []
    assert queries.retention(Scope(())).is_empty()


def test_pages_by_key_show_every_agent_and_recruit_once(filled, whole, monkeypatch):
    monkeypatch.setattr(queries, "ON_A_PAGE", 1)
    for order in queries.ORDERS:
        seen, after = [], None
        while True:
            page = queries.league(whole, order, after=after)
            seen += page.rows
            after = page.after
            if after is None:
                break
        assert sorted(agent.pk for agent in seen) == sorted(Agent.objects.values_list("pk", flat=True))
    monkeypatch.setattr(queries, "ON_A_PAGE", 5)
    andi, seen, after = Agent.objects.get(name="Andi Juliana"), [], None
    while True:
        page = queries.portfolio(whole, andi, after=after)
        seen += [one.pk for one in page.rows]
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 14


def test_a_recruit_is_entered_on_a_page_and_linked_when_a_list_brings_the_person(filled, whole, members, run):
    andi = Agent.objects.get(name="Andi Juliana")
    _, nik, name, _ = somebody(40)
    told = {"nik": nik, "name": name, "birth_date": date(1980, 2, 14), "registered_on": at(10), "village_id": None,
            "phone": "", "occupation": ""}  # fmt: skip
    entered = enter_recruit(whole, andi, told, today=AS_OF, by=None)
    assert entered.person_id is None
    with pytest.raises(Refused):
        enter_recruit(whole, andi, told, today=AS_OF, by=None)
    members({40: "2026-10"}, "lists/peserta_baru.csv")
    run()
    entered.refresh_from_db()
    assert entered.person.nik == nik and entered.standing == "paying"
    assert not any(nik in str(event.detail) for event in AuditEvent.objects.all())


def test_the_pages_of_agents(filled, signed_in):
    client = signed_in(None)
    andi = Agent.objects.get(name="Andi Juliana")
    page = client.get("/perisai/").content.decode()
    assert "12 dari 17 anggota yang direkrut 2 agen masih membayar" in page and "1 nama agen belum pasti" in page
    for address in ("/perisai/?urut=recruits&tahun=2025", "/perisai/desa/", "/perisai/nama/", "/perisai/tambah/",
                    f"/perisai/agen/{andi.pk}/?keadaan=lapsed", f"/perisai/agen/{andi.pk}/ubah/",
                    f"/perisai/agen/{andi.pk}/anggota-baru/"):  # fmt: skip
        assert client.get(address).status_code == 200, address
    assert "cocok dengan: Ecin Mardiana" in client.get("/perisai/nama/").content.decode()
    assert somebody(1)[1] not in client.get(f"/perisai/agen/{andi.pk}/").content.decode()
    assert "Anggota Perisai tinggal di" in client.get("/perisai/desa/").content.decode()
    book = client.get("/perisai/desa/unduh/").content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sum(row[3] for row in rows[4:]) == sum(line["recruits"] for line in queries.villages(Scope(("32.02",)))) > 0
    book = client.get("/perisai/unduh/").content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[6:8] for row in rows[4:]] == [[14.0, 11.0], [3.0, 1.0]]
    taken = client.post(f"/perisai/agen/{andi.pk}/unduh/", {"because": "dikirim ke cabang"})
    rows = CalamineWorkbook.from_filelike(BytesIO(taken.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 18 and rows[-1][1] == somebody(1)[1]
    assert AuditEvent.objects.filter(action="portfolio_taken").count() == 1


def test_agents_are_added_changed_and_named_on_pages(filled, signed_in):
    client = signed_in(None)
    told = {"name": "Baru Sekali", "office": "kop sagaldipa", "area_id": "32.02.16", "state": "active"}
    assert client.post("/perisai/tambah/", told).status_code == 302
    agent = Agent.objects.get(name="Baru Sekali")
    assert agent.office.key == "KOPERASI SAGALDIPA" and agent.area_id == "32.02.16"
    again = client.post("/perisai/tambah/", told)
    assert "sudah punya agen dengan nama itu" in again.content.decode()
    wrong = {"state": "ended", "contract_from": "2026-05-01", "contract_until": "2026-04-01"}
    assert client.post(f"/perisai/agen/{agent.pk}/ubah/", wrong).status_code == 200
    assert client.post(f"/perisai/agen/{agent.pk}/ubah/", {"state": "ended"}).status_code == 302
    agent.refresh_from_db()
    assert (agent.state, agent.area_id) == ("ended", None)
    waiting = WrittenName.objects.get(state="unsure")
    ecin = Agent.objects.get(name="Ecin Mardiana")
    assert client.post(f"/perisai/nama/{waiting.pk}/", {"agent": ecin.pk}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.agent == ecin


def test_who_may_only_look_changes_nothing(filled, signed_in):
    client = signed_in("32.02", role="reader")
    andi = Agent.objects.get(name="Andi Juliana")
    before = Agent.objects.count(), Acquisition.objects.count()
    client.post("/perisai/tambah/", {"name": "Baru Sekali", "office": SAGA, "state": "active"})
    client.post(f"/perisai/agen/{andi.pk}/ubah/", {"state": "ended"})
    client.post(f"/perisai/agen/{andi.pk}/unduh/", {"because": "ingin tahu"})
    waiting = WrittenName.objects.get(state="unsure")
    client.post(f"/perisai/nama/{waiting.pk}/", {"agent": andi.pk})
    assert (Agent.objects.count(), Acquisition.objects.count()) == before
    andi.refresh_from_db()
    assert andi.state == "active" and WrittenName.objects.get(pk=waiting.pk).agent is None
