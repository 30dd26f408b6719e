"""Who is covered, of whom, where, when. Three measures are never mixed: the official one (quoted), the share of
employed persons (survey) and the by-name share of the lists, which is the one computed here."""

from jangkau.core.measures.changes import CHANGES, changes_between, changes_by_region
from jangkau.core.measures.coverage import CoverageReading, member_states, reading_on
from jangkau.core.measures.cube import build_cube, coverage_table, standing_of
from jangkau.core.measures.history import coverage_history
from jangkau.core.measures.occupations import TRADES, trade_of
from jangkau.core.measures.placement import place_people
from jangkau.core.measures.public import PublicTables, public_tables
from jangkau.core.measures.published import PublishedFigure

__all__ = [
    "CHANGES",
    "TRADES",
    "CoverageReading",
    "PublicTables",
    "PublishedFigure",
    "build_cube",
    "changes_between",
    "changes_by_region",
    "coverage_history",
    "coverage_table",
    "member_states",
    "place_people",
    "public_tables",
    "reading_on",
    "standing_of",
    "trade_of",
]
