"""The worker: does what waits in the queue, goes on after it lost the database, says every few seconds it lives."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import threading
import time
from typing import Any

import structlog
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connections
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from jangkau.core.kernel import Unknown
from jangkau.programmes.compliance import tasks as compliance
from jangkau.programmes.compliance.models import JOB_KIND as LETTERS
from jangkau.programmes.subsidy import tasks as decrees
from jangkau.programmes.subsidy.actions.papers import JOB_KIND as DECREE
from jangkau.registry.lists.actions.jobs import cancel_job, resume_jobs
from jangkau.registry.lists.gateways import turns
from jangkau.registry.lists.models import Job
from jangkau.registry.lists.tasks import start, start_book
from jangkau.web.api import tasks as messages
from jangkau.web.api.actions.webhooks import resume_deliveries
from jangkau.web.reports import tasks as reports
from jangkau.web.reports.models import JOB_KIND
from jangkau.web.site.cli import register
from jangkau.web.site.ending import end_with_parent

QUEUES = {"book": start_book, JOB_KIND: reports.start, DECREE: decrees.start, LETTERS: compliance.start}
LONGEST_PAUSE = 30.0  # seconds between two tries to reach a database that is away
KEPT_DAYS = 30  # how long ended entries of the queue are kept
JOBS_TOLD = 50
_log = structlog.get_logger("jangkau.worker")


def work(*, beside: int | None) -> int:
    """Works off the queue until it is told to stop; ends with the process `beside`."""
    threading.Thread(target=_beat, daemon=True).start()
    if beside is not None:  # whoever starts next goes on with the job
        end_with_parent(beside, lambda: os._exit(1))
    task_finished.connect(_after_task)
    try:
        return _work_on()
    finally:
        turns.say_farewell()


def _work_on() -> int:
    pause = 0.5
    while True:
        try:
            _log.info("worker_started", jobs_left=_resume())
            call_command("prune_db_task_results", verbosity=0, min_age_days=KEPT_DAYS)
            pause = 0.5
            call_command(
                "db_worker", verbosity=0, reload=False, interval=0.5, queue_name="default", startup_delay=False,
                worker_id=f"{turns.me()}:{time.time_ns()}"[-64:],
            )  # fmt: skip
        except (OperationalError, InterfaceError):
            _log.warning("database_away", again_after=pause)
            connections.close_all()
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            return 0


def _beat() -> None:
    while True:
        with contextlib.suppress(OSError):  # a disk that takes nothing: the silence is told by /siap/
            turns.beat()
        time.sleep(turns.BEAT_EVERY)


def _resume() -> int:
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY).values_list("task_path", "args_kwargs")
    queued = [(path == messages.deliver.module_path, each["args"][0]) for path, each in ready if each["args"]]
    resume_deliveries(messages.later, queued={number for is_message, number in queued if is_message})
    return resume_jobs(start, QUEUES, queued={number for is_message, number in queued if not is_message})


def _after_task(sender: Any, task_result: Any, **rest: Any) -> None:
    """A task that broke may have left its job open: the database went away in the middle."""
    if task_result.status == TaskResultStatus.FAILED:
        _resume()


def jobs(given: argparse.Namespace) -> int:
    """Lists the newest work, or asks a job to stop."""
    register.need()
    if given.action == "cancel":
        found = Job.objects.filter(pk=given.number).first()
        if found is None:
            raise Unknown(
                f"Tidak ada pekerjaan nomor {given.number}. Lihat nomornya dengan: jangkau jobs list.",
                f"There is no work number {given.number}. See the numbers with: jangkau jobs list.",
            )
        cancel_job(found, by=None)
        return 0
    told = [
        {
            "number": job.pk,
            "kind": job.kind,
            "state": job.state,
            "done": job.done,
            "total": job.total,
            "attempts": job.attempts,
            "worked_on": job.state == Job.State.RUNNING and turns.is_worked_on(job.pk),
            "asked_at": job.created_at.isoformat(timespec="seconds"),
        }
        for job in Job.objects.order_by("-pk")[:JOBS_TOLD]
    ]
    if given.json:
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
    for job in [] if given.json else told:
        sys.stdout.write("{number:>6} {kind:14s} {state:10s} {done}/{total} {asked_at}\n".format(**job))
    return 0
