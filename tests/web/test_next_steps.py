"""What waits for somebody, on Beranda: each step counts what its page then shows, in its own region alone."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
from django.test import Client
from django.utils import timezone
from tests.programmes.conftest import regions, register, whole
from tests.programmes.test_construction_works import AS_OF, noted
from tests.programmes.test_outreach import BACKEND, CITEPUS, said

from jangkau.core.reading.pasted import WORKER_SCHEMA
from jangkau.programmes.construction.actions.rosters import add_workers
from jangkau.programmes.outreach.actions import holding
from jangkau.registry.access.actions import create_user
from jangkau.registry.cases.actions.follow_ups import Agreed, agree
from jangkau.web.dashboards.presenters.steps import waiting_steps

__all__ = ["regions", "register", "whole"]
CICURUG = "32.02.16.2006"


def test_each_step_counts_what_its_page_shows_inside_its_region(register, whole):
    today = timezone.localdate()
    for village, crew in ((CITEPUS, 2), (CICURUG, 1)):
        work = noted(village_id=village, activity=f"Rehab {village}")
        workers = [{"name": f"PEKERJA {n}", "task": "Pekerja", "daily_wage": 110_000, "days": 10} for n in range(crew)]
        add_workers(
            work, pl.DataFrame(workers, schema=WORKER_SCHEMA), by=None, as_of=AS_OF, first_on=None,
            named_on=work.starts_on,
        )  # fmt: skip
    for place, title, ago in ((CITEPUS, "Pasar pagi", 3), (CICURUG, "Sore", 2), (CITEPUS, "Besok", -1)):
        event = holding.plan_event(said(place=place, title=title, planned_on=today - timedelta(days=ago)), by=None)
        if place == CICURUG:
            holding.enter_state(event, "invited", by=None)
    late, soon = today - timedelta(days=5), today + timedelta(days=5)
    points = [("Data", late, "Kadis"), ("Daftar", late, "Kadis"), ("Surat", late, "Camat"), ("Lain", soon, "Camat")]
    agree(
        [Agreed(text, due_on=due, owner_name=who, region=CITEPUS) for text, due, who in points], source_kind="event",
        source_id=1, on=late, by=None,
    )  # fmt: skip
    builders, agreements, events = waiting_steps(whole, "32.02", today)
    assert (builders.amount, agreements.amount, agreements.detail) == (3, 3, "Kadis: 2, Camat: 1")
    assert (events.amount, events.detail) == (2, "Pasar pagi, Sore")
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username="petugas", password="x", area_code=None), backend=BACKEND)
    assert "Pasar pagi" in (page := client.get(events.url).text) and "Sore" in page and "Besok" not in page
    assert "Surat" in (page := client.get(agreements.url).text) and "Lain" not in page
    assert f"Rehab {CICURUG}" in client.get(builders.url).text
    inside = waiting_steps(whole, CICURUG[:8], today)
    assert [step.amount for step in inside] == [1, 1]  # what was agreed for Citepus is not asked of Cicurug
    page = client.get(inside[0].url).text
    assert f"Rehab {CICURUG}" in page and f"Rehab {CITEPUS}" not in page
    assert "Pasar pagi" not in client.get(inside[1].url).text
    assert waiting_steps(whole, "32.02.05", today) == []
