"""A run that is killed at any moment and started again ends as if nothing had happened: the same exports."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from jangkau.core.kernel import RegionCode
from jangkau.core.synthetic import invent, write_lists
from jangkau.registry.people.gateways.gazetteer import gazetteer

AS_OF = date(2026, 10, 31)
EXPORTS = ("rows", "people", "coverage", "employers", "pairs")


def command(*arguments: str, data: Path) -> list[str]:
    return [sys.executable, "-m", "jangkau.web.site", *arguments, "--data", str(data)]


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("JANGKAU_DATA", "DATABASE_URL")}
    return kept | {"COVERAGE_PROCESS_START": ""}


def run_to_end(lists: Path, data: Path) -> float:
    started = time.monotonic()
    subprocess.run(
        command("run", str(lists), "--as-of", AS_OF.isoformat(), data=data),
        env=environment(data), check=True, capture_output=True,
    )  # fmt: skip
    return time.monotonic() - started


def exports(data: Path, out: Path) -> dict[str, bytes]:
    """All exports, by one process: it takes longer to start than to write them."""
    out.mkdir()
    asked = [command("export", what, "--out", str(out / f"{what}.csv"), data=data)[3:] for what in EXPORTS]
    each = f"from jangkau.web.site.cli import main; exit(max(main(asked) for asked in {asked!r}))"
    subprocess.run([sys.executable, "-c", each], env=environment(data), check=True, capture_output=True)
    return {what: (out / f"{what}.csv").read_bytes() for what in EXPORTS}


def killed(lists: Path, data: Path, after: float) -> bool:
    """Starts a run and kills it, with all its processes, after so many seconds; False when it ended before."""
    process = subprocess.Popen(
        command("run", str(lists), "--as-of", AS_OF.isoformat(), data=data),
        env=environment(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


@pytest.mark.slow
def test_killed_at_ten_random_moments_and_run_again(tmp_path: Path):
    lists = tmp_path / "lists"
    write_lists(invent(gazetteer(), area=RegionCode("32.02"), workers=1500, seed=3, as_of=AS_OF), lists)
    takes = run_to_end(lists, tmp_path / "whole")
    expected = exports(tmp_path / "whole", tmp_path / "whole-out")
    chance = random.Random(7)
    folders = [tmp_path / "killed-0"]
    kills = 0
    while kills < 10:
        if killed(lists, folders[-1], chance.uniform(0.1, 0.9) * takes):
            kills += 1
        else:  # it came to its end in spite of the kills before: go on with an empty register
            folders.append(tmp_path / f"killed-{len(folders)}")
        assert len(folders) < 40, "the kills must hit a running process"
    for data in folders:
        run_to_end(lists, data)
        assert exports(data, data.with_name(data.name + "-out")) == expected
