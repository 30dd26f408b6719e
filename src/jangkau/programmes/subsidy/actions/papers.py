"""The papers of a decree: asked for on its page, made by the worker (a page of names takes its time)."""

from __future__ import annotations

from django.db import transaction

from jangkau.programmes.subsidy.gateways.papers import PAPERS, place_of
from jangkau.programmes.subsidy.models import Decree
from jangkau.programmes.subsidy.presenters.annex_book import annex_paper
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.lists.actions.jobs import Start, ask_for, tell
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Job

JOB_KIND = "decree"


@transaction.atomic
def ask_for_papers(scope: Scope, decree: Decree, *, start: Start) -> Job:
    """Has the annex of a decree set on paper, for the branch and for the public."""
    require_write(scope)
    job = ask_for(JOB_KIND, [], by=scope.user, start=start)
    Decree.objects.filter(pk=decree.pk).update(paper_job=job)
    return job


def make_papers(job: Job) -> None:
    """Makes the papers of the decree of a job; a second time it makes the same papers again."""
    decree = Decree.objects.select_related("scheme__area").get(paper_job=job)
    for at, (paper, whole) in enumerate(PAPERS.items()):

        def told(done: int, parts: int, before: int = at) -> None:
            tell(job, before * parts + done, len(PAPERS) * parts)

        store.write_bytes(annex_paper(decree, whole=whole, tell=told), place_of(decree.pk, paper))
    record(by=job.created_by, action="decree_printed", subject=f"decree {decree.pk}", people=decree.people)
