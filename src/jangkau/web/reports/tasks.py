"""The worker's side: takes a job number from the queue and makes the report."""

from django_tasks import task

from jangkau.registry.lists.actions.jobs import do_job
from jangkau.web.reports.actions import do_report


@task()
def work(number: int) -> None:
    """Makes the report of this job."""
    do_job(number, do_report)


def start(number: int) -> None:
    """Puts a job into the queue."""
    work.enqueue(number)
