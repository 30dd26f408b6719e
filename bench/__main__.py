"""Runs every step in a process of its own, several times, and writes bench/RESULTS.md.

python -m bench [--workers 50000] [--runs 3] [--steps long_lists workbook] [--postgres]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.cluster import binaries, cluster

STEPS = (
    "invent", "write", "read", "link", "publish", "measure", "pages", "events", "load", "paint", "long_lists",
    "workbook", "village_text", "export_text", "two_months", "first_month", "second_month", "cube", "busy_day", "rules",
    "bill", "person", "subsidy", "agents", "works", "letters", "compliance", "claims",
)  # fmt: skip
RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--workers", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL cluster of its own")
    given = parser.parse_args()
    measured: dict[str, list[dict[str, object]]] = {name: [] for name in given.steps}
    for number in range(given.runs):
        with tempfile.TemporaryDirectory(prefix="jangkau-bench-") as folder, _database(given.postgres):
            for name in given.steps:
                measured[name].append(_run(name, folder, given.workers))
                print(f"run {number + 1}: {name} {measured[name][-1]}", flush=True)
    given.out.write_text(_table(measured, given.workers, given.runs))
    print(given.out.read_text())
    return 0


@contextmanager
def _database(postgres: bool) -> Iterator[None]:
    """What DATABASE_URL names inside the block: a cluster of its own, set up for 8 GB, or what it named before."""
    programs = binaries() if postgres else None
    if programs is None:
        assert not postgres, "install the package postgresql"
        yield
        return
    with cluster(programs, ("shared_buffers=1GB", "work_mem=64MB", "random_page_cost=1.1")) as address:
        os.environ["DATABASE_URL"] = address
        yield


def _run(name: str, folder: str, workers: int) -> dict[str, object]:
    environment = os.environ | {"JANGKAU_DATA": f"{folder}/data"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.alone", name, folder, str(workers)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _cpu(found: list[dict[str, object]]) -> str:
    """The least CPU of all runs, of the step and of its floor; empty where it was not measured."""
    if "cpu" not in found[0]:
        return ""
    step, floor = (min(float(str(run[name])) for run in found) for name in ("cpu", "floor_cpu"))
    return f"{step:.1f} / {floor:.1f} = {step / max(floor, 1e-6):.1f}"


def _shown(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds >= 0.1 else f"{seconds:.4f}"


def _table(measured: dict[str, list[dict[str, object]]], workers: int, runs: int) -> str:
    lines = [
        "# Time and memory of each step",
        "",
        f"An invented regency of {workers:,} workers; {runs} runs, each step in a process of its own; median, and",
        "minimum to maximum. The floor is the least work that moves the same bytes, measured in the same process.",
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Made by `make bench`.",
        "",
        "| step | amount | seconds | floor | floor, seconds | ratio | CPU: step / floor = ratio | peak memory |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, found in measured.items():
        seconds = sorted(float(str(run["seconds"])) for run in found)
        floors = [float(str(run["floor_seconds"])) for run in found]
        middle, floor = statistics.median(seconds), statistics.median(floors)
        memory = max(int(str(run["peak_mb"])) for run in found)
        lines.append(
            f"| {name} | {found[0]['amount']} | {_shown(middle)} ({_shown(seconds[0])} to {_shown(seconds[-1])}) "
            f"| {found[0]['floor']} | {floor:.3f} | {middle / max(floor, 1e-6):.1f} | {_cpu(found)} | {memory} MB |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
