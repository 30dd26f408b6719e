"""One round over many nominees: its steps are added, and every nominee takes over what its step says. Set-based; called
inside the transaction of the action that the round belongs to."""

from __future__ import annotations

import polars as pl
from django.db import connection

from jangkau.core.kernel import Refused
from jangkau.programmes.subsidy.models import Nominee, NomineeStep, Round, Scheme
from jangkau.programmes.subsidy.states import RoundKind
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.people.gateways import bulk

_TAKEN_OVER = {
    RoundKind.FIELD_CHECK: "field_check = s.found",
    RoundKind.CIVIL_CHECK: "civil_check = s.found",
    RoundKind.ASSESS: "state = s.state, reasons = CASE WHEN s.state = 'refused' THEN s.found ELSE '' END, "
    "missing = CASE WHEN s.state = 'to_check' THEN s.found ELSE '' END",
    RoundKind.SELECT: "state = s.state, reasons = s.found, rank = s.rank",
    RoundKind.LEAVE: "state = s.state, left_because = s.found",
}
_STATE = "state = s.state"


def require_scheme(scope: Scope, scheme: Scheme) -> None:
    """Raises Refused for those who may not change a scheme."""
    require_write(scope)
    if not scope.allows(scheme.area_id):
        raise Refused("Skema ini milik wilayah di luar wewenang Anda.", "This scheme belongs to an area outside yours.")


def take_round(scope: Scope, scheme: Scheme, kind: RoundKind, steps: pl.DataFrame, counts: dict[str, int]) -> Round:
    """Writes a round with its `steps`: nominee_id, state, found, rank (null where there is none)."""
    made = Round.objects.create(scheme=scheme, kind=kind, counts=counts, made_by=scope.user)
    bulk.insert(
        NomineeStep,
        steps.select("nominee_id", "state", "found", pl.col("rank").cast(pl.Int64), round_id=pl.lit(made.pk)),
    )
    quoted = connection.ops.quote_name
    table, step_table = quoted(Nominee._meta.db_table), quoted(NomineeStep._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {_TAKEN_OVER.get(kind, _STATE)} FROM {step_table} AS s "
            f"WHERE s.round_id = %s AND s.nominee_id = {table}.id",
            [made.pk],
        )
    record(by=scope.user, action=f"subsidy_{kind}", subject=f"scheme {scheme.pk}", round=made.pk, **counts)
    return made


def same_step(nominees: list[int], state: str, found: str = "") -> pl.DataFrame:
    """The same step for many."""
    return pl.DataFrame({"nominee_id": nominees}, schema={"nominee_id": pl.Int64}).with_columns(
        state=pl.lit(state), found=pl.lit(found), rank=pl.lit(None, dtype=pl.Int64)
    )
