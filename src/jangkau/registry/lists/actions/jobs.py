"""Long work that a person waits for: asked for on a page, done by the worker, told in a Job row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import JangkauError, Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.changes import apply_change, try_change, undo_change
from jangkau.registry.lists.actions.publishing import take_back_list
from jangkau.registry.lists.actions.reading import read_lists
from jangkau.registry.lists.actions.running import publish_lists
from jangkau.registry.lists.models import Job, ListChange, SentList, State
from jangkau.registry.lists.queries import measured_on

Start = Callable[[int], None]  # hands a job number to the worker's queue


@transaction.atomic
def ask_for(
    kind: str,
    lists: list[SentList],
    *,
    by: User | None,
    start: Start,
    change: ListChange | None = None,
    book: str = "",
) -> Job:
    """Writes a job down and hands it to the worker once the transaction stands."""
    numbers = [item.pk for item in lists]
    job = Job.objects.create(kind=kind, lists=numbers, total=len(lists), created_by=by, change=change, book=book)
    record(by=by, action=f"job_{kind}", subject=f"job {job.pk}", lists=len(lists))
    transaction.on_commit(lambda: start(job.pk))
    return job


def do_job(number: int, work: Callable[[Job], None] | None = None) -> None:
    """Does a job that waits: one on lists, or `work` of another room. Each step may be repeated after a crash: what is
    done already is not done again."""
    job = Job.objects.get(pk=number)
    if job.state not in (Job.State.WAITING, Job.State.RUNNING):
        return
    Job.objects.filter(pk=number).update(state=Job.State.RUNNING, running_since=timezone.now())
    try:
        (work or _work_on_lists)(job)
    except JangkauError as error:
        _finish(job, Job.State.FAILED, {"id": error.indonesian, "en": error.english})
    except _Cancelled:
        _finish(job, Job.State.CANCELLED, None)
    else:
        _finish(job, Job.State.DONE, None)


class _Cancelled(Exception):
    """Somebody asked to stop."""


def _work_on_lists(job: Job) -> None:
    known = SentList.objects.in_bulk(job.lists)
    lists = [known[pk] for pk in job.lists if pk in known]
    today = measured_on() or date.today()  # noqa: DTZ011  the day of the office that runs the server
    if job.kind == "read":
        for position, item in enumerate(lists):
            item.refresh_from_db(fields=["state"])
            if item.state != State.PUBLISHED:  # published while this waited: its rows are evidence now
                read_lists([item], as_of=today)
            tell(job, position + 1, len(lists))
    elif job.kind == "publish":
        publish_lists(
            lists, as_of=today, by=job.created_by, progress=lambda stage, done, total: _tell_stage(job, stage, done)
        )
    elif job.kind == "take_back":
        for position, item in enumerate(lists):
            take_back_list(item, by=job.created_by)
            tell(job, position + 1, len(lists))
        publish_lists([], as_of=today, by=job.created_by, progress=lambda stage, done, total: None)
    elif job.change is not None:
        _work_on_change(job, job.change, today)


def _work_on_change(job: Job, change: ListChange, today: date) -> None:
    if job.kind == "try_change":
        try_change(change, as_of=today)
    elif job.kind == "apply_change":
        apply_change(change, as_of=today, by=job.created_by)
    elif job.kind == "undo_change":
        undo_change(change, as_of=today, by=job.created_by)


def tell(job: Job, done: int, total: int) -> None:
    """Writes down how far a job got, and ends it here when somebody asked to stop."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total)
    if done < total and Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise _Cancelled


def _tell_stage(job: Job, stage: str, done: int) -> None:
    if stage == "publish":
        Job.objects.filter(pk=job.pk).update(done=done)


def _finish(job: Job, state: str, error: dict[str, str] | None) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error)


@transaction.atomic
def cancel_job(job: Job, *, by: User | None) -> None:
    """Asks a job to stop after the list it is at. Raises Refused when it has ended."""
    if job.state not in (Job.State.WAITING, Job.State.RUNNING):
        raise Refused("Pekerjaan ini sudah selesai.", "This work has ended.")
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(state=Job.State.CANCELLED)
    record(by=by, action="job_cancelled", subject=f"job {job.pk}")


def resume_jobs(start: Start, others: Mapping[str, Start]) -> int:
    """After a restart: hands every job that was running or waiting to the worker again; returns how many. `others`
    holds the queues of the kinds of job that other rooms do."""
    open_jobs = list(Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).order_by("pk"))
    for job in open_jobs:
        others.get(job.kind, start)(job.pk)
    return len(open_jobs)
