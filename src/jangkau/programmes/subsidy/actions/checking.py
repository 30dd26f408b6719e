"""Records what was found on the spot and what the civil register said of nominees, one by one or many at once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from django.db import transaction

from jangkau.core.kernel import Refused, Unknown
from jangkau.core.measures.eligibility import CIVIL_ANSWERS, FIELD_ANSWERS
from jangkau.programmes.subsidy.actions.assessing import assess
from jangkau.programmes.subsidy.actions.rounds import take_round
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.queries import nominees
from jangkau.programmes.subsidy.states import OPEN, RoundKind
from jangkau.registry.access.permissions import Scope, require_write

KNOWN = {RoundKind.FIELD_CHECK: FIELD_ANSWERS, RoundKind.CIVIL_CHECK: CIVIL_ANSWERS}


@transaction.atomic
def record_checks(scope: Scope, scheme: Scheme, kind: RoundKind, answers: Mapping[int, str]) -> int:
    """Keeps the answer of a check for each nominee (number to answer) and judges anew; returns how many. A village
    records its own people. Raises Refused for an answer or a nominee that does not exist there."""
    require_write(scope)
    wrong = sorted({answer for answer in answers.values() if answer not in KNOWN[kind]})
    if wrong:
        raise Refused(
            f"“{wrong[0][:40]}” bukan hasil cek. Pilih {' | '.join(KNOWN[kind])}.",
            f"“{wrong[0][:40]}” is no result of a check. Choose {' | '.join(KNOWN[kind])}.",
        )
    states = dict(nominees(scope, scheme).filter(state__in=OPEN).values_list("pk", "state"))
    strange = [number for number in answers if number not in states]
    if strange:
        raise Unknown(
            f"Calon nomor {strange[0]} tidak ada di skema ini, atau sudah ditetapkan.",
            f"Nominee number {strange[0]} is not in this scheme, or stands on a decree already.",
        )
    steps = pl.DataFrame(
        [(number, states[number], answer, None) for number, answer in answers.items()],
        schema={"nominee_id": pl.Int64, "state": pl.String, "found": pl.String, "rank": pl.Int64},
        orient="row",
    )
    take_round(scope, scheme, kind, steps, {"people": steps.height})
    if scope.allows(scheme.area_id):
        assess(scope, scheme)
    return steps.height
