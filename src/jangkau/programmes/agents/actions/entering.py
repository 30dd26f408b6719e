"""What people enter: offices, agents, recruits, who is meant by a name, and which account is an agent's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.core.linkage.agent_names import may_be_same, name_key, office_key
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.models import Acquisition, Agent, Office, Rates, Signal, WrittenName
from jangkau.registry.access.actions import create_account, record
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.people.models import Person


@transaction.atomic
def add_office(scope: Scope, name: str, *, by: User | None) -> Office:
    """A new office; raises Refused when it is there already."""
    require_write(scope)
    office, is_new = Office.objects.get_or_create(key=office_key(name), defaults={"name": name, "entered_by": by})
    if not is_new:
        raise Refused("Kantor ini sudah ada.", "This office is there already.")
    record(by=by, action="office_added", subject=f"office {office.pk}")
    return office


@transaction.atomic
def add_agent(scope: Scope, office: Office, fields: dict[str, Any], *, by: User | None) -> Agent:
    """A new agent of an office; raises Refused when the office has one of that name or the area is not one's own."""
    require_write(scope)
    _require_area(scope, fields.get("area_id"))
    if any(name_key(other.name) == name_key(fields["name"]) for other in office.agents.all()):
        raise Refused(
            "Kantor ini sudah punya agen dengan nama itu. Tambahkan nama kedua bila orangnya lain.",
            "This office has an agent of that name already. Add a second name if it is somebody else.",
        )
    agent = Agent.objects.create(office=office, area_told=bool(fields.get("area_id")), entered_by=by, **fields)
    record(by=by, action="agent_added", subject=f"agent {agent.pk}")
    return agent


@transaction.atomic
def change_agent(scope: Scope, agent: Agent, fields: dict[str, Any], *, by: User | None) -> None:
    """Area, contract and state of an agent anew."""
    require_write(scope)
    _require_area(scope, fields.get("area_id"))
    for name, value in fields.items():
        setattr(agent, name, value)
    agent.area_told = agent.area_id is not None
    agent.save(update_fields=[*fields, "area_told"])
    record(by=by, action="agent_changed", subject=f"agent {agent.pk}", state=agent.state)


@transaction.atomic
def settle_name(scope: Scope, written: WrittenName, agent: Agent | None, *, by: User | None) -> Agent:
    """Says who is meant by a name in lists: an agent, or somebody of that name who is none of those known."""
    require_write(scope)
    if agent is None:
        agent = Agent.objects.create(office=written.office, name=written.name.title(), entered_by=by)
    written.agent, written.state = agent, WrittenName.State.TOLD
    written.settled_at, written.settled_by = timezone.now(), by
    written.save(update_fields=["agent", "state", "settled_at", "settled_by"])
    moved = Acquisition.objects.filter(written=written).update(agent=agent)
    record(by=by, action="agent_name_settled", subject=f"agent {agent.pk}", rows=moved)
    return agent


@transaction.atomic
def answer_signal(scope: Scope, signal: Signal, state: str, words: str, *, by: User | None) -> None:
    """What an officer found out; without words it is refused."""
    require_write(scope)
    if not words.strip():
        raise Refused("Tulis apa yang ditemukan.", "Write what was found.")
    signal.state, signal.answer = state, words.strip()[:500]
    signal.answered_at, signal.answered_by = timezone.now(), by
    signal.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    record(by=by, action="agent_signal_answered", subject=f"signal {signal.pk}", kind=signal.kind, state=state)


@transaction.atomic
def link_user(scope: Scope, agent: Agent, user: User | None, *, by: User | None) -> None:
    """The account with which an agent sees the own portfolio; None takes it away."""
    _require_whole(scope)
    if user is not None and Agent.objects.filter(user=user).exclude(pk=agent.pk).exists():
        raise Refused("Akun ini sudah milik agen lain.", "This account belongs to another agent.")
    agent.user = user
    agent.save(update_fields=["user"])
    record(by=by, action="agent_account_linked", subject=f"agent {agent.pk}", user=user.pk if user else None)


