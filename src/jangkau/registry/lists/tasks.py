"""The worker's side: takes a job number from the queue and does the job."""

from django_tasks import task

from jangkau.registry.lists.actions.jobs import do_job


@task()
def work(number: int) -> None:
    """Does the job with this number."""
    do_job(number)


def start(number: int) -> None:
    """Puts a job into the queue."""
    work.enqueue(number)
