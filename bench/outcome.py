"""What a step tells `python -m bench`: one line of JSON with its time, its floor, and its peak memory. A long step also
says how many seconds of CPU it and its floor took: those depend less on what else the machine does."""

from __future__ import annotations

import json
import os
import resource
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

Outcome = tuple[float, str, float, str]  # seconds, floor in words, its seconds, amount
_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


@dataclass(frozen=True)
class Long:
    """What else is measured of a long step: CPU seconds of it and of its floor, megabytes of all its processes."""

    cpu: float
    floor_cpu: float
    peak_mb: int


def cpu_seconds() -> float:
    """CPU of this process and of those it has waited for."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, _WHO))


class Memory:
    """The most memory that this process and its children hold together inside the block, looked at ten times a second
    (PSS: what processes share counts once). Counting it takes the system a while, so it is only counted where what they
    hold one by one, which is never less, is more than was ever held."""

    def __init__(self) -> None:
        self.peak_mb = 0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look)

    def __enter__(self) -> None:
        self._watch.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            processes = (str(os.getpid()), *children)
            if sum(map(_resident, processes)) // 2**20 > self.peak_mb:
                self.peak_mb = max(self.peak_mb, sum(map(_held, processes)) // 1024)


def _resident(process: str) -> int:
    """Bytes that a process holds, shared or not."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except (OSError, IndexError):  # it ended
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _held(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def tell(outcome: Outcome, long: Long | None = None) -> None:
    seconds, floor, floor_seconds, amount = outcome
    peak = long.peak_mb if long else max(resource.getrusage(who).ru_maxrss for who in _WHO) // 1024
    said = {
        "seconds": round(seconds, 6),
        "floor": floor,
        "floor_seconds": round(floor_seconds, 6),
        "amount": amount,
        "peak_mb": peak,
    }
    if long:
        said |= {"cpu": round(long.cpu, 2), "floor_cpu": round(long.floor_cpu, 2)}
    print(json.dumps(said))
