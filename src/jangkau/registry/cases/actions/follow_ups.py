"""What a meeting agreed is written down, reported on, carried over to the next meeting, and closed with evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.cases.models import FollowUp, FollowUpReport, Paper


@dataclass(frozen=True)
class Agreed:
    """One point that was agreed. The owner is an account, a name, or an agency."""

    text: str
    due_on: date | None = None
    owner_name: str = ""
    owner: User | None = None
    agency: str = ""
    indicator: str = ""
    region: str | None = None


@transaction.atomic
def agree(
    points: list[Agreed], *, source_kind: str, source_id: int, series: str = "", on: date, by: User | None
) -> list[FollowUp]:
    """Writes down what a meeting agreed. Raises Refused when a point has no words, no owner or no deadline."""
    for point in points:
        if not point.text.strip() or not (point.owner or point.owner_name.strip() or point.agency) or not point.due_on:
            raise Refused(
                "Setiap kesepakatan perlu isi, penanggung jawab, dan batas waktu. Lengkapi yang kosong.",
                "Every point needs words, an owner and a deadline. Fill in what is empty.",
            )
    follow_ups = FollowUp.objects.bulk_create(
        FollowUp(
            source_kind=source_kind, source_id=source_id, series=series, region_id=point.region,
            text=point.text.strip(), owner=point.owner, owner_name=point.owner_name.strip(), agency=point.agency,
            indicator=point.indicator.strip(), due_on=point.due_on, agreed_on=on, agreed_by=by,
        )
        for point in points
    )  # fmt: skip
    record(by=by, action="follow_ups_agreed", subject=f"{source_kind} {source_id}", points=len(points))
    return follow_ups


@transaction.atomic
def report_progress(
    number: int,
    text: str,
    *,
    state: str = FollowUp.State.OPEN,
    on: date,
    paper: Paper | None = None,
    source_id: int | None = None,
    by: User | None,
) -> FollowUp:
    """Tells what became of a point; `state` done or dropped ends it. Raises Refused when it has ended or nothing is
    said."""
    follow_up = _open(number)
    if not text.strip():
        raise Refused("Tulis apa yang sudah terjadi.", "Say what has happened.")
    _report(follow_up, text, state=state, on=on, due_on=follow_up.due_on, paper=paper, source_id=source_id, by=by)
    return follow_up


@transaction.atomic
def carry_over(number: int, *, to_source: int, due_on: date, text: str = "", on: date, by: User | None) -> FollowUp:
    """A meeting takes an open point up again and gives it another deadline; the first one stays written down."""
    follow_up = _open(number)
    _report(
        follow_up, text, state=FollowUp.State.OPEN, on=on, due_on=due_on, paper=None, source_id=to_source, by=by
    )  # fmt: skip
    return follow_up


def _open(number: int) -> FollowUp:
    follow_up = FollowUp.objects.select_for_update().get(pk=number)
    if follow_up.state != FollowUp.State.OPEN:
        raise Refused("Tindak lanjut ini sudah ditutup.", "This point has ended.")
    return follow_up


def _report(
    follow_up: FollowUp,
    text: str,
    *,
    state: str,
    on: date,
    due_on: date | None,
    paper: Paper | None,
    source_id: int | None,
    by: User | None,
) -> None:
    FollowUpReport.objects.create(
        follow_up=follow_up, text=text.strip(), state=state, on=on, due_on=due_on, source_id=source_id, paper=paper,
        told_by=by,
    )  # fmt: skip
    follow_up.state, follow_up.due_on = state, due_on
    follow_up.save(update_fields=["state", "due_on"])
    record(by=by, action=f"follow_up_{state}", subject=f"follow_up {follow_up.pk}")
