"""The law on a million wage earners beside the same sums by hand in NumPy, and one person with the trace. No Django:
the memory is that of the law alone. Called by `python -m bench`."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.outcome import Outcome
from jangkau.core.rules import evaluate, evaluate_columns, monthly_bill
from jangkau.core.rules.billing import CHUNK

MEMBERS = 1_000_000
Column = NDArray[np.int64]
SHARED = {"month": "2026-03", "scale": "large"}


def members() -> tuple[Column, Column]:
    random = np.random.default_rng(1)
    return random.integers(1_000_000, 20_000_000, MEMBERS), random.integers(0, 5, MEMBERS)


def by_hand(wage: Column, risk: Column) -> dict[str, Column]:
    """All programmes of March 2026, half up, without a parameter, a date or a reason."""
    base = np.minimum(wage, 11_086_300)
    jkk = (wage * np.array([24, 54, 89, 127, 174])[risk] * 2 + 10_000) // 20_000
    jkm = (wage * 6 + 1_000) // 2_000
    jht_employer, jht_worker = (wage * 74 + 1_000) // 2_000, (wage * 4 + 100) // 200
    jp_employer, jp_worker = (base * 4 + 100) // 200, (base * 2 + 100) // 200
    employer, worker = jkk + jkm + jht_employer + jp_employer, jht_worker + jp_worker
    return {
        "jkk": jkk, "jkm": jkm, "jht_employer": jht_employer, "jht_worker": jht_worker, "jp_base": base,
        "jp_employer": jp_employer, "jp_worker": jp_worker, "employer_total": employer, "worker_total": worker,
        "total": employer + worker, "jp_deferred": np.zeros_like(wage),
    }  # fmt: skip


def timed_best(work: object, runs: int = 7) -> float:
    assert callable(work)
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return min(found)


def step_rules(folder: Path, workers: int) -> Outcome:
    wage, risk = members()

    def all_chunks() -> None:
        for start in range(0, MEMBERS, CHUNK):
            part = slice(start, start + CHUNK)
            evaluate_columns("pu_contribution", SHARED | {"wage": wage[part], "risk_class": risk[part]})

    floor = timed_best(lambda: by_hand(wage, risk))
    return timed_best(all_chunks), "the same by hand in NumPy", floor, f"{MEMBERS:,} wage earners, all programmes"


def step_bill(folder: Path, workers: int) -> Outcome:
    wage, risk = members()
    given = SHARED | {"wage": wage, "risk_class": risk}

    def hashed_by_hand() -> dict[str, int]:
        columns = by_hand(wage, risk)
        for column in columns.values():
            hashlib.sha256(column.data).digest()
        return {name: int(column.sum()) for name, column in columns.items()}

    assert monthly_bill("pu_contribution", given).totals == hashed_by_hand()
    seconds = timed_best(lambda: monthly_bill("pu_contribution", given))
    return seconds, "the same by hand, with the hash", timed_best(hashed_by_hand), f"a bill of {MEMBERS:,} members"


def step_person(folder: Path, workers: int) -> Outcome:
    given = SHARED | {"wage": 3_605_000, "risk_class": "III"}
    seconds = timed_best(lambda: evaluate("pu_contribution", given).trace, 200)
    bare = timed_best(lambda: evaluate("pu_contribution", given), 200)
    return seconds, "without the trace", bare, "one wage earner with the trace"
