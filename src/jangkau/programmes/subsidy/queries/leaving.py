"""Whom nobody should pay for any more, by what the register and the branch know today."""

from __future__ import annotations

from datetime import date

import polars as pl

from jangkau.core.measures.coverage import COVERED, member_states
from jangkau.programmes.subsidy.models import FundedMonth, Scheme
from jangkau.programmes.subsidy.states import WAGE_EARNERS, Answer, Left, State
from jangkau.registry.people.gateways import bulk

_ENROLLED = """
FROM subsidy_nominee n LEFT JOIN people_mergedperson g ON g.number = n.person_id
JOIN {table} t ON t.{key} = COALESCE(g.into_id, n.person_id)
WHERE n.scheme_id = %s AND n.state = 'enrolled'
"""
_GONE = (
    "SELECT n.id, t.deceased, t.moved_out"
    + _ENROLLED.format(table="people_person", key="id")
    + ("AND (t.deceased OR t.moved_out) ORDER BY n.id")
)
_EMPLOYED = (
    "SELECT n.id, t.segment, t.since, t.paid_until"
    + _ENROLLED.format(table="people_membership", key="person_id")
    + ("AND t.paid_until IS NOT NULL AND COALESCE(t.segment, '') <> 'bpu' ORDER BY n.id")
)
_GONE_COLUMNS = {"nominee": pl.Int64(), "deceased": pl.Boolean(), "moved_out": pl.Boolean()}
_MEMBER_COLUMNS = {"person_id": pl.Int64(), "segment": pl.String(), "since": pl.Date(), "paid_until": pl.Date()}


def due_to_leave(scheme: Scheme, as_of: date) -> dict[int, Left]:
    """Enrolled nominees of whom the register or the branch knows by now why nobody should pay for them: number of the
    nominee and why (the first that holds: dead, moved, works for wages, refused by the branch). Whether somebody paid
    for as a wage earner has found other work no list tells."""
    refused = FundedMonth.objects.filter(scheme=scheme, answer=Answer.REFUSED, nominee__state=State.ENROLLED)
    found = dict.fromkeys(refused.values_list("nominee_id", flat=True), Left.BRANCH)
    if scheme.kind not in WAGE_EARNERS:  # there the membership as a wage earner is the one that is paid for
        members = member_states(bulk.read(_EMPLOYED, _MEMBER_COLUMNS, [scheme.pk]), as_of)
        employed = members.filter(pl.col("state").is_in(COVERED))["person_id"]
        found |= dict.fromkeys(employed.to_list(), Left.NEW_JOB)
    for nominee, deceased, _ in bulk.read(_GONE, _GONE_COLUMNS, [scheme.pk]).iter_rows():
        found[nominee] = Left.DECEASED if deceased else Left.MOVED
    return found
