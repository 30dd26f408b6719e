"""Employers of the area of the key, and what was found of them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from jangkau.core.kernel import Unknown
from jangkau.registry.access.models import Permission
from jangkau.registry.people import queries
from jangkau.registry.people.models import Employer
from jangkau.web.api.forms import PROBLEMS, After, Limit, Number, page
from jangkau.web.api.permissions import Key, scope_in

router = Router(auth=Key(Permission.EMPLOYERS))


class EmployerOut(Schema):
    """`findings`: codes of the contract (registered, pwbd, pds_tk, pds_upah, pds_program, arrears)."""

    id: int
    npp: str | None
    nib: str | None
    name: str | None
    village_code: str | None
    scale: str | None
    workers_found: int | None
    workers_registered: int | None
    findings: list[str]
    arrears_months: int | None
    arrears: int | None


class EmployersOut(Schema):
    items: list[EmployerOut]
    next: int | None


@router.get("employers", response={200: EmployersOut, **PROBLEMS}, summary="Perusahaan")
def employers(
    request: HttpRequest,
    finding: Annotated[str | None, Query(max_length=20, examples=["pwbd"])] = None,
    after: After = 0,
    limit: Limit = 100,
) -> object:
    """The employers in the order of their numbers; `finding` keeps those with that code."""
    found = queries.employers(scope_in(request))
    if finding is not None:
        found = found.filter(finding__contains=finding)
    rows, further = page(found, after, limit)
    return {"items": [_out(row) for row in rows], "next": further}


@router.get("employers/{number}", response={200: EmployerOut, **PROBLEMS}, summary="Satu perusahaan")
def employer(request: HttpRequest, number: Number) -> object:
    """One employer."""
    found = queries.employers(scope_in(request)).filter(pk=number).first()
    if found is None:
        raise Unknown("Perusahaan itu tidak ada di wilayah kunci ini.", "That employer is not in the area of this key.")
    return _out(found)


def _out(row: Employer) -> dict[str, object]:
    names = [name for name in EmployerOut.model_fields if name not in ("findings", "village_code")]
    return {
        **{name: getattr(row, name) for name in names},
        "village_code": row.village_id,
        "findings": row.finding.split("|") if row.finding else [],
    }
