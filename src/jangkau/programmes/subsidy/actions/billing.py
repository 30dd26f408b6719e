"""The month of a scheme told to the branch, and what the branch answered: a published confirmation list settles the
months that wait for it, and gives them back when it is taken back."""

from __future__ import annotations

import polars as pl
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Sum

from jangkau.core.kernel import Refused
from jangkau.programmes.subsidy.actions.rounds import require_scheme
from jangkau.programmes.subsidy.models import Batch, FundedMonth, Scheme
from jangkau.programmes.subsidy.queries.billed import answered_rows
from jangkau.programmes.subsidy.queries.money import next_month
from jangkau.programmes.subsidy.states import Answer
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.events import ListPublished, ListTakenBack
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.people.gateways import bulk

_AT_ONCE = 500
_WAITING = """
SELECT f.id, f.person_id, f.nik, f.month FROM subsidy_fundedmonth f
WHERE f.batch_id IS NOT NULL AND f.answer = ''
"""


@transaction.atomic
def make_batch(scope: Scope, scheme: Scheme) -> Batch:
    """Bills the next month of a scheme: everybody it pays in that month. Raises Refused when nobody is paid then."""
    require_scheme(scope, scheme)
    month = next_month(scheme)
    nothing = Refused(
        "Tidak ada bulan yang dapat ditagihkan. Tanda tangani SK dahulu.",
        "There is no month to bill. Have a decree signed first.",
    )
    if month is None:
        raise nothing
    owed = FundedMonth.objects.filter(scheme=scheme, month=month, batch=None)
    people = owed.count()
    if not people:
        raise nothing
    if scheme.decrees.filter(signed_at=None, withdrawn_at=None, first_month=month).exists():
        raise Refused(
            "Rancangan SK untuk bulan ini belum ditandatangani. Tanda tangani atau batalkan dahulu.",
            "A draft decree for this month waits for a signature. Sign or withdraw it first.",
        )
    amount = int(owed.aggregate(all=Sum("amount"))["all"])
    batch = Batch.objects.create(scheme=scheme, month=month, people=people, amount=amount, made_by=scope.user)
    owed.update(batch=batch)
    record(
        by=scope.user, action="batch_made", subject=f"batch {batch.pk}",
        scheme=scheme.pk, month=str(month), people=people, amount=amount,
    )  # fmt: skip
    return batch


def take_answers(event: ListPublished) -> None:
    """Settles billed months by a confirmation list: of its month where any of it waits, else for each person the
    earliest that waits."""
    if event.kind != Kind.CONFIRMATION:
        return
    waiting = bulk.read(_WAITING, {"id": pl.Int64(), "person_id": pl.Int64(), "nik": pl.String(), "month": pl.Date()})
    if waiting.is_empty():
        return
    item = SentList.objects.get(pk=event.number)
    named = waiting.filter(pl.col("month") == item.month)
    first = (waiting if named.is_empty() else named).sort("month", "id")
    said = answered_rows(item)
    by_person = said.drop_nulls("person_id").unique("person_id", keep="first").drop("nik")
    by_nik = said.drop_nulls("nik").unique("nik", keep="first").drop("person_id")
    told = (
        first.unique(pl.coalesce(pl.col("person_id").cast(pl.String), "nik"), keep="first", maintain_order=True)
        .join(by_person, on="person_id", how="left")
        .join(by_nik, on="nik", how="left", suffix="_nik")
        .select("id", answer=pl.coalesce("answer", "answer_nik"), because=pl.coalesce("because", "because_nik"))
        .drop_nulls("answer")
    )
    for (answer, because), part in told.group_by("answer", "because", maintain_order=True):
        numbers = part["id"].to_list()
        for start in range(0, len(numbers), _AT_ONCE):
            FundedMonth.objects.filter(pk__in=numbers[start : start + _AT_ONCE]).update(
                answer=answer, because=because, answer_list=item
            )
    record(by=item.published_by, action="batch_answered", subject=f"list {item.pk}", months=told.height)


def forget_answers(event: ListTakenBack) -> None:
    """The answers of a list that was taken back are open again; a refused month that another scheme pays by now stays
    refused."""
    if event.kind != Kind.CONFIRMATION:
        return
    answered = FundedMonth.objects.filter(answer_list=event.number)
    same = Q(person=OuterRef("person")) | Q(nik=OuterRef("nik"))
    others = FundedMonth.objects.filter(same, month=OuterRef("month")).exclude(answer=Answer.REFUSED)
    others = others.exclude(pk=OuterRef("pk"))
    answered.filter(~Exists(others)).update(answer=Answer.OPEN, because="", answer_list=None)
