"""Thirty people at once on the pages of the register that the steps before made: `jangkau serve` as it is started by
everybody, each reads a page for a second before the next one, and for each page the time within which 95 of 100 answers
came; then the same without a pause. Called by `python -m bench`."""

from __future__ import annotations

import http.client
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from bench.cluster import free_port
from bench.outcome import Outcome
from bench.steps import User  # and Django is set up
from jangkau.registry.people.models import Person

USERS, ROUNDS, READING = 30, 10, 1.0  # seconds between two pages of one person, on average
TOKEN = "b" * 32
Asked = Callable[[], tuple[str, str]]  # the address, and what a form sends to it
FLOOR: dict[str, Asked] = {"ok": lambda: ("/hidup/", "")}


def step_load(folder: Path, workers: int) -> Outcome:
    user, _ = User.objects.get_or_create(username="load", defaults={"is_superuser": True})
    cookie = signed_in(user)
    names = Person.objects.filter(pk__in=random.Random(1).sample(range(workers), 200)).exclude(name=None)
    sought = [name for full in names.values_list("name", flat=True) for name in (full, full.split()[0])]
    pages: dict[str, Asked] = {
        "Beranda": lambda: ("/", ""),
        "Wilayah": lambda: ("/wilayah/32.02.05/", ""),
        "search": lambda: ("/pekerja/", urlencode({"q": random.choice(sought)})),
    }
    with served() as port:
        floor = within(asked(port, cookie, FLOOR, READING)["ok"])
        told = {name: within(times) for name, times in asked(port, cookie, pages, READING).items()}
        hurried = {name: within(times) for name, times in asked(port, cookie, pages, 0).items()}
    amount = f"{USERS} users, p95: {_words(told)}; without a pause: {_words(hurried)}"
    return max(told.values()), "a page that says ok, p95", floor, amount


def signed_in(user: User) -> str:
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _words(told: dict[str, float]) -> str:
    return ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in told.items())


@contextmanager
def served() -> Iterator[int]:
    """The port on which the register is served."""
    port = free_port()
    command = [sys.executable, "-m", "jangkau.web.site", "serve", "--port", str(port)]
    server = subprocess.Popen([*command, "--data", str(settings.JANGKAU_DATA)], stdout=subprocess.DEVNULL)
    try:
        _wait(lambda: request(port, "", "/hidup/", ""))
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(work: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            work()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def asked(port: int, cookie: str, pages: dict[str, Asked], reading: float) -> dict[str, list[float]]:
    """The seconds of every answer by page; each user asks for all pages again and again, one after the other."""
    times: dict[str, list[float]] = {name: [] for name in pages}

    def use() -> None:
        for _ in range(ROUNDS):
            for name, ask in pages.items():
                time.sleep(random.uniform(0, 2 * reading))
                times[name].append(request(port, cookie, *ask()))

    for ask in pages.values():
        for _ in range(4):  # nobody waits for the first look at a file, in neither process of the server
            request(port, cookie, *ask())
    users = [threading.Thread(target=use) for _ in range(USERS)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert all(len(found) == USERS * ROUNDS for found in times.values())
    return times


def request(port: int, cookie: str, address: str, form: str) -> float:
    headers = {"Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}", "X-CSRFToken": TOKEN}
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST" if form else "GET", address, form or None, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, (address, answer.status)
    return time.perf_counter() - started


def within(times: list[float]) -> float:
    return sorted(times)[len(times) * 95 // 100]
