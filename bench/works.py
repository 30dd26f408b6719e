"""5,000 village works with 60,000 workers on their rosters: every page of Proyek desa, the time within which 95 of 100
answers came, and how long all of them are counted anew. Called by `python -m bench`; it needs no other step."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from django.conf import settings
from django.db import transaction
from django.test import Client

from bench.outcome import Outcome
from bench.steps import AS_OF, User, gazetteer, main, timed  # and Django is set up
from jangkau.core.synthetic import names, words
from jangkau.programmes.construction.actions.assessing import assess
from jangkau.programmes.construction.actions.budgets import match_lines
from jangkau.programmes.construction.models import BudgetLine, RosterLine, Transition, Work
from jangkau.programmes.construction.states import State
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.models import Membership, Person

WORKS, CREW, PEOPLE, ROUNDS = 5_000, 12, 40_000, 20
PAGES = {
    "list": "/proyek-desa/", "open": "/proyek-desa/?gap=open", "district": "/proyek-desa/?region=32.02.01",
    "words": "/proyek-desa/?q=jembatan", "deep": "/proyek-desa/?after=2500", "gaps": "/proyek-desa/celah/",
    "budget": "/proyek-desa/anggaran/", "missing": "/proyek-desa/anggaran/?finding=missing",
    "builders": "/proyek-desa/calon-bpu/", "work": "/proyek-desa/2500/", "new": "/proyek-desa/baru/",
}  # fmt: skip


def step_works(folder: Path, workers: int) -> Outcome:
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    set_fact("as_of", AS_OF.isoformat())
    with transaction.atomic():
        _fill(np.random.Generator(np.random.PCG64([1, 41])))
    counted = timed(lambda: assess(None, AS_OF))
    matched = timed(lambda: match_lines(None, AS_OF))
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    client = Client(headers={"host": "localhost"})
    user = User.objects.create_user("works", is_superuser=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {}
    for name, address in PAGES.items():
        assert client.get(address).status_code == 200, address
        times = sorted(timed(lambda address=address: client.get(address)) for _ in range(ROUNDS))
        told[name] = times[int(0.95 * ROUNDS) - 1]
    floor = sorted(timed(lambda: client.get("/hidup/")) for _ in range(ROUNDS))[int(0.95 * ROUNDS) - 1]
    pages = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in told.items())
    anew = f"counted in {counted:.1f} s, matched in {matched:.1f} s"
    amount = f"{WORKS:,} works, {WORKS * CREW:,} workers; {anew}; p95: {pages}"
    return max(told.values()), "a page that says ok, p95", floor, amount


def _fill(rng: np.random.Generator) -> None:
    villages = pl.Series([str(region.code) for region in gazetteer().inside(settings.JANGKAU_AREA, "village")])
    home = villages.gather(rng.integers(len(villages), size=PEOPLE))
    numbers = np.arange(1, PEOPLE + 1)
    bulk.insert(Person, pl.DataFrame({
        "id": numbers, "village_id": home, "district_id": home.str.slice(0, 8), "sex": ["L"] * PEOPLE,
        "nik": [f"3202{number:012d}" for number in numbers], "birth_date": [date(1985, 1, 1)] * PEOPLE,
        "name": names.spell(names.draw(rng, np.zeros(PEOPLE, dtype=bool))), "deceased": [False] * PEOPLE,
        "moved_out": [False] * PEOPLE,
    }))  # fmt: skip
    members = numbers[rng.random(PEOPLE) < 0.4]
    bulk.insert(Membership, pl.DataFrame({"person_id": members}).with_columns(
        list_number=pl.lit(0, dtype=pl.Int64), paid_until=pl.lit(date(2026, 9, 1))
    ))  # fmt: skip
    begin = [AS_OF - timedelta(days=int(ago)) for ago in rng.integers(-20, 700, WORKS)]
    paid = rng.random(WORKS) < 0.7
    value = rng.integers(40, 400, WORKS) * 1_000_000
    works = pl.DataFrame({
        "village_id": villages.gather(rng.integers(len(villages), size=WORKS)), "value": value, "starts_on": begin,
        "activity": pl.Series(words.BUDGET_WORKS).gather(rng.integers(len(words.BUDGET_WORKS), size=WORKS)),
        "ends_on": [day + timedelta(days=60) for day in begin], "registered": paid,
        "registered_on": pl.Series([day if it else None for day, it in zip(begin, paid, strict=True)], dtype=pl.Date),
        "paid": np.where(paid, value // 500, 0),
    }).with_columns(paid_on="registered_on")  # fmt: skip
    for row in works.iter_rows(named=True):  # the fields that have no default in the database are filled by the model
        state = State.PAID if row["registered"] else State.ROSTER_IN
        row["paid"] = row["paid"] or None
        work = Work.objects.create(**row, state=state)
        Transition.objects.create(work=work, after=State.ROSTER_IN, on=row["starts_on"])
    of = np.repeat(np.arange(1, WORKS + 1), CREW)
    bulk.insert(RosterLine, pl.DataFrame({
        "work_id": of, "person_id": rng.integers(1, PEOPLE + 1, len(of)), "task": ["Pekerja"] * len(of),
        "name": ["PEKERJA"] * len(of), "daily_wage": [110_000] * len(of), "days": rng.integers(6, 40, len(of)),
        "ended_because": [""] * len(of), "reported_on": works["registered_on"].gather(of - 1),
    }))  # fmt: skip
    bulk.insert(BudgetLine, works.select(
        "village_id", "activity", "value", "starts_on", "ends_on", list_number=pl.lit(0, dtype=pl.Int64),
        line=pl.int_range(pl.len()), finding=pl.lit("upcoming"),
    ))  # fmt: skip
