"""A whole regency on its way from files to figures: the first month into an empty register, the second month of the
same folder, and the cube alone; beside the bare reading of the same files. Called by `python -m bench`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import polars as pl
from django.conf import settings

from bench.long import measured
from bench.month import write_next_month
from bench.outcome import Long, Memory, Outcome
from bench.steps import AS_OF, cells_of, made, timed
from jangkau.core.synthetic import write_lists
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.actions.measuring import COUNTED_COLUMNS, History, count_everybody, tell_measures
from jangkau.registry.lists.actions.running import files_under
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList, State
from jangkau.registry.people.gateways.snapshots import people_frame
from jangkau.web.site.cli import main

MONTH_LATER = date(2026, 11, 30)
FIRST, SECOND = "regency/first", "regency/second"


def step_two_months(folder: Path, workers: int) -> tuple[Outcome, None]:
    regency = made(workers)
    first = timed(lambda: write_lists(regency, folder / FIRST, processes=os.cpu_count() or 1))
    second = timed(lambda: write_next_month(folder / FIRST, folder / SECOND, regency))
    return (first, "the lists of the second month", second, f"lists of {workers:,} workers"), None


def step_first_month(folder: Path, workers: int) -> tuple[Outcome, Long]:
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    return _run(folder / FIRST, AS_OF)


def step_second_month(folder: Path, workers: int) -> tuple[Outcome, Long]:
    return _run(folder / SECOND, MONTH_LATER)


def step_cube(folder: Path, workers: int) -> tuple[Outcome, Long]:
    """The cube alone; what the other rooms make of it (agents, events, works, cases) is told beside it."""
    memory = Memory()
    history: History = []
    with memory:
        seconds, cpu = measured(lambda: history.extend(count_everybody(MONTH_LATER)))
        after, after_cpu = measured(lambda: tell_measures(MONTH_LATER, history))
    floor, floor_cpu = measured(lambda: people_frame(COUNTED_COLUMNS))
    people = people_frame(("person_id",)).height
    amount = f"{people:,} people; the other rooms after it {after:.1f} s, {after_cpu:.1f} CPU s"
    return (seconds, "reading the people", floor, amount), Long(cpu, floor_cpu, memory.peak_mb)


def _run(lists: Path, as_of: date) -> tuple[Outcome, Long]:
    """The whole loop on a folder; what is new in it read bare, and one hash join of its rows with all others."""
    known = set(SentList.objects.values_list("sha256", flat=True))
    memory = Memory()
    with memory:
        seconds, cpu = measured(lambda: run_paths([lists], as_of=as_of, by=None, processes=os.cpu_count() or 1))
    fresh = [(place, path) for place, path in files_under([lists]) if store.hash_of(place) not in known]

    def least() -> None:
        for place, path in fresh:
            cells_of(place, path)
        every = {item.sha256: _niks(item) for item in SentList.objects.filter(state=State.PUBLISHED)}
        new = pl.concat([niks for sha256, niks in every.items() if sha256 not in known])
        new.join(pl.concat(every.values()).unique(), on="nik", how="left")

    floor, floor_cpu = measured(least)
    rows = sum(SentList.objects.exclude(sha256__in=known).values_list("rows", flat=True))
    amount = f"{len(fresh)} new lists, {rows:,} rows"
    return (seconds, "cells of the same files, one hash join", floor, amount), Long(cpu, floor_cpu, memory.peak_mb)


def _niks(item: SentList) -> pl.DataFrame:
    return store.read_frame(store.folder_of(item.sha256) / store.ROWS, ["nik"])
