"""Good rows go on, bad rows wait: the publisher says for which problems rows wait until they are repaired, and of
single rows that wait, that they are refused or go on as they are. What waits or is refused stays in the list store and
is no person of the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl
from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.understanding import require_changeable
from jangkau.registry.lists.models import RowDecision, SentList, Verdict
from jangkau.registry.lists.queries.outcomes import row_key, rows_with_reasons, standing_decisions
from jangkau.registry.lists.states import MAY_WAIT, PERSON_KINDS

Rows = Collection[str] | None  # row_key of each; None: all


@transaction.atomic
def hold_rows(item: SentList, codes: Iterable[str], *, by: User | None) -> None:
    """Lets the rows with these problems wait when the list is published; codes outside MAY_WAIT are passed over. Raises
    Refused for a list that is published or being worked on, and for one that is not about people."""
    require_changeable(item)
    if item.kind not in PERSON_KINDS:
        raise Refused("Hanya baris orang yang dapat ditahan.", "Only rows of people can be held back.")
    item.held = sorted(MAY_WAIT & set(codes))
    item.save(update_fields=["held"])
    record(by=by, action="rows_held", subject=f"list {item.pk}", codes=item.held)


@transaction.atomic
def refuse_rows(item: SentList, rows: Rows, *, because: str, by: User | None) -> int:
    """Refuses rows that wait, with the reason; returns how many. Raises Refused without a reason, when none of them
    waits, and for a list that is published or being worked on."""
    if not because.strip():
        raise Refused("Tulis alasan penolakan.", "Write the reason for the refusal.")
    return _decide(item, rows, Verdict.REFUSED, ("held", "no_identity"), because=because.strip()[:300], by=by)


@transaction.atomic
def send_rows_on(item: SentList, rows: Rows, *, by: User | None) -> int:
    """Lets rows that wait go on as they are; returns how many. A row that names nobody waits all the same. Raises
    Refused when none of them can go on, and for a list that is published or being worked on."""
    return _decide(item, rows, Verdict.SENT_ON, ("held",), because="", by=by)


def _decide(
    item: SentList, rows: Rows, verdict: Verdict, reasons: tuple[str, ...], *, because: str, by: User | None
) -> int:
    SentList.objects.select_for_update().get(pk=item.pk)  # two publishers decide after each other
    require_changeable(item)
    found = rows_with_reasons(item).filter((pl.col("state") == "data") & pl.col("reason").is_in(reasons))
    if rows is not None:
        found = found.filter(row_key().is_in(list(rows)))
    empty = pl.col("sheet", "part").fill_null("")
    chosen = found.select(empty, "row", "verdict", key=row_key()).unique("key").collect()
    if chosen.is_empty():
        raise Refused(
            "Pilih baris yang menunggu. Baris tanpa nama dan NIK tidak dapat diteruskan.",
            "Choose rows that wait. A row with neither name nor NIK cannot go on.",
        )
    overruled = chosen.filter(pl.col("verdict").is_not_null())["key"].to_list()
    if overruled:  # sent on before its name was taken off
        undo_row_decisions(item, Verdict.SENT_ON, overruled, by=by)
    said = {"sent_list": item, "verdict": verdict, "because": because, "decided_by": by}
    rows_decided = chosen.select("sheet", "row", "part").iter_rows(named=True)
    RowDecision.objects.bulk_create([RowDecision(**said, **row) for row in rows_decided], batch_size=2_000)
    record(by=by, action=f"rows_{verdict}", subject=f"list {item.pk}", rows=chosen.height)
    return chosen.height


@transaction.atomic
def undo_row_decisions(item: SentList, verdict: Verdict, rows: Rows, *, by: User | None) -> int:
    """Lets rows that were refused or sent on wait again; returns how many. Raises Refused for a list that is published
    or being worked on."""
    require_changeable(item)
    standing = standing_decisions(item).filter(verdict=verdict)
    if rows is not None:
        wanted = set(rows)
        numbers = [found.pk for found in standing if found.key in wanted]
        standing = standing.filter(pk__in=numbers)
    undone = standing.update(undone_at=timezone.now(), undone_by=by)
    record(by=by, action="row_decisions_undone", subject=f"list {item.pk}", rows=undone)
    return undone
