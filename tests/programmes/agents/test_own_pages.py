"""An agent's account sees the own portfolio, enters recruits there, and sees nothing else of the register."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.programmes.agents.conftest import somebody

from jangkau.core.kernel import Refused
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.actions import link_user, open_account
from jangkau.programmes.agents.models import Acquisition, Agent
from jangkau.registry.access.models import AuditEvent, User
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.people.models import Person

OFFICE = "Koperasi Sagaldipa"
PASSWORD = "kebun-teh-pagi-7"


@pytest.fixture
def agent(agents_list, members, run, whole) -> Agent:
    agents_list(
        [(OFFICE, "Andi Juliana", date(2026, 3, 5), n) for n in range(400, 406)]
        + [(OFFICE, "Ecin Mardiana", date(2026, 3, 5), n) for n in range(410, 413)]
    )
    members({400: "2026-10", 401: "2026-09", 402: "2026-08", 403: "2026-07", 404: "2026-05", 410: "2026-10"})
    run()
    found = Agent.objects.get(name="Andi Juliana")
    open_account(whole, found, "andi", PASSWORD, by=None)
    found.refresh_from_db()
    return found


@pytest.fixture
def client(agent) -> Client:
    made = Client(headers={"host": "localhost"})
    made.force_login(agent.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def test_who_is_due_and_who_is_about_to_lapse(agent):
    own = scope_of(agent.user)
    month = date(2026, 10, 1)
    due = {one.kpj for one in queries.due(own, agent, month)}
    assert due == {somebody(n)[0] for n in (401, 402, 403)}
    assert {one.kpj for one in queries.about_to_lapse(own, agent, month)} == {somebody(n)[0] for n in (402, 403)}


def test_the_own_portfolio_on_a_page(agent, client):
    assert client.get("/").url == "/perisai/saya/" and client.get("/perisai/").status_code == 403
    page = client.get("/perisai/saya/").content.decode()
    assert "4 dari 6 anggota Anda masih membayar" in page and "jatuh tempo 15 Oktober 2026" in page
    assert page.count("dibayar sampai") == 3 and "tel:0812" in page
    assert all(somebody(n)[1] not in page for n in range(400, 406))
    assert client.get("/perisai/saya/?tampil=all").content.decode().count("people-list") == 1
    assert client.get("/perisai/saya/insentif/").status_code == 200


def test_an_agent_sees_nothing_else(agent, client):
    own, other = scope_of(agent.user), Agent.objects.get(name="Ecin Mardiana")
    assert list(queries.agents(own)) == [agent]
    assert queries.recruits(own, other).count() == 0 and queries.villages(own) == []
    person = Person.objects.order_by("pk").first()
    for address in (f"/perisai/agen/{other.pk}/", f"/perisai/agen/{other.pk}/insentif/", f"/pekerja/{person.pk}/"):
        assert client.get(address).status_code in (403, 404), address
    assert client.get("/wilayah/32.02.01/").status_code == 403
    client.post(f"/perisai/agen/{agent.pk}/ubah/", {"state": "ended"})
    client.post(f"/perisai/agen/{agent.pk}/unduh/", {"because": "ingin tahu"})
    client.post(f"/perisai/agen/{agent.pk}/akun/", {"username": "lain", "password": PASSWORD})
    agent.refresh_from_db()
    assert agent.state == "active" and not User.objects.filter(username="lain").exists()
    assert not AuditEvent.objects.filter(action="portfolio_taken").exists()


def test_a_recruit_of_ones_own(agent, client, run):
    _, nik, name, _ = somebody(420)
    told = {"nik": nik[:15], "name": name, "birth_date": "1980-04-16", "registered_on": "2026-10-20"}
    assert "16 angka" in client.post("/perisai/saya/anggota-baru/", told).content.decode()
    assert client.post("/perisai/saya/anggota-baru/", told | {"nik": nik}).status_code == 302
    entered = Acquisition.objects.get(nik=nik)
    assert (entered.agent, entered.entered_by) == (agent, agent.user)
    _, known, its_name, _ = somebody(410)  # recruited by another agent, and known to the register
    assert client.post("/perisai/saya/anggota-baru/", told | {"nik": known, "name": its_name}).status_code == 302
    assert Acquisition.objects.get(nik=known).person.nik == known
    stranger = somebody(411)[1]  # a number without the name shows nobody a stranger
    assert client.post("/perisai/saya/anggota-baru/", told | {"nik": stranger, "name": "Bukan Dia"}).status_code == 302
    assert Acquisition.objects.get(nik=stranger).person_id is None
    run()
    assert Acquisition.objects.get(nik=stranger).person_id is None
    again = client.post("/perisai/saya/anggota-baru/", told | {"nik": known})
    assert "sudah ada di portofolio" in again.content.decode()


def test_accounts_are_opened_by_those_who_see_the_whole_register_once_each(agent, whole):
    other = Agent.objects.get(name="Ecin Mardiana")
    for scope, username, password in [
        (Scope(("32.02.01",), may_write=True), "ecin", PASSWORD),
        (whole, "tidak-ada", ""),
        (whole, "andi", PASSWORD),
        (whole, "andi", ""),  # belongs to another agent
    ]:
        with pytest.raises(Refused):
            open_account(scope, other, username, password, by=None)
    link_user(whole, agent, None, by=None)
    open_account(whole, other, "andi", "", by=None)
    assert AuditEvent.objects.filter(action="agent_account_linked").count() == 3
