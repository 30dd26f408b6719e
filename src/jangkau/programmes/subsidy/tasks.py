"""The worker's side: takes a job number from the queue and makes the papers of a decree."""

from django_tasks import task

from jangkau.programmes.subsidy.actions.papers import make_papers
from jangkau.registry.lists.actions.jobs import do_job


@task()
def work(number: int) -> None:
    """Makes the papers of this job."""
    do_job(number, make_papers)


def start(number: int) -> None:
    """Puts a job into the queue."""
    work.enqueue(number)
