"""Cases of the area of the key, and every step they took."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from jangkau.core.kernel import Unknown
from jangkau.registry.access.models import Permission
from jangkau.registry.cases import queries
from jangkau.registry.cases.models import Case
from jangkau.web.api.forms import PROBLEMS, After, Limit, Number, page
from jangkau.web.api.permissions import Key, scope_in

router = Router(auth=Key(Permission.CASES))
Word = Annotated[str | None, Query(max_length=24)]


class CaseOut(Schema):
    """`weight`: how many people it is about; `due_on`: the last day of the state it is in."""

    id: int
    kind: str
    topic: str
    subject_kind: str
    subject_id: int
    subject_label: str
    region_code: str | None
    weight: int
    agency: str
    state: str
    ended: bool
    entered_on: date
    due_on: date | None


class StepOut(Schema):
    number: int
    step: str
    from_state: str
    to_state: str
    on: date
    due_on: date | None
    taken_at: datetime


class CasesOut(Schema):
    items: list[CaseOut]
    next: int | None


class HistoryOut(CaseOut):
    steps: list[StepOut]


@router.get("cases", response={200: CasesOut, **PROBLEMS}, summary="Perkara")
def cases(request: HttpRequest, kind: Word = None, state: Word = None, after: After = 0, limit: Limit = 100) -> object:
    """The cases in the order of their numbers."""
    wanted = {name: value for name, value in (("kind", kind), ("state", state)) if value is not None}
    rows, further = page(queries.cases(scope_in(request)).filter(**wanted), after, limit)
    return {"items": [_out(row) for row in rows], "next": further}


@router.get("cases/{number}", response={200: HistoryOut, **PROBLEMS}, summary="Satu perkara")
def case(request: HttpRequest, number: Number) -> object:
    """A case and its history."""
    scope = scope_in(request)
    found = queries.cases(scope).filter(pk=number).first()
    if found is None:
        raise Unknown("Perkara itu tidak ada di wilayah kunci ini.", "That case is not in the area of this key.")
    steps = queries.history(scope, found).values(*StepOut.model_fields)
    return {**_out(found), "steps": list(steps)}


def _out(row: Case) -> dict[str, object]:
    names = [name for name in CaseOut.model_fields if name != "region_code"]
    return {**{name: getattr(row, name) for name in names}, "region_code": row.region_id}
