"""Batas data: which agency sees which column, by what it holds itself and by agreements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from jangkau.registry.access.models import Agency, Column, ColumnOpening
from jangkau.registry.access.permissions import HELD_BY


class AgencyLine(NamedTuple):
    """An agency; of each column: holds, opened or closed."""

    name: str
    cells: list[str]


class OpeningView(NamedTuple):
    """An opening; `state`: proposed, coming, open, past or ended; `last`: its last day."""

    opening: ColumnOpening
    state: str
    last: date
    may_confirm: bool


def agency_lines(openings: Iterable[ColumnOpening], today: date) -> list[AgencyLine]:
    """Every agency with what it sees today."""
    opened = {(each.column, each.agency) for each in openings if _state(each, today) == "open"}

    def cell(column: Column, agency: Agency) -> str:
        if agency in HELD_BY[column]:
            return "holds"
        return "opened" if (column, agency) in opened else "closed"

    return [AgencyLine(str(agency.label), [cell(column, agency) for column in Column]) for agency in Agency]


def opening_views(openings: Iterable[ColumnOpening], today: date, user_id: int | None) -> list[OpeningView]:
    """The openings with what may be done about them."""
    return [
        OpeningView(each, _state(each, today), each.ends_on - timedelta(days=1), each.proposed_by_id != user_id)
        for each in openings
    ]


def _state(opening: ColumnOpening, today: date) -> str:
    if opening.ended_at is not None:
        return "ended"
    if opening.ends_on <= today:
        return "past"
    if opening.confirmed_at is None:
        return "proposed"
    return "coming" if opening.opens_on > today else "open"
