"""Works of villages and agencies (Jakon) in the area of the key."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from jangkau.core.kernel import RegionCode, Unknown
from jangkau.programmes.construction import queries
from jangkau.programmes.construction.models import Work
from jangkau.programmes.construction.states import State
from jangkau.registry.access.models import Permission
from jangkau.web.api.forms import PROBLEMS, After, Limit, Number, page
from jangkau.web.api.permissions import Key, scope_in

router = Router(auth=Key(Permission.PROJECTS))


class ProjectOut(Schema):
    """`value`, `due`, `paid` in whole rupiah; `registered`: with the branch, null where nobody has said;
    `workers_open`: at work on the measured day without cover."""

    id: int
    activity: str
    owner: str
    village_code: str | None
    value: int | None
    starts_on: date | None
    ends_on: date | None
    state: str
    registered: bool | None
    due: int | None
    paid: int | None
    workers: int
    workers_open: int
    has_gap: bool
    assessed_on: date | None


class ProjectsOut(Schema):
    items: list[ProjectOut]
    next: int | None


@router.get("projects", response={200: ProjectsOut, **PROBLEMS}, summary="Pekerjaan konstruksi")
def projects(
    request: HttpRequest,
    region: Annotated[str | None, Query(max_length=13, examples=["32.02.01"])] = None,
    state: State | None = None,
    after: After = 0,
    limit: Limit = 100,
) -> object:
    """The works in the order of their numbers."""
    code = "" if region is None else str(RegionCode(region))
    found = queries.chosen(scope_in(request), region=code, state=state or "")
    rows, further = page(found, after, limit)
    return {"items": [_out(row) for row in rows], "next": further}


@router.get("projects/{number}", response={200: ProjectOut, **PROBLEMS}, summary="Satu pekerjaan konstruksi")
def project(request: HttpRequest, number: Number) -> object:
    """One work."""
    found = queries.works(scope_in(request)).filter(pk=number).first()
    if found is None:
        raise Unknown("Pekerjaan itu tidak ada di wilayah kunci ini.", "That work is not in the area of this key.")
    return _out(found)


def _out(row: Work) -> dict[str, object]:
    renamed = {"village_code": row.village_id, "value": row.value_now, "ends_on": row.ends_now}
    return {name: getattr(row, name, None) for name in ProjectOut.model_fields} | renamed
