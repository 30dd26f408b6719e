"""Lists, their problems, and work in progress, as the pages of Daftar show them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext

from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import Job, SentList, State
from jangkau.registry.lists.presenters.books import is_large
from jangkau.registry.lists.presenters.remarks import remarks
from jangkau.registry.lists.presenters.words import FIELD_WORDS, JOB_WORDS, PROBLEM_WORDS, STEPS, in_language
from jangkau.registry.lists.queries.columns import COLUMN_OF_PROBLEM, column_of
from jangkau.registry.lists.states import PUBLISHABLE, REFUSABLE

SAMPLES = 4


@dataclass(frozen=True)
class ProblemGroup:
    """A kind of problem: how many rows, in which cells for example."""

    code: str
    title: str
    advice: str
    rows: int
    samples: list[str]


@dataclass(frozen=True)
class ListView:
    """A list as its pages show it."""

    item: SentList
    title: str
    place: str
    error: str
    findings: int  # how often something is wrong in it
    step: int  # how many of STEPS are done
    may_publish: bool
    may_refuse: bool
    may_take_back: bool

    # what follows stands on the page of the list alone, not in a table of fifty
    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(str(name) for name in STEPS)

    @cached_property
    def remarks(self) -> list[str]:
        return remarks(self.item)

    @cached_property
    def columns(self) -> list[tuple[str, str, float]]:
        """Header in the file, read as, confidence."""
        return _columns(self.item)

    @property
    def large(self) -> bool:
        """Are its workbooks written by the worker?"""
        return is_large(self.item)


@dataclass(frozen=True)
class JobView:
    """A piece of work: how far, how long still."""

    job: Job
    title: str
    percent: int
    seconds_left: int | None
    ended: bool
    error: str


def list_view(item: SentList) -> ListView:
    step = {State.READ: 2, State.PUBLISHED: 5, State.TAKEN_BACK: 2}.get(State(item.state), 1)
    place = item.village.name if item.village else item.district.name if item.district else ""
    return ListView(
        item=item,
        title=item.title or item.file_name,
        place=place,
        error=in_language(item.error),
        findings=sum(item.problem_counts.values()),
        step=step,
        may_publish=item.state in PUBLISHABLE and item.rows_of_people > 0,
        may_refuse=item.state in REFUSABLE,
        may_take_back=item.state == State.PUBLISHED,
    )


def known_as(name: str, item: SentList) -> str:
    """A file that was sent again, with the name under which it is known when that is another."""
    return name if item.file_name == name else gettext("%(name)s (dulu %(known)s)") % {
        "name": name, "known": item.file_name
    }  # fmt: skip


def enumerated(names: list[str]) -> str:
    """The first few of many names, and how many more there are."""
    shown, more = ", ".join(names[:SAMPLES]), len(names) - SAMPLES
    return gettext("%(names)s, dan %(more)s lagi") % {"names": shown, "more": more} if more > 0 else shown


def _columns(item: SentList) -> list[tuple[str, str, float]]:
    seen: dict[tuple[str, str], float] = {}
    for table in item.tables:
        for column in table["columns"]:
            words = str(FIELD_WORDS.get(column["field"], column["field"])) if column["field"] else ""
            seen.setdefault((column["header"], words), column["confidence"])
    return [(header, words, confidence) for (header, words), confidence in seen.items()]


def problem_groups(scope: Scope, item: SentList) -> list[ProblemGroup]:
    """The problems of a list by kind, most rows first."""
    groups = []
    for code, rows in sorted(item.problem_counts.items(), key=lambda pair: (-pair[1], pair[0])):
        title, advice = PROBLEM_WORDS.get(code, (code, ""))
        found = queries.rows_with_problem(scope, item, code, SAMPLES)
        about = column_of(item.kind, COLUMN_OF_PROBLEM[code]) if code in COLUMN_OF_PROBLEM else None
        hidden = about is not None and not scope.sees(about)
        samples = [
            (f"{row['sheet']}!" if row["sheet"] and len(item.tables) > 1 else "")
            + (row["cell"] or gettext("baris %(row)s") % {"row": row["row"]})
            + (f" “{row['shown']}”" if row["shown"] and not hidden else "")
            for row in found.iter_rows(named=True)
        ]
        groups.append(ProblemGroup(code, str(title), str(advice), rows, samples))
    return groups


def job_view(job: Job) -> JobView:
    left = None
    if job.running_since and job.done and job.state == Job.State.RUNNING:
        spent = (timezone.now() - job.running_since).total_seconds()
        left = round(spent / job.done * (job.total - job.done))
    ended = job.state in (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)
    percent = 100 if job.state == Job.State.DONE else 100 * job.done // max(job.total, 1)
    return JobView(job, str(JOB_WORDS.get(job.kind, job.kind)), percent, left, ended, in_language(job.error))
