"""Thirty people at once on the pages of the register that the steps before made: `jangkau serve` as it is started by
everybody, and for each page the time within which 95 of 100 answers came. Called by `python -m bench`."""

from __future__ import annotations

import http.client
import socket
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

from bench.outcome import Outcome
from bench.steps import User  # and Django is set up

USERS, ROUNDS = 30, 8
TOKEN = "b" * 32
PAGES = {"Beranda": ("/", ""), "Wilayah": ("/wilayah/32.02.05/", ""), "search": ("/pekerja/", urlencode({"q": "siti"}))}
FLOOR = {"ok": ("/hidup/", "")}


def step_load(folder: Path, workers: int) -> Outcome:
    user, _ = User.objects.get_or_create(username="load", defaults={"is_superuser": True})
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with served() as port:
        floor = _within(_asked(port, cookie, FLOOR)["ok"])
        told = {name: _within(times) for name, times in _asked(port, cookie, PAGES).items()}
    pages = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in told.items())
    return max(told.values()), "a page that says ok, p95", floor, f"{USERS} users, p95: {pages}"


@contextmanager
def served() -> Iterator[int]:
    """The port on which the register is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "jangkau.web.site", "serve", "--port", str(port)]
    server = subprocess.Popen([*command, "--data", str(settings.JANGKAU_DATA)], stdout=subprocess.DEVNULL)
    try:
        _wait(lambda: _request(port, "", "/hidup/", ""))
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


def _asked(port: int, cookie: str, pages: dict[str, tuple[str, str]]) -> dict[str, list[float]]:
    """The seconds of every answer by page; each user asks for all pages again and again, one after the other."""
    times: dict[str, list[float]] = {name: [] for name in pages}

    def use() -> None:
        for _ in range(ROUNDS):
            for name, (address, form) in pages.items():
                times[name].append(_request(port, cookie, address, form))

    for address, form in pages.values():
        _request(port, cookie, address, form)  # nobody waits for the first look at a file
    users = [threading.Thread(target=use) for _ in range(USERS)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert all(len(found) == USERS * ROUNDS for found in times.values())
    return times


def _request(port: int, cookie: str, address: str, form: str) -> float:
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


def _within(times: list[float]) -> float:
    return sorted(times)[len(times) * 95 // 100]
