"""The room of events with 100,000 of them: every page, forty times each; what is told is the 95th percentile of the
slowest. Called by `python -m bench`; the events are written straight into the tables of a register of its own."""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from pathlib import Path

import django
import numpy as np
import polars as pl

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.web.site.settings")
django.setup()

from django.conf import settings  # noqa: E402  Django first
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.outcome import Outcome  # noqa: E402
from jangkau.core.kernel import RegionCode  # noqa: E402
from jangkau.programmes.outreach.actions.measuring import tell_reached  # noqa: E402
from jangkau.programmes.outreach.models import Attendee, Event  # noqa: E402
from jangkau.registry.access.models import User  # noqa: E402
from jangkau.registry.people.gateways import bulk  # noqa: E402
from jangkau.registry.people.gateways.gazetteer import gazetteer  # noqa: E402
from jangkau.web.site.cli import main  # noqa: E402

EVENTS, TIMES = 100_000, 40
AS_OF = date(2026, 10, 31)


def step_events(folder: Path, workers: int) -> Outcome:
    """Seconds of the slowest page at its 95th percentile, beside a page that says ok."""
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    with transaction.atomic():
        _fill()
        tell_reached()
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    client = Client(headers={"host": "localhost"})
    client.force_login(
        User.objects.create_user("bench-events", is_superuser=True),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    middle = Event.objects.order_by("-day", "-pk")[EVENTS // 2].pk
    meeting = Event.objects.filter(kind="meeting").latest("pk").pk
    village = Event.objects.filter(kind="village").latest("pk").pk
    pages = (
        "", f"?after={middle}", "?kind=factory&state=held", "?place=32.02.01", "?place=32.02.01.2003&kind=village",
        "?since=2026-01-01&until=2026-06-30", f"{village}/", f"{meeting}/", "baru/", "capaian/", "dampak/",
    )  # fmt: skip
    worst = max(_at_95(client, f"/sosialisasi/{page}") for page in pages)
    floor = min(_seconds(client, "/hidup/") for _ in range(TIMES))
    return (
        worst,
        "a page that says ok",
        floor,
        f"{EVENTS:,} events, the slowest of {len(pages)} pages at p95",
    )


def _fill() -> None:
    rng = np.random.default_rng(7)
    codes = [str(region.code) for region in gazetteer().inside(RegionCode(settings.JANGKAU_AREA), "village")]
    kinds = rng.choice(Event.Kind.values, EVENTS, p=[0.6, 0.05, 0.08, 0.1, 0.03, 0.05, 0.02, 0.05, 0.02])
    states = rng.choice(Event.State.values, EVENTS, p=[0.03, 0.02, 0.93, 0.02])
    day = pl.Series([AS_OF - timedelta(days=int(n)) for n in rng.integers(0, 1_200, EVENTS)])
    frame = pl.DataFrame({"kind": kinds, "state": states, "day": day}).with_columns(
        place_id=pl.Series(codes).gather(rng.integers(len(codes), size=EVENTS)),
        title=pl.format("Kegiatan {}", pl.int_range(EVENTS)),
        planned_on="day",
        held_on=pl.when(pl.col("state") == "held").then("day"),
        attendance=pl.Series(rng.integers(10, 150, EVENTS)),
        cost=pl.Series(rng.integers(5, 40, EVENTS) * 100_000),
        series=pl.when(pl.col("kind") == "meeting").then(pl.lit("Rakor UCJ")).otherwise(pl.lit("")),
        employer_name=pl.lit(""), team=pl.lit(""), speaker=pl.lit(""), result=pl.lit(""),
    )  # fmt: skip
    bulk.insert(Event, frame)
    numbers = list(Event.objects.filter(kind="village").order_by("-pk").values_list("pk", flat=True)[:1_000])
    people = pl.DataFrame({"event_id": np.repeat(numbers, 40)}).with_columns(
        written=pl.format("Orang {}", pl.int_range(pl.len())), name=pl.format("ORANG {}", pl.int_range(pl.len())),
        link=pl.lit("unknown"), added_at=pl.lit("2026-10-31 00:00:00+00"),
    )  # fmt: skip
    bulk.insert(Attendee, people)


def _at_95(client: Client, address: str) -> float:
    assert client.get(address).status_code == 200, address
    found = sorted(_seconds(client, address) for _ in range(TIMES))
    print(f"{address} p95 {found[int(TIMES * 0.95) - 1] * 1000:.0f} ms, median {found[TIMES // 2] * 1000:.0f} ms")
    return found[int(TIMES * 0.95) - 1]


def _seconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    client.get(address)
    return time.perf_counter() - started
