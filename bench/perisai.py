"""The pages of Perisai with an agent for every 25 workers and 4 recruits for each worker (2,000 and 200,000 as a rule)
and how long the figures of all agents take after a measuring: rows inserted in bulk, the largest portfolio asked for,
pages deep in a list too. Called by `python -m bench`."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from django.conf import settings
from django.test import Client

from bench.outcome import Outcome
from bench.steps import AS_OF, User, main, timed  # and Django is set up
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.actions import refresh_portfolios
from jangkau.programmes.agents.models import Acquisition, Agent, Office, Signal, WrittenName
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.events import MeasuresRefreshed
from jangkau.registry.lists.models import Appearance, Kind, SentList, State
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Membership, Person

ROUNDS = 20
FIRST = 10**9  # numbers of people that no other step gives


def step_agents(folder: Path, workers: int) -> Outcome:
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    set_fact("as_of", AS_OF.isoformat())
    agents, recruits = workers // 25, 4 * workers
    _insert(agents // 10, agents, recruits)
    figures = timed(lambda: refresh_portfolios(MeasuresRefreshed(AS_OF)))
    again = timed(lambda: refresh_portfolios(MeasuresRefreshed(AS_OF)))
    told = {name: _p95(client, address) for client, pages in _pages(agents) for name, address in pages.items()}
    floor = timed(lambda: Acquisition.objects.count())
    pages = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in told.items())
    amount = f"{agents:,} agents, {recruits:,} recruits; figures {figures:.1f} s, again {again:.1f} s; p95: {pages}"
    return max(told.values()), "the recruits counted in the database", floor, amount


def _insert(office_count: int, agent_count: int, count: int) -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    offices = Office.objects.bulk_create(
        [Office(name=f"Koperasi {n}", key=f"KOPERASI {n}") for n in range(office_count)]
    )
    villages = [region.code for region in gazetteer().inside(settings.JANGKAU_AREA, "village")]
    agents = Agent.objects.bulk_create(
        [
            Agent(office=offices[n % office_count], name=f"Agen {n}", area_id=villages[n % len(villages)])
            for n in range(agent_count)
        ]
    )
    WrittenName.objects.bulk_create(
        [WrittenName(office=offices[n], name=f"AGEN {n}", state="unsure") for n in range(office_count)]
    )
    share = 1 / (np.arange(agent_count) + 20.0)
    agent = rng.choice([agent.pk for agent in agents], count, p=share / share.sum())
    person = FIRST + np.arange(count)
    days = (AS_OF - date(2016, 1, 1)).days
    start = np.datetime64("2016-01-01") + rng.integers(0, days, count)
    until = np.minimum(start.astype("datetime64[M]") + rng.integers(0, 80, count), np.datetime64("2026-10"))
    village = pl.Series(villages).gather(rng.integers(0, len(villages), count))
    kpj = pl.Series([f"{n:011d}" for n in range(count)])
    people = pl.DataFrame(
        {
            "id": person, "name": [f"ORANG {n}" for n in range(count)], "village_id": village,
            "nik": [f"3202{n:012d}" for n in range(count)], "deceased": False, "moved_out": False,
            "birth_date": pl.Series(np.datetime64("1960-01-01") + rng.integers(0, 15_000, count)).cast(pl.Date),
        }
    )  # fmt: skip
    members = pl.DataFrame(
        {"person_id": person, "list_number": 0, "kpj": kpj, "segment": "bpu", "programmes": "jkk,jkm",
         "paid_until": pl.Series(until.astype("datetime64[D]")).cast(pl.Date),
         "monthly_income": rng.integers(10, 40, count) * 100_000}
    )  # fmt: skip
    item = SentList.objects.create(sha256="perisai", path="perisai.xlsx", kind=Kind.PERISAI, state=State.PUBLISHED)
    bulk.upsert(Person, people)
    bulk.insert(Membership, members)
    line = pl.int_range(count, eager=True, dtype=pl.Int32)
    bulk.insert(Appearance, pl.DataFrame({"line": line, "person_id": person, "sent_list_id": item.pk}))
    recruits = pl.DataFrame(
        {"agent_id": agent, "person_id": person, "village_id": village, "kpj": kpj, "list_number": item.pk,
         "line": line, "registered_on": pl.Series(start).cast(pl.Date), "repeats": False, "standing": "unknown",
         "phone": [f"08{n // 3:010d}" for n in range(count)]}
    )  # fmt: skip
    bulk.insert(Acquisition, recruits)


def _pages(agents: int) -> list[tuple[Client, dict[str, str]]]:
    largest = Agent.objects.order_by("-recruits").first()
    signal = Signal.objects.order_by("-n").first()
    assert largest is not None and signal is not None
    officer = User.objects.create(username="officer-of-agents", is_superuser=True)
    largest.user = User.objects.create(username="largest")
    largest.save(update_fields=["user"])
    whole = Scope((settings.JANGKAU_AREA,))
    deep = queries.portfolio(whole, largest, after=Acquisition.objects.filter(agent=largest)[largest.recruits // 2].pk)
    middle = list(queries.agents(whole).order_by("-kept_low", "pk"))[agents // 2].pk
    agent = f"/perisai/agen/{largest.pk}/"
    seen = {
        "agents": "/perisai/", "agents deep": f"/perisai/?urut=kept&sesudah={middle}",
        "of a year": "/perisai/?tahun=2020",
        "villages": "/perisai/desa/", "agent": agent, "agent deep": f"{agent}?sesudah={deep.after}",
        "lapsed": f"{agent}?keadaan=lapsed", "incentives": f"{agent}insentif/", "rates": "/perisai/tarif/",
        "questions": "/perisai/sinyal/", "question": f"/perisai/sinyal/{signal.pk}/", "names": "/perisai/nama/",
        "form": f"{agent}anggota-baru/",
    }  # fmt: skip
    own = {"own": "/perisai/saya/", "own all": f"/perisai/saya/?tampil=all&sesudah={deep.after}",
           "own incentives": "/perisai/saya/insentif/"}  # fmt: skip
    return [(_signed_in(officer), seen), (_signed_in(largest.user), own)]


def _signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _p95(client: Client, address: str) -> float:
    """The time within which 95 of 100 answers came, in this process."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        status = client.get(address).status_code
        times.append(time.perf_counter() - started)
        assert status == 200, (address, status)
    return sorted(times[1:])[round(0.95 * (ROUNDS - 2))]
