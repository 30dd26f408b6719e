"""What pages may ask about works. First argument: scope."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl
from django.db.models import Count, F, Q, QuerySet, Sum

from jangkau.programmes.construction.models import BudgetLine, RosterLine, Work
from jangkau.programmes.construction.states import BEFORE_PAYMENT, OPEN, State
from jangkau.registry.access.permissions import Scope

WORKS_ON_A_PAGE = 50
GAPS = ("open", "gap", "unproven", "underpaid", "late", "changes")


class WorksPage(NamedTuple):
    """A page of works; `before` and `after`: the works from which the pages beside it are asked for."""

    works: list[Work]
    before: int | None = None
    after: int | None = None


class Sums(NamedTuple):
    """What the works of an area come to."""

    works: int
    workers: int
    works_open: int
    workers_open: int
    works_with_gap: int
    worker_days_lost: int
    due: int
    paid: int
    underpaid: int


def works(scope: Scope) -> QuerySet[Work]:
    """The works somebody may see, the latest begun first; those without a first day come last."""
    return Work.objects.filter(scope.where("village_id")).select_related("village").order_by("-starts_on", "-pk")


def chosen(
    scope: Scope, *, region: str = "", state: str = "", gap: str = "", year: int | None = None, words: str = ""
) -> QuerySet[Work]:
    """The works of a region, in a state, with a gap of a kind (GAPS), begun in a year, whose activity holds words."""
    found = works(scope)
    if region:
        found = found.filter(Q(village_id=region) | Q(village__code__startswith=f"{region}."))
    if state:
        found = found.filter(state=state)
    if year:
        found = found.filter(starts_on__range=(date(year, 1, 1), date(year, 12, 31)))
    for word in words.split()[:5]:
        found = found.filter(activity__icontains=word)
    conditions = {
        "open": Q(workers_open__gt=0),
        "gap": Q(has_gap=True),
        "unproven": Q(state__in=BEFORE_PAYMENT),
        "underpaid": Q(underpaid__gt=0),
        "late": Q(workers_late__gt=0),
        "changes": Q(changes_waiting__gt=0),
    }
    return found.filter(conditions[gap]) if gap in conditions else found


def page_of(
    found: QuerySet[Work], *, after: int | None = None, before: int | None = None, most: int = WORKS_ON_A_PAGE
) -> WorksPage:
    """The `most` works that come after or before a work; nothing is counted and nothing skipped."""
    start = found.model.objects.filter(pk=before or after or 0).values_list("starts_on", "pk").first()
    back = start is not None and before is not None
    ordered = found.order_by(F("starts_on").desc(nulls_last=True), "-pk")
    if back:
        ordered = ordered.reverse()
    if start:
        ordered = ordered.filter(_beyond(*start, back=back))
    kept = list(ordered[: most + 1])
    more, kept = len(kept) > most, kept[:most]
    shown = kept[::-1] if back else kept
    if not shown:
        return WorksPage([])
    return WorksPage(
        shown,
        before=shown[0].pk if (more if back else start is not None) else None,
        after=shown[-1].pk if (more or back) else None,
    )


def _beyond(day: date | None, number: int, *, back: bool) -> Q:
    """What comes after (or before) a work in the order of the list; works without a day stand at the end."""
    if day is None:
        return (
            Q(starts_on=None, pk__gt=number) | Q(starts_on__isnull=False) if back else Q(starts_on=None, pk__lt=number)
        )
    if back:
        return Q(starts_on__gt=day) | Q(starts_on=day, pk__gt=number)
    return Q(starts_on__lt=day) | Q(starts_on=day, pk__lt=number) | Q(starts_on=None)


def sums(found: QuerySet[Work]) -> Sums:
    """What these works come to; cancelled ones are left out."""
    kept = found.order_by().exclude(state=State.CANCELLED)
    told = kept.aggregate(
        works=Count("pk"), workers=Sum("workers"), works_open=Count("pk", filter=Q(workers_open__gt=0)),
        workers_open=Sum("workers_open"), works_with_gap=Count("pk", filter=Q(has_gap=True)),
        worker_days_lost=Sum("worker_days_lost"), due=Sum("due"), paid=Sum("paid"), underpaid=Sum("underpaid"),
    )  # fmt: skip
    return Sums(**{name: told[name] or 0 for name in Sums._fields})


def by_village(found: QuerySet[Work]) -> pl.DataFrame:
    """`village_code, works, works_open, workers_open, worker_days_lost, underpaid` of every village with works."""
    names = ("works", "works_open", "workers_open", "worker_days_lost", "underpaid", "works_with_gap")
    counts = (
        Count("pk"), Count("pk", filter=Q(workers_open__gt=0)), Sum("workers_open"), Sum("worker_days_lost"),
        Sum("underpaid"), Count("pk", filter=Q(has_gap=True)),
    )  # fmt: skip
    kept = found.order_by().exclude(state=State.CANCELLED).exclude(village=None)
    told = {f"n_{name}": count for name, count in zip(names, counts, strict=True)}
    counted = kept.values_list("village_id").annotate(**told)
    schema = {"village_code": pl.String(), **dict.fromkeys(names, pl.Int64())}
    return pl.DataFrame(list(counted), schema=schema, orient="row").sort("village_code")


def by_district(counted: pl.DataFrame) -> pl.DataFrame:
    """The counts of `by_village` by `district_code`, under the name `village_code` still: a code is a code."""
    return counted.group_by(pl.col("village_code").str.slice(0, 8)).agg(pl.exclude("village_code").sum()).sort(
        "village_code"
    )  # fmt: skip


def budget_lines(scope: Scope, *, region: str = "", finding: str = "") -> QuerySet[BudgetLine]:
    """The works in village budgets that somebody may see, in the order of their lists."""
    found = BudgetLine.objects.filter(scope.where("village_id")).select_related("village", "work").order_by("pk")
    if region:
        found = found.filter(Q(village_id=region) | Q(village__code__startswith=f"{region}."))
    return found.filter(finding=finding) if finding else found


def budget_counts(scope: Scope, region: str = "") -> dict[str, tuple[int, int]]:
    """Finding -> how many lines, and what they are worth in rupiah."""
    told = budget_lines(scope, region=region).order_by().values_list("finding").annotate(Count("pk"), Sum("value"))
    return {finding: (count, value or 0) for finding, count, value in told}


def years(scope: Scope) -> list[int]:
    """The years in which works began, the latest first."""
    found = Work.objects.filter(scope.where("village_id")).dates("starts_on", "year", order="DESC")
    return [day.year for day in found]


def roster(scope: Scope, work: Work) -> QuerySet[RosterLine]:
    """The workers of a work, by name, those who left at the end."""
    assert works(scope).filter(pk=work.pk).exists()
    return work.roster.select_related(None).order_by(F("ended_on").asc(nulls_first=True), "name", "pk")


def work_with_code(code: str) -> Work | None:
    """The work whose proof holds this code: for everybody who holds the paper."""
    return Work.objects.filter(proof_code=code).select_related("village").first()


def reported_workers(work: Work) -> int:
    """How many workers of a work the branch knows."""
    return work.roster.filter(ended_on=None, reported_on__isnull=False).count()


def is_open(work: Work) -> bool:
    """May something still be written on a work?"""
    return work.state in OPEN
