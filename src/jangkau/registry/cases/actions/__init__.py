"""The only place that writes cases, their papers and what was agreed."""

from jangkau.registry.cases.actions.follow_ups import Agreed, agree, carry_over, report_progress
from jangkau.registry.cases.actions.letters import lock_letterhead, save_letterhead, take_number, write_letter
from jangkau.registry.cases.actions.moving import (
    Opening,
    hand_over,
    move_case,
    move_cases,
    open_case,
    open_cases,
)
from jangkau.registry.cases.actions.papers import add_note, add_paper

__all__ = [
    "Agreed",
    "Opening",
    "add_note",
    "add_paper",
    "agree",
    "carry_over",
    "hand_over",
    "lock_letterhead",
    "move_case",
    "move_cases",
    "open_case",
    "open_cases",
    "report_progress",
    "save_letterhead",
    "take_number",
    "write_letter",
]
