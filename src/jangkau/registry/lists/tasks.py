"""The worker's side: takes a job number from the queue and does the job."""

from django.contrib.auth.models import AnonymousUser
from django_tasks import task

from jangkau.registry.access.permissions import scope_of
from jangkau.registry.lists.actions.jobs import do_job, tell
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Job, SentList
from jangkau.registry.lists.presenters.books import content_of


@task()
def work(number: int) -> None:
    """Does the job with this number."""
    do_job(number)


def start(number: int) -> None:
    """Puts a job into the queue."""
    work.enqueue(number)


@task()
def write_book(number: int) -> None:
    """Writes the workbook that the job with this number is about."""
    do_job(number, _keep_book)


def start_book(number: int) -> None:
    """Puts the writing of a workbook into the queue."""
    write_book.enqueue(number)


def _keep_book(job: Job) -> None:
    item = SentList.objects.get(pk=job.lists[0])
    scope = scope_of(job.created_by or AnonymousUser())
    content = content_of(job.book, scope, item, lambda share: tell(job, round(share * item.rows), item.rows))
    store.keep_book(item.sha256, job.book, content)
