"""A job is done by one worker, gone on with after a crash, stopped when somebody asks, and says why it failed."""

from __future__ import annotations

import errno
import threading

import pytest
from django.db import OperationalError, connection
from django.test import Client

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Role
from jangkau.registry.lists.actions.jobs import MOST_ATTEMPTS, cancel_job, do_job, resume_jobs
from jangkau.registry.lists.gateways import turns
from jangkau.registry.lists.models import Job, SentList, State
from jangkau.registry.lists.queries import jobs_left


def job(**fields: object) -> Job:
    return Job.objects.create(**{"kind": "read", "total": 1, **fields})


def state_of(one: Job) -> str:
    one.refresh_from_db()
    return one.state


def test_while_one_worker_has_a_job_no_other_takes_it(register):
    one, done = job(), []

    def work(held: Job) -> None:
        other = threading.Thread(target=lambda: done.append(turns.is_worked_on(held.pk)))
        other.start()
        other.join()
        do_job(held.pk, lambda again: done.append("twice"))  # a second worker was handed the same number
        done.append("once")

    do_job(one.pk, work)
    assert done == [True, "once"]
    assert (state_of(one), one.attempts) == (Job.State.DONE, 1)
    assert one.held_by == turns.me()
    do_job(one.pk, work)
    assert done == [True, "once"]


def test_what_a_dead_worker_left_is_found_handed_on_and_given_up_in_the_end(register):
    left, handed = job(state=Job.State.RUNNING, attempts=1, held_by="gone:1"), []
    waiting = job()
    assert [one.pk for one in jobs_left()] == [left.pk, waiting.pk]
    assert resume_jobs(handed.append, {}, queued={waiting.pk}) == 1
    assert handed == [left.pk]
    do_job(left.pk, lambda held: None)
    assert state_of(left) == Job.State.DONE
    deadly = job(state=Job.State.RUNNING, attempts=MOST_ATTEMPTS)
    do_job(deadly.pk, lambda held: pytest.fail("it was tried once more"))
    assert state_of(deadly) == Job.State.FAILED
    assert "beri tahu pengelola" in deadly.error["id"].lower()


def test_a_list_that_was_taken_back_before_the_worker_died_is_no_failure(register):
    item = SentList.objects.create(sha256="0" * 64, path="a.csv", state=State.TAKEN_BACK)
    again = job(kind="take_back", lists=[item.pk], state=Job.State.RUNNING, attempts=1)
    do_job(again.pk)
    assert state_of(again) == Job.State.DONE, again.error


def breaks(error: BaseException) -> Job:
    one = job()

    def work(held: Job) -> None:
        raise error

    with pytest.raises(type(error)):
        do_job(one.pk, work)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ZeroDivisionError("3202011203809001"), "tidak terduga"),
        (OSError(errno.ENOSPC, "No space left on device"), "Ruang disk habis"),
        (OSError(errno.EROFS, "Read-only file system"), "tidak dapat ditulisi"),
        (OperationalError("database or disk is full"), "Ruang disk habis"),
        (OperationalError("attempt to write a readonly database"), "tidak dapat ditulisi"),
    ],
)
def test_a_job_that_breaks_ends_with_a_sentence_and_no_data(register, error, words):
    broken = breaks(error)
    assert broken.state == Job.State.FAILED
    assert words in broken.error["id"] and broken.error["en"]
    assert "3202" not in str(broken.error)


@pytest.mark.parametrize("error", [OperationalError("server closed the connection unexpectedly"), SystemExit(1)])
def test_a_job_whose_database_or_worker_goes_away_is_done_again(register, error):
    broken = breaks(error)
    assert broken.state == Job.State.RUNNING
    assert broken in jobs_left()
    do_job(broken.pk, lambda held: None)
    assert state_of(broken) == Job.State.DONE


def test_a_running_job_stops_where_it_is_and_a_left_one_at_once(register):
    one = job(total=3)

    def work(held: Job) -> None:
        cancel_job(held, by=None)
        assert state_of(one) == Job.State.RUNNING  # it is asked to
        from jangkau.registry.lists.actions.jobs import tell

        tell(held, 1, 3)
        pytest.fail("it went on")

    do_job(one.pk, work)
    assert state_of(one) == Job.State.CANCELLED
    left = job(state=Job.State.RUNNING)
    cancel_job(left, by=None)
    assert state_of(left) == Job.State.CANCELLED
    with pytest.raises(Refused):
        cancel_job(left, by=None)
    asked = job(state=Job.State.RUNNING, cancel_asked=True)  # its worker died after somebody asked
    do_job(asked.pk, lambda held: pytest.fail("it was started again"))
    assert state_of(asked) == Job.State.CANCELLED


def test_a_publication_that_somebody_stopped_in_time_publishes_nothing(register):
    one = job(kind="publish", cancel_asked=False)
    asked: list[bool] = []

    from jangkau.registry.lists.actions import jobs

    def ask(*arguments: object, progress, **rest: object) -> int:
        cancel_job(one, by=None)
        asked.append(True)
        progress("link", 0, 1)
        pytest.fail("it was planned all the same")

    before, jobs.publish_lists = jobs.publish_lists, ask
    try:
        do_job(one.pk)
    finally:
        jobs.publish_lists = before
    assert asked and state_of(one) == Job.State.CANCELLED


def test_a_reader_stops_own_work_alone(register):
    reader = create_user(username="pembaca", password="x", area_code="32.02", role=Role.READER)
    client = Client(headers={"host": "localhost"})
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    own, other = job(created_by=reader), job()
    for one in (own, other):
        client.post(f"/pekerjaan/{one.pk}/batal/")
    assert (state_of(own), state_of(other)) == (Job.State.CANCELLED, Job.State.WAITING)


def test_a_job_that_does_not_exist_is_nothing(register):
    do_job(999_999)
    assert connection.vendor and not Job.objects.exists()
