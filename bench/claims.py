"""Pages of claims at the size of a regency: dead members with and without a claim, claims that run and were paid,
reports of villages, scholarships. The time within which 95 of 100 answers came, with its CPU. Called by
`python -m bench`; it needs no other step."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client

from bench.outcome import Outcome
from bench.steps import AS_OF, User, gazetteer, main, timed  # and Django is set up
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.opening import open_on_deaths
from jangkau.programmes.claims.models import Child, EventReport
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.actions import move_cases
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.models import Membership, Person

ROUNDS, UNDATED_OF = 20, 20  # every 20th death has no day
PAGES = {
    "rights": "/hak/", "deep": "/hak/?page=60", "undated": "/hak/tanpa-tanggal/", "desk": "/hak/orang/4/",
    "claims": "/hak/klaim/", "reports": "/hak/laporan/",
    "reports without a claim": "/hak/laporan/?waiting=1", "scholarships": "/hak/beasiswa/",
    "board": "/perkara/jenis/claims/", "profile": "/pekerja/4/",
}  # fmt: skip


def step_claims(folder: Path, workers: int) -> Outcome:
    """`workers` / 200 dead members (about two years of deaths among the covered), half of them claimed, half of those
    paid; as many reports of villages."""
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    set_fact("as_of", AS_OF.isoformat())
    user = User.objects.create_user("desk", is_superuser=True)
    scope = Scope((settings.JANGKAU_AREA,), may_write=True, user=user)
    dead = workers // 200
    _bury(dead)
    _claim(scope, dead)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {name: _p95(client, address) for name, address in PAGES.items()}
    floor, _cpu = _p95(client, "/hidup/")
    pages = ", ".join(f"{name} {1000 * wall:.0f} ({1000 * cpu:.0f})" for name, (wall, cpu) in told.items())
    results = queries.results(scope)
    amount = f"{dead:,} dead members, {results.open + results.paid:,} claims; p95 (CPU) in ms: {pages}"
    return max(wall for wall, _cpu in told.values()), "a page that says ok, p95", floor, amount


def _bury(dead: int) -> None:
    villages = [str(region.code) for region in gazetteer().inside(settings.JANGKAU_AREA, "village")]
    people = [
        Person(
            id=n, name=f"ALMARHUM REKAAN {n}", nik=f"32020112{n:08d}", village_id=villages[n % len(villages)],
            district_id=villages[n % len(villages)][:8], birth_date=date(1970, 1, 1) + timedelta(days=n % 9000),
            deceased=True, deceased_on=None if n % UNDATED_OF == 0 else AS_OF - timedelta(days=n % 700),
        )
        for n in range(1, dead + 1)
    ]  # fmt: skip
    Person.objects.bulk_create(people, batch_size=1000)
    Membership.objects.bulk_create(
        [
            Membership(
                person=person, list_number=1, kpj=str(person.pk), segment="bpu", programmes="JKK,JKM",
                since=date(2019, 1, 1), paid_until=(person.deceased_on or AS_OF).replace(day=1),
                monthly_income=1_000_000,
            )
            for person in people
        ],
        batch_size=1000,
    )  # fmt: skip
    EventReport.objects.bulk_create(
        [
            EventReport(
                name=person.name or "", nik=person.nik or "", village_id=person.village_id, event="death",
                event_on=person.deceased_on, person=person,
            )
            for person in people
            if person.deceased_on
        ],
        batch_size=1000,
    )  # fmt: skip


def _claim(scope: Scope, dead: int) -> None:
    """The first half is claimed; of those every second is paid, with a child at school each."""
    on = AS_OF - timedelta(days=30)
    open_on_deaths(scope, range(1, dead // 2), on=on, by=scope.user)
    paid = list(queries.claims(scope).order_by("pk").values_list("pk", flat=True)[::2])
    facts = {"paid": 42_000_000, "paid_on": on.isoformat()}
    for step, more in (("hand_in_death", {}), ("pay", facts)):
        assert move_cases(paid, step, on=on, facts=more, by=scope.user).moved == len(paid)
    Child.objects.bulk_create(
        Child(case_id=number, name=f"ANAK {number}", birth_date=date(2014, 2, 1), level="sd") for number in paid
    )


def _p95(client: Client, address: str) -> tuple[float, float]:
    assert client.get(address).status_code == 200, address
    both = [_asked(client, address) for _ in range(ROUNDS)]
    at = int(0.95 * ROUNDS) - 1
    return sorted(wall for wall, _cpu in both)[at], sorted(cpu for _wall, cpu in both)[at]


def _asked(client: Client, address: str) -> tuple[float, float]:
    cpu = time.process_time()
    wall = timed(lambda: client.get(address))
    return wall, time.process_time() - cpu
