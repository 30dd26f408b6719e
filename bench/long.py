"""Lists of a size that a national office sends, on their whole way into the list store: received, read in the bounded
process, rows and problems kept; beside the bare reading of the same file. Called by `python -m bench`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
from django.conf import settings

from bench import large
from bench.outcome import Long, Memory, Outcome, cpu_seconds
from bench.steps import AS_OF, cells_of, made, timed
from jangkau.registry.lists.actions import read_lists, receive_list
from jangkau.registry.lists.models import SentList
from jangkau.web.site.cli import main

ROWS_OF_A_TEXT, ROWS_OF_A_WORKBOOK = 1_150_000, 200_000


def step_long_lists(folder: Path, workers: int) -> tuple[Outcome, None]:
    regency = made(ROWS_OF_A_TEXT * 94 // 100)  # with commuters nearly as many people as rows
    people = large.workers(regency, ROWS_OF_A_TEXT)
    seconds = timed(lambda: large.write_workbook(people.head(ROWS_OF_A_WORKBOOK), folder / "long" / "pekerja.xlsx"))
    floor = timed(lambda: large.write_text(people, folder / "long" / "pekerja.csv"))
    large.write_text(large.members(regency, ROWS_OF_A_TEXT), folder / "long" / "peserta.csv")
    return (seconds, "a text file of 1,150,000 rows", floor, f"{ROWS_OF_A_WORKBOOK:,} rows into a workbook"), None


def step_workbook(folder: Path, workers: int) -> tuple[Outcome, Long]:
    place = folder / "long" / "pekerja.xlsx"
    return _received(place, "calamine reads the same file", lambda: cells_of(place, place.name))


def step_village_text(folder: Path, workers: int) -> tuple[Outcome, Long]:
    return _received_text(folder / "long" / "pekerja.csv")


def step_export_text(folder: Path, workers: int) -> tuple[Outcome, Long]:
    return _received_text(folder / "long" / "peserta.csv")


def _received_text(place: Path) -> tuple[Outcome, Long]:
    return _received(place, "polars reads the same file", lambda: pl.read_csv(place, separator=";", infer_schema=False))


def _received(place: Path, words: str, least: Callable[[], object]) -> tuple[Outcome, Long]:
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    memory = Memory()
    kept: list[SentList] = []

    def work() -> None:
        received, _ = receive_list(place, path=place.name, by=None)
        kept.extend(read_lists([received], as_of=AS_OF))

    with memory:
        seconds, cpu = measured(work)
    floor, floor_cpu = measured(least)
    amount = f"{kept[0].rows:,} rows, {place.stat().st_size / 2**20:.0f} MB"
    return (seconds, words, floor, amount), Long(cpu, floor_cpu, memory.peak_mb)


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of CPU."""
    started, used = time.perf_counter(), cpu_seconds()
    work()
    return time.perf_counter() - started, cpu_seconds() - used
