"""The worker's side: takes a job number from the queue and writes the letters."""

from django_tasks import task

from jangkau.programmes.compliance.actions import do_letters
from jangkau.registry.lists.actions.jobs import do_job


@task()
def work(number: int) -> None:
    """Writes the letters of this job."""
    do_job(number, do_letters)


def start(number: int) -> None:
    """Puts a job into the queue."""
    work.enqueue(number)
