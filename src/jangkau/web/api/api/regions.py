"""Regions by their Kemendagri codes; every program may ask."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from jangkau.core.kernel import RegionCode
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Region
from jangkau.web.api.forms import PROBLEMS, Limit

router = Router()
Code = Annotated[str, Query(max_length=13, examples=["32.02"])]


class RegionOut(Schema):
    """`level`: province, regency, district or village."""

    code: str
    name: str
    level: str
    parent: str | None


class RegionsOut(Schema):
    items: list[RegionOut]
    next: str | None


@router.get("regions", response={200: RegionsOut, **PROBLEMS}, summary="Wilayah di dalam sebuah wilayah")
def regions(request: HttpRequest, inside: Code, level: str = "village", after: Code = "", limit: Limit = 200) -> object:
    """The regions of a level inside a region, in the order of their codes."""
    here = str(gazetteer()[RegionCode(inside)].code)
    found = Region.objects.filter(code__startswith=f"{here}.", level=level, code__gt=after).order_by("code")
    rows = list(found[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    return {"items": [_out(row) for row in rows], "next": rows[-1].code if more else None}


@router.get("regions/{code}", response={200: RegionOut, **PROBLEMS}, summary="Satu wilayah")
def region(request: HttpRequest, code: str) -> object:
    """One region."""
    return _out(Region.objects.get(pk=str(gazetteer()[RegionCode(code)].code)))


def _out(row: Region) -> dict[str, object]:
    return {"code": row.code, "name": row.name, "level": row.level, "parent": row.parent_id}
