"""Runs a function in processes of their own, each with a bounded memory, every call with a bounded time. A process that
dies or does not come back costs its one call; the others go on."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
# spawn, not fork: the frame library keeps threads that a fork would tear
_CONTEXT = multiprocessing.get_context("spawn")
# the allocator of the frame library (jemalloc) hands memory back soon: a third less at the peak of a long list; at once
# would cost a quarter more time
_GIVE_BACK = ("_RJEM_MALLOC_CONF", "dirty_decay_ms:100,muzzy_decay_ms:0")
_THREADS = "POLARS_MAX_THREADS"
_LOOK_EVERY = 1.0  # seconds between two looks at the memory of the workers
_START = 60.0  # seconds a process may take until it begins with a call; they are not the call's own
_ADDRESSES = 4  # address space per memory allowed: the frame library maps far more than it uses


@dataclass(frozen=True)
class Lost:
    """A call that gave no answer: `late` when its time was up, else its process died (memory, a crash)."""

    late: bool


class _Begun:
    """What a worker says first of every call."""


@dataclass
class _Worker(Generic[T, R]):
    """A process, the line to it, the call it works on and until when."""

    process: SpawnProcess
    line: Connection
    call: int = -1
    until: float = 0.0


def call_confined(
    function: Callable[[T], R],
    given: Sequence[T],
    *,
    processes: int,
    seconds: float,
    memory: int,
    meanwhile: Callable[[], bool] = lambda: False,
) -> Iterator[R | Lost]:
    """The answers of `function` in the order of `given`, as they become known; Lost for a call that took more than
    `seconds` or whose process held more than `memory` bytes. `function` must be importable. `meanwhile`
    does a short step of other work while this process would wait; true: there is more."""
    waiting = list(range(len(given)))[::-1]
    answers: dict[int, R | Lost] = {}
    workers: list[_Worker[T, R]] = []
    given_out = 0
    try:
        while given_out < len(given):
            while waiting and (idle := _idle(workers, min(processes, len(given)), function, memory)):
                idle.call = waiting.pop()
                idle.until = time.monotonic() + _START + seconds
                idle.line.send(given[idle.call])
            longest = 0.0 if meanwhile() else _LOOK_EVERY
            _collect(workers, answers, seconds, memory, longest)
            while given_out in answers:
                yield answers.pop(given_out)
                given_out += 1
    finally:
        for worker in workers:
            _end(worker)


def _idle(workers: list[_Worker[T, R]], most: int, function: Callable[[T], R], memory: int) -> _Worker[T, R] | None:
    """A worker without a call; a new one while there are fewer than `most`."""
    if found := next((worker for worker in workers if worker.call < 0), None):
        return found
    if len(workers) >= most:
        return None
    os.environ.setdefault(*_GIVE_BACK)
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_serve, args=(theirs, function, memory), daemon=True)
    with _threads(max(1, (os.cpu_count() or 1) // most)):
        process.start()
    theirs.close()
    workers.append(_Worker(process, ours))
    return workers[-1]


@contextmanager
def _threads(number: int) -> Iterator[None]:
    """A process that is started here has so many threads for its frames, unless the place says otherwise: more than
    there are cores for all of them cost time."""
    said = os.environ.get(_THREADS)
    os.environ[_THREADS] = said or str(number)
    try:
        yield
    finally:
        if said is None:
            del os.environ[_THREADS]


def _collect(
    workers: list[_Worker[T, R]], answers: dict[int, R | Lost], seconds: float, memory: int, longest: float
) -> None:
    """Waits, `longest` seconds at most, for the next answer, death, end of time or end of memory."""
    busy = {worker.line: worker for worker in workers if worker.call >= 0}
    soonest = min(worker.until for worker in busy.values())
    ready = wait(list(busy), timeout=min(max(soonest - time.monotonic(), 0), longest))
    for line, worker in busy.items():
        if line in ready:
            try:
                said = worker.line.recv()
                if isinstance(said, _Begun):
                    worker.until = time.monotonic() + seconds
                else:
                    answers[worker.call] = said
                    worker.call = -1
                continue
            except (EOFError, ConnectionResetError):
                answers[worker.call] = Lost(late=False)
        elif time.monotonic() >= worker.until:
            answers[worker.call] = Lost(late=True)
        elif _resident(worker.process.pid) > memory:
            answers[worker.call] = Lost(late=False)
        else:
            continue
        workers.remove(worker)
        _end(worker)


def _resident(process: int | None) -> int:
    """Bytes of memory a process holds, 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _end(worker: _Worker[Any, Any]) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.join()


def _serve(line: Connection, function: Callable[[Any], Any], memory: int) -> None:
    """The worker's side: answers calls until the line is closed."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES * memory, _ADDRESSES * memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # the rows of a workbook are a million objects without a cycle among them
    gc.freeze()
    try:
        while True:
            given = line.recv()
            line.send(_Begun())
            line.send(function(given))
            gc.collect()
            gc.freeze()  # what stays (all regions of the country) is not searched again after every list
    except EOFError:
        return
