"""Who must stop being paid for, and why; their months that were not billed are given back, and the reserve moves up."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from django.db import transaction

from jangkau.core.kernel import Month, Refused, Unknown
from jangkau.programmes.subsidy.actions.rounds import require_scheme, take_round
from jangkau.programmes.subsidy.models import FundedMonth, Nominee, Scheme
from jangkau.programmes.subsidy.queries.money import next_month
from jangkau.programmes.subsidy.states import Left, RoundKind, State
from jangkau.registry.access.permissions import Scope

_AT_ONCE = 500


@transaction.atomic
def let_leave(scope: Scope, scheme: Scheme, leaving: Mapping[int, str]) -> int:
    """Ends the funding of enrolled nominees (number to reason) before the next month that was not billed; returns how
    many. Months that were billed stay as they are."""
    require_scheme(scope, scheme)
    unknown = sorted(set(leaving.values()) - set(Left.values))
    if unknown or not leaving:
        raise Refused("Pilih orang dan alasan berhentinya.", "Choose the people and why they stop.")
    enrolled = set(scheme.nominees.filter(state=State.ENROLLED).values_list("pk", flat=True))
    strange = sorted(set(leaving) - enrolled)
    if strange:
        raise Unknown(
            f"Calon nomor {strange[0]} tidak sedang dibiayai skema ini.",
            f"Nominee number {strange[0]} is not being paid for by this scheme.",
        )
    numbers = sorted(leaving)
    stops = next_month(scheme)
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        FundedMonth.objects.filter(nominee_id__in=part, batch=None).delete()
        if stops is not None:
            Nominee.objects.filter(pk__in=part).update(last_month=Month.of(stops).plus(-1).first_day)
    steps = pl.DataFrame(
        [(number, str(State.LEFT), str(leaving[number]), None) for number in numbers],
        schema={"nominee_id": pl.Int64, "state": pl.String, "found": pl.String, "rank": pl.Int64},
        orient="row",
    )
    counts = dict(steps["found"].value_counts().sort("found").iter_rows())
    take_round(scope, scheme, RoundKind.LEAVE, steps, counts)
    return len(numbers)
