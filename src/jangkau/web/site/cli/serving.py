"""Serves the pages and keeps one worker beside the server. The worker is a process of its own, so that a long list does
not slow a page; it is started again when it dies, and ends with the server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

from jangkau.registry.access.gateways import wall
from jangkau.registry.people.actions import store_packaged_figures

MOST_PROCESSES = 2  # a page is work for one core; more would only take memory
AGAIN_AFTER = 1.0  # seconds until a worker that died is started again


def serve(*, host: str, port: int, with_worker: bool) -> int:
    """Serves until it is told to stop."""
    call_command("migrate", verbosity=0)
    wall.make_role()
    store_packaged_figures()  # a newer version may carry more
    call_command("collectstatic", interactive=False, verbosity=0)
    figures = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(mode=0o700)
    ended = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(ended,))
    if with_worker:
        keeper.start()
    sys.stdout.write(f"Buka http://{host}:{port}/\n")
    sys.stdout.flush()
    try:
        Server(
            "jangkau.web.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=min(os.cpu_count() or 1, MOST_PROCESSES),
            blocking_threads=4,
            log_enabled=False,
            respawn_failed_workers=True,
        ).serve()
    finally:
        ended.set()
        if with_worker:
            keeper.join()
    return 0


def _keep_worker(ended: threading.Event) -> None:
    data = ["--data", str(settings.JANGKAU_DATA)]
    command = [sys.executable, "-m", "jangkau.web.site", "work", "--beside", str(os.getpid()), *data]
    while not ended.is_set():
        worker = subprocess.Popen(command)
        while worker.poll() is None and not ended.wait(0.2):
            pass
        if ended.is_set():
            worker.terminate()
            try:
                worker.wait(timeout=10)
            except subprocess.TimeoutExpired:  # in the middle of a list: it goes on there after the next start
                worker.kill()
                worker.wait()
        ended.wait(AGAIN_AFTER)
