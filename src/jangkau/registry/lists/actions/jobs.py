"""Long work that a person waits for: asked for on a page, done by the worker, told in a Job row. One worker at a time
does a job (see gateways.turns); what a dead one left is done again, from where it stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Mapping
from datetime import date

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jangkau.core.kernel import JangkauError, Refused
from jangkau.registry.access.actions import chain_looks, record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.changes import apply_change, try_change, undo_change
from jangkau.registry.lists.actions.publishing import take_back_list
from jangkau.registry.lists.actions.reading import read_lists
from jangkau.registry.lists.actions.running import publish_lists
from jangkau.registry.lists.gateways import machine, turns
from jangkau.registry.lists.models import Job, ListChange, SentList, State
from jangkau.registry.lists.queries import UNFINISHED, jobs_left, measured_on

MOST_ATTEMPTS = 5  # a job that ends its worker so often is not tried again
_log = structlog.get_logger("jangkau.jobs")
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
    """Does a job that waits or was left by a dead worker: one on lists, or `work` of another room. Each step may be
    repeated after a crash: what is done already is not done again. Nothing happens when another worker has it."""
    with turns.turn(number) as mine:
        job = _claimed(number) if mine else None
        if job is not None:
            _do(job, work or _work_on_lists)


def _claimed(number: int) -> Job | None:
    open_jobs = Job.objects.filter(pk=number, state__in=UNFINISHED)
    if open_jobs.filter(cancel_asked=True).update(state=Job.State.CANCELLED):
        return None
    taken = open_jobs.filter(attempts__lt=MOST_ATTEMPTS).update(
        state=Job.State.RUNNING, running_since=timezone.now(), held_by=turns.me(), attempts=F("attempts") + 1
    )
    if not taken:
        open_jobs.update(state=Job.State.FAILED, error=_told(_GIVEN_UP))
        return None
    return Job.objects.get(pk=number)


def _do(job: Job, work: Callable[[Job], None]) -> None:
    started = time.monotonic()
    log = _log.bind(job=job.pk, kind=job.kind, attempt=job.attempts)
    log.info("job_started")
    try:
        work(job)
    except JangkauError as error:
        _finish(job, Job.State.FAILED, _told(error))
    except _Cancelled:
        _finish(job, Job.State.CANCELLED, None)
    except BaseException as error:
        if isinstance(error, Exception) and not machine.is_database_gone(error):  # else it is done again later
            _finish(job, Job.State.FAILED, _told(machine.trouble(error) or _UNEXPECTED))
        log.exception("job_broke", seconds=round(time.monotonic() - started, 3))
        raise
    else:
        _finish(job, Job.State.DONE, None)
    state = Job.objects.values_list("state", flat=True).get(pk=job.pk)
    log.info("job_ended", state=state, seconds=round(time.monotonic() - started, 3))
    chain_looks()


def _told(error: JangkauError) -> dict[str, str]:
    return {"id": error.indonesian, "en": error.english}


_GIVEN_UP = Refused(
    f"Pekerjaan ini dihentikan karena {MOST_ATTEMPTS} kali memutus pengolahnya. Yang tersimpan tetap utuh. Beri tahu"
    " pengelola, lalu minta lagi setelah diperiksa.",
    f"This work was stopped because it ended its worker {MOST_ATTEMPTS} times. What was kept is whole. Tell the"
    " administrator, then ask for it again.",
)
_UNEXPECTED = Refused(
    "Pekerjaan ini terhenti oleh kesalahan yang tidak terduga dan tercatat di log. Yang tersimpan tetap utuh. Ulangi;"
    " bila terjadi lagi, beri tahu pengelola nomor pekerjaannya.",
    "This work was stopped by an unexpected error, which stands in the log. What was kept is whole. Repeat it; if it"
    " happens again, tell the administrator the number of the work.",
)


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
            if job.attempts == 1 or item.state != State.TAKEN_BACK:  # the worker before may have got so far
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
    """A publication stops before it is planned, or goes to its end."""
    if stage == "publish":
        Job.objects.filter(pk=job.pk).update(done=done)
    elif stage == "link" and not done and Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise _Cancelled


def _finish(job: Job, state: str, error: dict[str, str] | None) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error)


@transaction.atomic
def cancel_job(job: Job, *, by: User | None) -> None:
    """Asks a job to stop after the list it is at; one that nobody works on ends here. Raises Refused when it has
    ended."""
    if job.state not in UNFINISHED:
        raise Refused("Pekerjaan ini sudah selesai.", "This work has ended.")
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    idle = Job.objects.filter(pk=job.pk, state__in=UNFINISHED)
    if not turns.is_worked_on(job.pk):
        idle.update(state=Job.State.CANCELLED)
    record(by=by, action="job_cancelled", subject=f"job {job.pk}")


def resume_jobs(start: Start, others: Mapping[str, Start], *, queued: Container[int] = ()) -> int:
    """After a restart: hands every job that waits, or was left by a dead worker, to the queue again, but for those that
    are `queued`; returns how many. `others` holds the queues of the kinds of job that other rooms do."""
    left = [job for job in jobs_left() if job.pk not in queued]
    for job in left:
        others.get(job.kind, start)(job.pk)
    return len(left)
