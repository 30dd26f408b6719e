"""The worker's side: tells receivers of webhooks, now or later."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from jangkau.web.api.actions.webhooks import Telling
from jangkau.web.api.actions.webhooks import deliver as deliver_now


@task()
def deliver(number: int) -> None:
    """Tells the delivery with this number."""
    deliver_now(number, later=later)


def later(number: int, moment: datetime | None) -> None:
    """Puts a delivery into the queue, not before a moment."""
    (deliver.using(run_after=moment) if moment else deliver).enqueue(number)


telling = Telling(later)
