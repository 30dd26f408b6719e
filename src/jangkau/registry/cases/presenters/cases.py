"""Cases as board, list and page show them: words for states, facts and deadlines; no decision is taken here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from jangkau.core.kernel import JangkauError
from jangkau.core.rules.workdays import holidays_are_assumed, working_days_left
from jangkau.registry.access.models import Agency, Column
from jangkau.registry.access.permissions import COLUMN_OF, Scope, withheld
from jangkau.registry.cases.actions.moving import HANDED_OVER, OPENED
from jangkau.registry.cases.models import Case, Transition
from jangkau.registry.cases.states import Ask, CaseType, case_type, case_types
from jangkau.registry.people.presenters import figures

SOON = 3  # working days


@dataclass(frozen=True)
class Deadline:
    """A last day, in words and in a colour (late, soon, or none)."""

    on: date | None
    words: str
    tone: str
    assumed: bool = False  # counted over holidays nobody has decreed yet


@dataclass(frozen=True)
class CaseView:
    case: Case
    title: str
    topic: str
    state: str
    agency: str
    deadline: Deadline
    url: str
    subject_url: str


@dataclass(frozen=True)
class BoardColumn:
    """A column of the board: its cases, those that are late, and the states in it."""

    label: str
    count: int
    late: int
    states: list[tuple[str, str, int]]  # state, words, cases


@dataclass(frozen=True)
class Happening:
    """One line of the history."""

    title: str
    on: date
    by: str
    reason: str
    facts: list[tuple[str, str]]
    due_on: date | None
    ended: bool


def deadline(due_on: date | None, today: date, *, ended: bool = False) -> Deadline:
    """How a last day reads: working days that are left, or that have passed since."""
    if due_on is None or ended:
        return Deadline(due_on, "", "")
    try:
        left, assumed = working_days_left(today, due_on), holidays_are_assumed(due_on)
    except JangkauError:  # a year without holidays: the day itself is all that can be said
        return Deadline(due_on, "", "late" if due_on < today else "")
    if due_on < today:
        return Deadline(due_on, gettext("lewat %(n)s hari kerja") % {"n": figures.people(-left)}, "late", assumed)
    if due_on == today:
        return Deadline(due_on, gettext("hari ini"), "soon", assumed)
    words = ngettext("%(n)s hari kerja lagi", "%(n)s hari kerja lagi", left) % {"n": figures.people(left)}
    return Deadline(due_on, words, "soon" if left <= SOON else "", assumed)


def case_view(case: Case, today: date) -> CaseView:
    declared = case_type(case.kind)
    return CaseView(
        case=case,
        title=case.subject_label,
        topic=str(declared.topics.get(case.topic, case.topic)),
        state=str(declared.stages[case.state].label),
        agency=agency_words(case.agency),
        deadline=deadline(case.due_on, today, ended=case.ended),
        url=reverse("case", args=[case.pk]),
        subject_url=reverse(declared.subject_view, args=[case.subject_id]) if declared.subject_view else "",
    )


def board(declared: CaseType, counts: Mapping[str, tuple[int, int]]) -> list[BoardColumn]:
    """The columns of a board from the counts by state."""
    return [
        BoardColumn(
            label=label,
            count=sum(counts.get(state, (0, 0))[0] for state in states),
            late=sum(counts.get(state, (0, 0))[1] for state in states),
            states=[(state, str(declared.stages[state].label), counts.get(state, (0, 0))[0]) for state in states],
        )
        for label, states in declared.columns.items()
    ]


def hidden_facts(scope: Scope, declared: CaseType, topic: str) -> dict[str, Column]:
    """The facts of a case that tell what somebody may not see."""
    columns = COLUMN_OF | dict(declared.columns_told.get(topic, {}))
    return {name: column for name, column in columns.items() if not scope.sees(column)}


def happenings(declared: CaseType, rows: Iterable[Transition], hidden: Mapping[str, Column]) -> list[Happening]:
    """The history of a case, newest first."""
    return [
        Happening(
            title=_step_words(declared, row),
            on=row.on,
            by=" · ".join(word for word in (row.taken_by.username if row.taken_by else gettext("register"),
                                             agency_words(row.agency)) if word),
            reason=row.reason,
            facts=fact_rows(declared, row.facts, hidden),
            due_on=row.due_on,
            ended=declared.stages[row.to_state].ended,
        )
        for row in reversed(list(rows))
    ]  # fmt: skip


def fact_rows(declared: CaseType, facts: Mapping[str, Any], hidden: Mapping[str, Column]) -> list[tuple[str, str]]:
    """Facts as (words, value written out), without the `hidden` values; what has no words is not for reading."""
    known = declared.known_facts
    return [
        (str(known[name].label), withheld(hidden[name]) if name in hidden else _written(known[name], value))
        for name, value in facts.items()
        if name in known and value not in (None, "")
    ]


def agency_words(agency: str) -> str:
    return str(Agency(agency).label) if agency in Agency.values else ""


def deed_words(step: str) -> str:
    """What taking a step is called in the record of changes; "" for one that no kind of case has."""
    labels = {str(declared.steps[step].label) for declared in case_types().values() if step in declared.steps}
    return gettext("Perkara: %(step)s") % {"step": " / ".join(sorted(labels))} if labels else ""


def _step_words(declared: CaseType, row: Transition) -> str:
    if row.step == OPENED:
        return gettext("Perkara dibuka")
    if row.step == HANDED_OVER:
        return gettext("Dilimpahkan ke %(agency)s") % {"agency": agency_words(row.agency)}
    return str(declared.steps[row.step].label) if row.step in declared.steps else row.step


def _written(ask: Ask, value: Any) -> str:
    if ask.kind == "money":
        return figures.rupiah(value)
    if ask.kind == "day":
        return figures.day(date.fromisoformat(value))
    return figures.people(value) if ask.kind == "count" else str(value)
