"""Claims as lines of a table and as a workbook: expected, paid, the difference; and the checklist of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from jangkau.programmes.claims.models import ReceivedPaper
from jangkau.programmes.claims.queries import Line
from jangkau.programmes.claims.states import CLAIMS, PAPERS, PROGRAMME, TOPICS
from jangkau.registry.access.permissions import Withheld
from jangkau.registry.cases.models import Case, Transition
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.sheets import table_book
from jangkau.registry.people.presenters.sums import Told, told_by_rule


class Tick(NamedTuple):
    """A paper of a checklist, and whether it was brought."""

    code: str
    words: str
    brought: bool


class ClaimView(NamedTuple):
    """A claim in words; `delay`: what the branch owes for paying late, by the law."""

    line: Line
    topic: str
    state: str
    checklist: Sequence[Tick]
    delay: Told | None


def claim_views(lines: Iterable[Line], today: date) -> list[ClaimView]:
    """Claims with their words and their checklists."""
    listed = list(lines)
    brought: dict[int, set[str]] = {}
    for case, paper in ReceivedPaper.objects.filter(case__in=[line.case for line in listed]).values_list(
        "case", "paper"
    ):
        brought.setdefault(case, set()).add(paper)
    return [
        ClaimView(
            line,
            str(TOPICS.get(line.case.topic, line.case.topic)),
            str(CLAIMS.stages[line.case.state].label),
            _checklist(line.case, brought.get(line.case.pk, set())),
            delay_of(line, today),
        )
        for line in listed
    ]


def _checklist(case: Case, brought: set[str]) -> list[Tick]:
    return [Tick(code, str(words), code in brought) for code, words in PAPERS.get(case.topic, {}).items()]


def delay_of(line: Line, today: date) -> Told | None:
    """What the law lets a family ask for a payment after its last day, or for one that is still awaited; None where
    nothing is late or the law names no days. Of what was paid, else of the estimate."""
    until = line.paid_on or (None if line.case.ended else today)
    if line.handed_in is None or line.pay_by is None or until is None or until <= line.pay_by:
        return None
    amount = line.expected if line.paid is None else line.paid
    if isinstance(amount, Withheld):
        return None
    given = {
        "programme": PROGRAMME.get(line.case.topic, line.case.topic), "complete_on": line.handed_in,
        "amount": amount or 0, "paid_on": until,
    }  # fmt: skip
    return told_by_rule("payment_deadline", given)


def drop_words(step: Transition | None) -> str:
    """When and why a claim was given up."""
    if step is None:
        return ""
    why = "; ".join(word for word in (step.facts.get("cause"), step.reason) if word)
    return _("klaim tidak dilanjutkan %(day)s: %(why)s") % {"day": day(step.on), "why": why}


def claims_book(lines: Iterable[Line], today: date) -> bytes:
    """Every claim with the sum expected and the sum paid."""
    columns = [
        (_("Nomor"), 10), (_("Nama"), 30), (_("Manfaat"), 28), (_("Desa"), 22), (_("Hari kejadian"), 14),
        (_("Keadaan"), 26), (_("Berkas"), 10), (_("Diserahkan"), 14), (_("Dibayar paling lambat"), 20),
        (_("Perkiraan"), 16), (_("Dibayar"), 16), (_("Selisih"), 16), (_("Tanggal dibayar"), 16), (_("Terlambat"), 12),
        (_("Ganti rugi keterlambatan"), 16),
    ]  # fmt: skip
    rows = (
        (
            line.case.pk, line.case.subject_label, str(TOPICS.get(line.case.topic, line.case.topic)),
            line.case.region.name if line.case.region else None, _day(line.case.facts.get("event_on")),
            str(CLAIMS.stages[line.case.state].label), f"{line.papers}/{line.papers_needed}", line.handed_in,
            line.pay_by, line.expected, line.paid, line.difference, line.paid_on, line.late,
            delay.whole("compensation") if (delay := delay_of(line, today)) else None,
        )
        for line in lines
    )  # fmt: skip
    return table_book(_("Klaim"), day(today), columns, rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
