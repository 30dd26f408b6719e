"""Coverage by name for the area of the key, as the pages show it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import polars as pl
from django.http import HttpRequest
from ninja import Query, Router, Schema

from jangkau.core.kernel import RegionCode, Unknown
from jangkau.registry.access.models import Permission
from jangkau.registry.lists import queries
from jangkau.web.api.forms import PROBLEMS, After, Limit, part
from jangkau.web.api.permissions import Key, scope_in

router = Router(auth=Key(Permission.MEASURES))


class CoverageOut(Schema):
    """`covered` of `workers`; `percent` is None where nobody is counted. `segment`: all, pu, bpu, jakon."""

    as_of: date
    region_code: str
    level: str
    segment: str
    workers: int
    covered: int
    percent: float | None


class TableOut(Schema):
    items: list[CoverageOut]
    next: int | None


class DaysOut(Schema):
    days: list[date]
    next: int | None


@router.get("coverage/days", response={200: DaysOut, **PROBLEMS}, summary="Hari yang diukur")
def days(request: HttpRequest, after: After = 0, limit: Limit = 100) -> object:
    """The measured days, newest first."""
    found, further = part(queries.days_measured(), after, limit)
    return {"days": found, "next": further}


@router.get("coverage", response={200: TableOut, **PROBLEMS}, summary="Cakupan menurut nama")
def coverage(
    request: HttpRequest,
    region: Annotated[str | None, Query(max_length=13, examples=["32.02.01"])] = None,
    level: Literal["regency", "district", "village"] | None = None,
    segment: Literal["all", "pu", "bpu", "jakon"] | None = None,
    as_of: date | None = None,
    after: After = 0,
    limit: Limit = 1000,
) -> object:
    """The coverage of a measured day (the last one by default), of a region and what lies in it."""
    on = as_of or queries.measured_on()
    if on is None or on not in queries.days_measured():
        raise Unknown("Hari itu tidak diukur. Lihat coverage/days.", "That day was not measured. See coverage/days.")
    table = queries.coverage(scope_in(request), on)
    if region is not None:
        code = str(RegionCode(region))
        table = table.filter((pl.col("region_code") + ".").str.starts_with(f"{code}."))
    for column, wanted in (("level", level), ("segment", segment)):
        if wanted is not None:
            table = table.filter(pl.col(column) == wanted)
    shown = table.select(list(CoverageOut.model_fields)).slice(after, limit)
    return {"items": shown.to_dicts(), "next": after + limit if after + limit < table.height else None}
