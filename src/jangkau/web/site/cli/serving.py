"""Serves the pages and keeps one worker beside the server. The worker is a process of its own, so that a long list does
not slow a page; when the server stops, so does the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

from jangkau.programmes.compliance import tasks as compliance
from jangkau.programmes.compliance.models import JOB_KIND as LETTERS
from jangkau.programmes.subsidy import tasks as decrees
from jangkau.programmes.subsidy.actions.papers import JOB_KIND as DECREE
from jangkau.registry.lists.actions.jobs import resume_jobs
from jangkau.registry.lists.tasks import start, start_book
from jangkau.registry.people.actions import store_packaged_figures
from jangkau.web.reports import tasks as reports
from jangkau.web.reports.models import JOB_KIND

MOST_PROCESSES = 2  # a page is work for one core; more would only take memory


def serve(*, host: str, port: int) -> int:
    """Serves until it is told to stop."""
    call_command("migrate", verbosity=0)
    store_packaged_figures()  # a newer version may carry more
    call_command("collectstatic", interactive=False, verbosity=0)
    arguments = [sys.executable, "-m", "jangkau.web.site", "work", "--data", str(settings.JANGKAU_DATA)]
    worker = subprocess.Popen(arguments)
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
        ).serve()
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=10)
    return 0


def work() -> int:
    """Works off the queue; first what an earlier worker left unfinished."""
    others = {"book": start_book, JOB_KIND: reports.start, DECREE: decrees.start, LETTERS: compliance.start}
    resume_jobs(start, others)
    call_command("db_worker", verbosity=0, reload=False, interval=0.5, queue_name="default", startup_delay=False)
    return 0
