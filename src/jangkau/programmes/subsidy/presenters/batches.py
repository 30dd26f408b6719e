"""The branch's answer to a month, in words and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl
from django.db.models import Count, Sum

from jangkau.programmes.subsidy.models import Batch
from jangkau.programmes.subsidy.presenters.words import DIFFERENCE_WORDS
from jangkau.programmes.subsidy.queries.billed import DIFFERENCES
from jangkau.registry.people.presenters.figures import masked

SHOWN = 20


class DifferenceGroup(NamedTuple):
    """Differences of one kind: how many, and the first of them."""

    words: str
    people: int
    sample: Sequence[Mapping[str, Any]]


class AnswerFigure(NamedTuple):
    people: int
    amount: int


def answer_figures(batch: Batch) -> dict[str, AnswerFigure]:
    """People and rupiah of a batch by answer: accepted, refused, unclear, and open for what was not answered."""
    rows = batch.funded_months.order_by().values_list("answer").annotate(n=Count("pk"), sum=Sum("amount"))
    return {answer or "open": AnswerFigure(count, int(amount)) for answer, count, amount in rows}


def difference_groups(found: pl.DataFrame | None) -> list[DifferenceGroup] | None:
    """The differences by kind; None while the branch has not answered."""
    if found is None:
        return None
    groups = []
    for kind in DIFFERENCES:
        part = found.filter(pl.col("kind") == kind)
        if part.height:
            sample = [row | {"nik": masked(row["nik"])} for row in part.head(SHOWN).iter_rows(named=True)]
            groups.append(DifferenceGroup(str(DIFFERENCE_WORDS[kind]), part.height, sample))
    return groups
