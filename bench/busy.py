"""A month-end day: officers of the regency and of its districts look at pages, search and open people, while
the worker publishes the next export of the branch. On SQLite 30 people at once, on PostgreSQL (`python -m bench
--postgres`) 100. Called by `python -m bench` after `two_months`, or alone, as often as one likes, on a register that
holds the lists in FOLDER/regency/second: `python -m bench.alone busy_day FOLDER WORKERS`."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import polars as pl
from django.conf import settings
from django.db import connection

from bench.load import FLOOR, Asked, asked, request, served, signed_in, within
from bench.month import EXPORT, write_next_export
from bench.outcome import Outcome
from bench.regency import MONTH_LATER, SECOND
from bench.steps import User, main  # and Django is set up
from jangkau.registry.access.actions import create_user
from jangkau.registry.lists.actions import read_lists, receive_list
from jangkau.registry.lists.actions.jobs import ask_for
from jangkau.registry.lists.models import Job, SentList
from jangkau.registry.lists.tasks import start
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.models import Person

READING = 3.0  # seconds a person looks at a page, on average
DISTRICTS = tuple(f"{n:02}" for n in range(1, 11))
SMALL = 5_000  # workers: only to see that it runs
LEAST, MOST = 20.0, 3600.0  # seconds that the day lasts: until the list is published, and at least and at most this
SHARES = {"Beranda": 15, "Wilayah": 20, "desa": 10, "search": 20, "orang": 15, "Daftar": 12, "Padanan": 8}
_OUTSIDE: dict[str, pl.DataType] = {
    "nik": pl.String(),
    "name": pl.String(),
    "birth_date": pl.Date(),
    "sex": pl.String(),
}


@dataclass
class Day:
    """What came of it: seconds of every answer by page, and what was no answer."""

    times: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in SHARES})
    errors: list[str] = field(default_factory=list)


def step_busy_day(folder: Path, workers: int) -> Outcome:
    main(["init", "--data", str(settings.JANGKAU_DATA)])  # a register of an earlier version is brought up to date
    users = 100 if connection.vendor == "postgresql" else 30
    if workers < SMALL:
        users = 6
    item = _the_next_export(folder)
    areas = (settings.JANGKAU_AREA, *(f"{settings.JANGKAU_AREA}.{d}" for d in DISTRICTS))
    visitors = [found for found in map(_visitor, areas) if found]
    with served() as port:
        floor = within(asked(port, visitors[0][0], FLOOR, READING / 10)["ok"])
        for ask in visitors[0][1].values():
            for _ in range(4):  # nobody waits for the first look at a file, in neither process of the server
                request(port, visitors[0][0], *ask())
        began = time.perf_counter()
        job = ask_for("publish", [item], by=None, start=start)
        day = _lived(port, [visitors[n % len(visitors)] for n in range(users)], job)
        seconds = time.perf_counter() - began
    found = [each for times in day.times.values() for each in times]
    told = ", ".join(f"{name} {within(times) * 1000:.0f} ms" for name, times in day.times.items() if times)
    amount = (
        f"{users} users on {connection.vendor}, {len(found):,} pages in {seconds:.0f} s while {item.rows:,} rows are"
        f" published ({Job.objects.get(pk=job.pk).state}); {len(day.errors)} errors {day.errors[:3]}; p95: {told}"
    )
    return within(found), "a page that says ok, p95", floor, amount


def _the_next_export(folder: Path) -> SentList:
    """An export a month after that of the second month, another one each time; its new members are people of the
    register without a membership."""
    rng = np.random.default_rng()
    outside = bulk.read(
        "SELECT nik, name, birth_date, sex FROM people_person WHERE nik IS NOT NULL AND name IS NOT NULL AND birth_date"
        " IS NOT NULL AND sex IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_membership WHERE person_id ="
        " people_person.id) LIMIT 50000",
        _OUTSIDE,
    )
    made = folder / "regency" / "third" / EXPORT
    write_next_export(folder / SECOND / EXPORT, made, outside, rng, cards=str(rng.integers(30, 99)))
    item, _ = receive_list(made, path=EXPORT, by=None)
    read_lists([item], as_of=MONTH_LATER)
    item.refresh_from_db()
    return item


def _visitor(area: str) -> tuple[str, dict[str, Asked]] | None:
    """Somebody who sees an area: the cookie, and what they may ask; nobody where no people live."""
    people = list(Person.objects.filter(village__code__startswith=area).exclude(name=None)[:300])
    if not people:
        return None
    name = f"busy-{area}"
    user = User.objects.filter(username=name).first() or create_user(username=name, password=name, area_code=area)
    villages = sorted({str(each.village_id) for each in people})
    pick = random.choice
    return signed_in(user), {
        "Beranda": lambda: ("/", ""),
        "Wilayah": lambda: (f"/wilayah/{pick(villages)[:8]}/", ""),
        "desa": lambda: (f"/pekerja/desa/{pick(villages)}/", ""),
        "search": lambda: ("/pekerja/", urlencode({"q": pick([pick(people).name, pick(people).nik or "SITI"])})),
        "orang": lambda: (f"/pekerja/{pick(people).pk}/", ""),
        "Daftar": lambda: ("/daftar/", ""),
        "Padanan": lambda: ("/padanan/", ""),
    }


def _lived(port: int, visitors: list[tuple[str, dict[str, Asked]]], job: Job) -> Day:
    day, over, began = Day(), threading.Event(), time.monotonic()
    names, weights = list(SHARES), list(SHARES.values())

    def use(cookie: str, pages: dict[str, Asked]) -> None:
        while not over.wait(random.uniform(0, 2 * READING)):
            (name,) = random.choices(names, weights)
            address, form = pages[name]()
            try:
                day.times[name].append(request(port, cookie, address, form))
            except (OSError, http.client.HTTPException, AssertionError) as error:
                day.errors.append(f"{name}: {error}")

    threads = [threading.Thread(target=use, args=visitor) for visitor in visitors]
    for thread in threads:
        thread.start()
    _until(lambda: _ended(job) and time.monotonic() - began > LEAST)
    over.set()
    for thread in threads:
        thread.join()
    return day


def _ended(job: Job) -> bool:
    return not Job.objects.filter(pk=job.pk, state__in=(Job.State.WAITING, Job.State.RUNNING)).exists()


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + MOST
    while not holds() and time.monotonic() < deadline:
        time.sleep(1)
