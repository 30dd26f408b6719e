"""The steps themselves: each does its part of the loop on what the step before left in the folder, measures a floor,
and prints one line of JSON. Called by `python -m bench`."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.web.site.settings")
import django

django.setup()

import polars as pl  # noqa: E402  Django reads its settings first
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from bench.outcome import Outcome  # noqa: E402
from jangkau.core.kernel import RegionCode  # noqa: E402
from jangkau.core.synthetic import InventedRegency, invent, write_lists  # noqa: E402
from jangkau.registry.access.models import User  # noqa: E402
from jangkau.registry.lists.actions import apply_plan, make_plan, read_lists, receive_list  # noqa: E402
from jangkau.registry.lists.actions.measuring import refresh_measures  # noqa: E402
from jangkau.registry.lists.actions.planning import rows_of  # noqa: E402
from jangkau.registry.lists.actions.running import files_under  # noqa: E402
from jangkau.registry.lists.models import Kind, Plan, SentList, State  # noqa: E402
from jangkau.registry.people.gateways.gazetteer import gazetteer  # noqa: E402
from jangkau.registry.people.gateways.snapshots import people_frame  # noqa: E402
from jangkau.web.site.cli import main  # noqa: E402

AS_OF = date(2026, 10, 31)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def made(workers: int) -> InventedRegency:
    return invent(gazetteer(), area=RegionCode(settings.JANGKAU_AREA), workers=workers, seed=1, as_of=AS_OF)


def step_invent(folder: Path, workers: int) -> Outcome:
    seconds = timed(lambda: made(workers))
    floor = timed(lambda: pl.DataFrame({str(n): pl.int_range(0, workers, eager=True).shuffle(n) for n in range(20)}))
    return seconds, "20 shuffled columns", floor, f"{workers:,} people"


def step_write(folder: Path, workers: int) -> Outcome:
    regency = made(workers)
    seconds = timed(lambda: write_lists(regency, folder / "lists"))
    files = [path.read_bytes() for path, _ in files_under([folder / "lists"])]
    floor = timed(lambda: [(folder / "copy.bin").write_bytes(content) for content in files])
    return seconds, "writing the same bytes", floor, f"{len(files)} files, {sum(map(len, files)) / 2**20:.0f} MB"


def step_read(folder: Path, workers: int) -> Outcome:
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    lists = [receive_list(place, path=path, by=None)[0] for place, path in files_under([folder / "lists"])]
    seconds = timed(lambda: read_lists(lists, as_of=AS_OF))
    floor = timed(lambda: [cells_of(place, path) for place, path in files_under([folder / "lists"])])
    rows = sum(SentList.objects.values_list("rows", flat=True))
    return seconds, "cells of the same files as Python lists", floor, f"{rows:,} rows"


def cells_of(place: Path, name: str) -> int:
    if name.endswith((".csv", ".txt")):
        return len([line.split(";") for line in place.read_text("cp1252").splitlines()])
    book = CalamineWorkbook.from_filelike(place.open("rb"))
    return sum(len(book.get_sheet_by_name(sheet).to_python()) for sheet in book.sheet_names)


def step_link(folder: Path, workers: int) -> Outcome:
    ready = list(SentList.objects.filter(state=State.READ).exclude(kind=Kind.UNKNOWN))
    seconds = timed(lambda: make_plan(ready, by=None))
    rows = rows_of(ready)
    floor = timed(lambda: rows.join(rows.select("nik").unique(), on="nik", how="left"))
    return seconds, "one hash join on NIK", floor, f"{rows.height:,} rows"


def step_publish(folder: Path, workers: int) -> Outcome:
    plan = Plan.objects.get()
    seconds = timed(lambda: apply_plan(plan, by=None))
    people = people_frame()
    rows = people.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d")).rows()
    bare = sqlite3.connect(folder / "bare.sqlite3")
    bare.execute(f"CREATE TABLE people ({', '.join(people.columns)})")

    def insert() -> None:
        bare.executemany(f"INSERT INTO people VALUES ({', '.join('?' * people.width)})", rows)
        bare.commit()

    return seconds, "the same people into a bare table", timed(insert), f"{people.height:,} people"


def step_measure(folder: Path, workers: int) -> Outcome:
    seconds = timed(lambda: refresh_measures(AS_OF))
    return seconds, "reading the people", timed(people_frame), f"{people_frame(('person_id',)).height:,} people"


def step_pages(folder: Path, workers: int) -> Outcome:
    user = User.objects.create_user("bench", is_superuser=True)
    main_page, village = "/", "/wilayah/32.02.01.2003/"
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    times = []
    for address in (main_page, village) * 10:
        times.append(timed(lambda address=address: client.get(address, headers={"host": "localhost"})))
        assert client.get(address, headers={"host": "localhost"}).status_code == 200
    floor = min(timed(lambda: client.get("/hidup/", headers={"host": "localhost"})) for _ in range(10))
    return sorted(times)[len(times) // 2], "a page that says ok", floor, "Beranda and a village"
