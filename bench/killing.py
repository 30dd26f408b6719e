"""Processes of a real register that are killed at random moments: a worker, a web server, a backup. They are
forked from a server that has everything imported, so that a start takes no time. Import it with JANGKAU_DATA set."""

from __future__ import annotations

import hashlib
import http.client
import json
import multiprocessing
import os
import signal
import socket
import tarfile
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "jangkau.web.site.settings"
os.environ.setdefault("JANGKAU_LOG", "json")
django.setup()

from django.conf import settings  # noqa: E402  after the set-up
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402  after the set-up
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402  after the set-up
from django.core.wsgi import get_wsgi_application  # noqa: E402  after the set-up

import jangkau.web.site.urls  # noqa: E402, F401  imports every room
from jangkau.registry.access.models import User  # noqa: E402  after the set-up
from jangkau.registry.lists.gateways import store  # noqa: E402  after the set-up
from jangkau.web.site.backups import archive  # noqa: E402  after the set-up
from jangkau.web.site.cli import working  # noqa: E402  after the set-up

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["bench.killing"])
TOKEN = "x" * 32


def start(act: Callable[..., None], *given: object) -> BaseProcess:
    """A process that does this, with everything imported already."""
    process = _CONTEXT.Process(target=act, args=given)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """As the system does when memory runs out: no word is said."""
    if process.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    process.join()


def work(log: str) -> None:
    """The worker, its words in a file."""
    _to(log)
    working.work(beside=None)


def serve(port: int, log: str) -> None:
    """The site, one request after the other."""
    _to(log)

    class Quiet(WSGIRequestHandler):
        def log_message(self, *words: object) -> None:
            """Says nothing."""

    make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet).serve_forever()


def back_up(target: str, log: str) -> None:
    """A backup, as the command makes it."""
    _to(log)
    archive.back_up(Path(target), recipient=None, tell=lambda text: None)


def _to(log: str) -> None:
    place = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(place, 1)
    os.dup2(place, 2)


def cookie_of(user: User) -> str:
    """Signs somebody in by a session of the database."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={TOKEN}"


def send(port: int, cookie: str, name: str, content: bytes) -> bool:
    """Sends a list as the page does; was it answered?"""
    border = "jangkau"
    head = f'--{border}\r\nContent-Disposition: form-data; name="sent"; filename="{name}"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{border}--\r\n".encode()
    headers = {"Cookie": cookie, "X-CSRFToken": TOKEN, "Content-Type": f"multipart/form-data; boundary={border}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", "/daftar/kirim/", body, headers)
        return connection.getresponse().status == 302
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_for_port(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise TimeoutError("the server does not answer")


def backup_is_whole(target: Path) -> bool:
    """Every file in the backup is what its manifest says; True also where no backup was made yet."""
    if not target.exists():
        return True
    with tarfile.open(target) as tar:
        found = {}
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None
            if member.name == archive.MANIFEST:
                wanted = json.load(content)["files"]
            elif member.name.startswith(f"{archive.FILES}/"):
                digest = hashlib.file_digest(content, "sha256").hexdigest()
                found[member.name.removeprefix(f"{archive.FILES}/")] = digest
    return bool(found == wanted)


def rows_in(sha256: str) -> int:
    """Rows as the store holds them."""
    import polars as pl

    return int(store.scan_frame(store.folder_of(sha256) / store.ROWS).select(pl.len()).collect().item())