@transaction.atomic
def open_account(scope: Scope, agent: Agent, username: str, password: str, *, by: User | None) -> None:
    """Links the account of that name, or a new one; a new one needs a password."""
    _require_whole(scope)
    user = User.objects.filter(username=username).first()
    if user is None and not password:
        raise Refused(
            "Akun itu belum ada. Isi kata sandi pertamanya.", "There is no such account. Enter its first password."
        )
    if user is not None and password:
        raise Refused(
            "Akun itu sudah ada; kosongkan kata sandinya untuk memakainya.",
            "This account exists; leave the password empty to use it.",
        )
    link_user(scope, agent, user or create_account(username, password, by=by), by=by)


@transaction.atomic
def enter_recruit(scope: Scope, agent: Agent, fields: dict[str, Any], *, today: date, by: User | None) -> Acquisition:
    """A new recruit, by the agent or an officer. A person whom the register knows by this NIK and name is linked at
    once (a number alone shows nobody a stranger); another waits until a list brings the person. Raises Refused for a
    NIK that is entered for this agent already."""
    if not queries.is_own(scope, agent):
        require_write(scope)
        if not queries.agents(scope).filter(pk=agent.pk).exists():
            raise Refused("Agen ini di luar wilayah Anda.", "This agent is outside your areas.")
    if fields["registered_on"] > today:
        raise Refused("Tanggal daftar belum tiba.", "The day of registration is in the future.")
    known = Person.objects.filter(nik=fields["nik"]).order_by("pk")
    person = next((p for p in known if may_be_same(fields["name"], p.name or "")), None)
    mine = Acquisition.objects.filter(agent=agent)
    if mine.filter(nik=fields["nik"]).exists() or (person and mine.filter(person_id=person.pk).exists()):
        raise Refused("NIK ini sudah ada di portofolio agen.", "This NIK stands in the agent's portfolio already.")
    found = Acquisition.objects.create(agent=agent, person=person, entered_at=timezone.now(), entered_by=by, **fields)
    Agent.objects.filter(pk=agent.pk).update(recruits=agent.recruits + 1)
    record(by=by, action="recruit_entered", subject=f"agent {agent.pk}", acquisition=found.pk)
    return found


@transaction.atomic
def enter_rates(scope: Scope, fields: dict[str, Any], *, by: User | None) -> Rates:
    """Rates for months of which no law is known. Raises Refused when others stand for a part of those months."""
    _require_whole(scope)
    others = Rates.objects.filter(office=fields["office"], withdrawn_at=None)
    if fields["until"]:
        others = others.filter(since__lte=fields["until"])
    if others.filter(Q(until=None) | Q(until__gte=fields["since"])).exists():
        raise Refused(
            "Untuk sebagian bulan itu sudah ada tarif. Tarik kembali tarif yang lama dahulu.",
            "There are rates for some of these months already. Take the old ones back first.",
        )
    rates = Rates.objects.create(entered_by=by, **fields)
    record(by=by, action="incentive_rates_entered", subject=f"rates {rates.pk}", source=rates.source)
    return rates


@transaction.atomic
def withdraw_rates(scope: Scope, rates: Rates, *, by: User | None) -> None:
    """Takes rates back; they stay in the record."""
    _require_whole(scope)
    if rates.withdrawn_at is None:
        rates.withdrawn_at, rates.withdrawn_by = timezone.now(), by
        rates.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(by=by, action="incentive_rates_withdrawn", subject=f"rates {rates.pk}")


def _require_whole(scope: Scope) -> None:
    require_write(scope)
    if not scope.allows(None):
        raise Refused(
            "Tarif dan akun hanya diisi oleh pengelola seluruh register.",
            "Only those who look after the whole register enter rates and accounts.",
        )


def _require_area(scope: Scope, area: str | None) -> None:
    if area is not None and not scope.allows(area):
        raise Refused("Wilayah ini di luar wilayah Anda.", "This area is outside your areas.")
