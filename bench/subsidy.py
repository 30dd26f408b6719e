"""A month of a scheme with 5,000 nominations, and its pages: people of an invented regency put into the register in
bulk, so that the step needs no other. Called by `python -m bench`."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import polars as pl
from django.conf import settings
from django.test import Client

from bench.outcome import Outcome
from bench.steps import made, timed
from jangkau.core.linkage import PEOPLE_SCHEMA
from jangkau.core.synthetic.nominations import invent_nominations
from jangkau.core.synthetic.regency import InventedRegency
from jangkau.programmes.subsidy.actions.assessing import select
from jangkau.programmes.subsidy.actions.billing import make_batch
from jangkau.programmes.subsidy.actions.decreeing import propose_decree, sign_decree
from jangkau.programmes.subsidy.actions.nominating import nominate_niks
from jangkau.programmes.subsidy.actions.schemes import save_scheme
from jangkau.programmes.subsidy.models import Decree, Scheme
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.people.actions import replace_memberships, set_fact, store_people
from jangkau.web.site.cli import main

NOMINATIONS, PLACES, ASKED = 5_000, 4_000, 20


def step_subsidy(folder: Path, workers: int) -> Outcome:
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    regency = made(workers)
    told = invent_nominations(regency, NOMINATIONS)
    _settle(regency)
    maker, checker = (scope_of(User.objects.create_user(name, is_superuser=True)) for name in ("maker", "checker"))
    scheme = save_scheme(
        maker,
        Scheme(),
        {
            "name": "Bench", "kind": "dbhcht", "area_id": settings.JANGKAU_AREA, "first_month": date(2026, 11, 1),
            "months": 4, "budget": 10**9, "places": PLACES, "reserve": 300, "income": 1_000_000, "youngest": 15,
            "oldest": 64,
        },
    )  # fmt: skip
    started = time.perf_counter()
    nominate_niks(maker, scheme, "\n".join(told["nik"]))
    select(maker, scheme)
    decree = sign_decree(checker, propose_decree(maker, scheme, number="1", dated_on=date(2026, 10, 1)))
    make_batch(maker, scheme)
    seconds = time.perf_counter() - started
    floor = timed(lambda: list(scheme.nominees.values_list()))
    return (
        seconds,
        "reading the nominees",
        floor,
        f"{NOMINATIONS:,} nominations; CPU of pages, p95: {_pages(scheme, decree)}",
    )


def _settle(regency: InventedRegency) -> None:
    people = regency.people
    empty = {name: pl.lit(None, dtype=kind) for name, kind in PEOPLE_SCHEMA.items() if name not in people.columns}
    full = people.with_columns(**empty).with_columns(deceased=pl.lit(False), moved_out=pl.lit(False))
    store_people(full.select(pl.col(name).cast(kind) for name, kind in PEOPLE_SCHEMA.items()))
    members = regency.memberships.with_columns(pl.col("segment").str.to_lowercase())
    replace_memberships(1, members.select("person_id", "kpj", "segment", "since", "paid_until"))
    set_fact("as_of", regency.as_of.isoformat())


def _pages(scheme: Scheme, decree: Decree) -> str:
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    client = Client(headers={"host": "localhost"})
    client.force_login(
        User.objects.get(username="maker"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    told = []
    for name, address in (
        ("schemes", "/bantuan/"), ("scheme", f"/bantuan/{scheme.pk}/"), ("nominees", f"/bantuan/{scheme.pk}/calon/"),
        ("refused", f"/bantuan/{scheme.pk}/calon/?state=refused"), ("decree", f"/bantuan/sk/{decree.pk}/"),
        ("batch", f"/bantuan/tagihan/{scheme.batches.get().pk}/"), ("leavers", f"/bantuan/{scheme.pk}/berhenti/"),
        ("ending", "/bantuan/berakhir/"),
    ):  # fmt: skip
        assert client.get(address).status_code == 200
        times = sorted(_cpu_of(client, address) for _ in range(ASKED))
        told.append(f"{name} {1000 * times[ASKED * 95 // 100 - 1]:.0f} ms")
    return ", ".join(told)


def _cpu_of(client: Client, address: str) -> float:
    started = time.process_time()
    client.get(address)
    return time.process_time() - started
