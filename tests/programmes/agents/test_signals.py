"""Questions about portfolios: found at every measuring, answered by an officer, open anew when they grow."""

from __future__ import annotations

from datetime import date

import pytest

from jangkau.programmes.agents import queries
from jangkau.programmes.agents.models import Agent, Signal
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.access.permissions import Scope

OFFICE = "Koperasi Sagaldipa"
PHONE, ACCOUNT = "0899 1234 567", "7712345678"


@pytest.fixture
def fill(agents_list, members, run):
    """Ten recruits of March 2025 paid a month or two; six others share a phone, five of them an account."""

    def write(crowd: int = 6) -> None:
        honest = [(OFFICE, "Andi Juliana", date(2025, 1 + n % 8, 9), n) for n in range(200, 260)]
        brief = [(OFFICE, "Ecin Mardiana", date(2025, 3, 9), n) for n in range(300, 310)]
        helped = [(OFFICE, "Ecin Mardiana", date(2025, 6, 9), n) for n in range(320, 320 + crowd)]
        phones = dict.fromkeys(range(320, 320 + crowd), PHONE) | {321: "+62 899-1234-567"}
        accounts = dict.fromkeys(range(320, 325), ACCOUNT)
        agents_list(honest + brief + helped, phones=phones, accounts=accounts)
        members(
            dict.fromkeys((*range(200, 260), *range(320, 320 + crowd)), "2026-10")
            | {n: f"2025-0{3 + n % 2}" for n in range(300, 310)}
        )
        run()

    return write


def test_patterns_become_questions_that_are_answered_and_open_anew_when_they_grow(fill, whole, signed_in):
    fill()
    found = {signal.kind: signal for signal in queries.signals(whole)}
    assert {kind: (signal.agent.name, signal.n) for kind, signal in found.items()} == {
        "shared_phone": ("Ecin Mardiana", 6), "shared_account": ("Ecin Mardiana", 5),
        "brief_members": ("Ecin Mardiana", 10)}  # fmt: skip
    assert all(0.5 <= signal.confidence < 1 for signal in found.values())
    client = signed_in(None)
    page = client.get("/perisai/sinyal/").content.decode()
    assert "10 dari 10 anggota yang mendaftar Maret 2025 hanya membayar satu atau dua bulan" in page
    assert "bukan tuduhan" in page
    number = found["shared_phone"].pk
    assert PHONE not in client.get(f"/perisai/sinyal/{number}/").content.decode()
    assert client.post(f"/perisai/sinyal/{number}/", {"state": "explained", "answer": " "}).status_code == 200
    said = {"state": "explained", "answer": "Agen menolong orang tua tanpa HP."}
    assert client.post(f"/perisai/sinyal/{number}/", said).status_code == 302
    assert AuditEvent.objects.filter(action="agent_signal_answered").count() == 1
    fill(crowd=6)  # measured again: the same people
    assert Signal.objects.get(pk=number).state == "explained" and Signal.objects.count() == 3
    fill(crowd=8)
    grown = Signal.objects.get(kind="shared_phone")
    assert (grown.pk, grown.n, grown.state, grown.answer) == (number, 8, "open", said["answer"])
    fill(crowd=3)  # a neighbour who helps three
    assert not Signal.objects.filter(kind="shared_phone").exists()


def test_who_sees_a_question(fill, signed_in):
    fill()
    assert not queries.signals(Scope(("32.02.16",))).exists()
    ecin = Agent.objects.get(name="Ecin Mardiana")
    client = signed_in("32.02.16")
    user = client.session["_auth_user_id"]
    Agent.objects.filter(pk=ecin.pk).update(user_id=user)
    assert client.get(f"/perisai/sinyal/{Signal.objects.first().pk}/").status_code == 404  # not about oneself
    reader = signed_in("32.02", name="pembaca", role="reader")
    number = Signal.objects.get(kind="shared_phone").pk
    assert "nav" in reader.get(f"/perisai/sinyal/{number}/").content.decode()
    reader.post(f"/perisai/sinyal/{number}/", {"state": "explained", "answer": "begitu saja"})
    assert Signal.objects.get(pk=number).state == "open"
