"""What all routes share: the answers they may give beside what was asked, and pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from ninja import Path, Query

from jangkau.web.api.presenters import Problem

PROBLEMS = {frozenset({400, 401, 403, 404, 409, 422, 429}): Problem}
Number = Annotated[int, Path(ge=0, le=2**63 - 1)]
After = Annotated[int, Query(ge=0, le=2**63 - 1, description="the last number seen; 0 from the start")]
Limit = Annotated[int, Query(ge=1, le=1000, description="most on a page")]
Row = TypeVar("Row", bound=Model)
Line = TypeVar("Line")


def page(found: QuerySet[Row], after: int, limit: int) -> tuple[list[Row], int | None]:
    """The rows with numbers above `after`, and the number to go on from, None at the end."""
    rows = list(found.order_by("pk").filter(pk__gt=after)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    return rows, rows[-1].pk if more else None


def part(lines: Sequence[Line], after: int, limit: int) -> tuple[Sequence[Line], int | None]:
    """The lines of a table after the first `after`, and how many were seen then, None at the end."""
    return lines[after : after + limit], after + limit if after + limit < len(lines) else None
