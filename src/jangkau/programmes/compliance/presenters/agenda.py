"""The joint agenda in words: whose turn, with which steps; as rows of a page, a workbook or a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from jangkau.programmes.compliance.queries.agenda import turns
from jangkau.programmes.compliance.states import AGENDA_AGENCIES
from jangkau.registry.cases.models import Case
from jangkau.registry.cases.presenters.cases import CaseView, agency_words, case_view
from jangkau.registry.cases.states import Step
from jangkau.registry.people.gateways.paper import Press, bound
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.sheets import table_book

STYLE = ("jangkau.programmes.compliance", "compliance/paper/agenda.css")
STEPS_TOLD = 3  # of an agency that may take many


@dataclass(frozen=True)
class AgendaPoint:
    """A case on the agenda; `turns`: agency, what it may do now."""

    view: CaseView
    turns: list[tuple[str, str]]


def points(cases: Iterable[Case], today: date, agency: str = "") -> Iterator[AgendaPoint]:
    """The cases with whose turn it is."""
    for case in cases:
        told = turns(case, (agency,) if agency else AGENDA_AGENCIES)
        waiting = case.due_on is not None and today <= case.due_on
        words = {name: ", ".join(_words(step, waiting) for step in steps[:STEPS_TOLD]) for name, steps in told.items()}
        yield AgendaPoint(case_view(case, today), [(agency_words(name), steps) for name, steps in words.items()])


def _words(step: Step, waiting: bool) -> str:
    if step.waits and waiting:
        return _("%(step)s (sesudah batas waktu)") % {"step": step.label}
    return str(step.label)


def agenda_book(found: Iterable[AgendaPoint], today: date) -> bytes:
    """The agenda as a workbook, with empty columns for what is agreed."""
    columns = [
        (_("Perkara"), 40), (_("Tentang"), 28), (_("Wilayah"), 24), (_("Keadaan"), 24), (_("Batas waktu"), 14),
        (_("Pekerja terdampak"), 12), (_("Giliran"), 60), (_("Kesepakatan"), 40), (_("Penanggung jawab"), 24),
    ]  # fmt: skip
    rows = (
        (
            one.view.title, one.view.topic, one.view.case.region.name if one.view.case.region else "", one.view.state,
            one.view.deadline.on, one.view.case.weight, "; ".join(f"{who}: {what}" for who, what in one.turns), "", "",
        )
        for one in found
    )  # fmt: skip
    return table_book(_("Agenda bersama kepatuhan"), day(today), columns, rows)


def agenda_paper(found: list[AgendaPoint], today: date, *, total: int) -> bytes:
    """The agenda as a PDF to bring along."""
    with translation.override("id"):
        html = render_to_string("compliance/paper/agenda.html", {"points": found, "today": today, "total": total})
    return bound([Press(*STYLE).sheets(html)])
