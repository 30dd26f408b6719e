"""Cases are opened, moved by declared steps and handed over. Every rule of a type is checked here, below the views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from jangkau.core.kernel import JangkauError, Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.events import announce
from jangkau.registry.access.models import Agency, User
from jangkau.registry.access.permissions import acts_for
from jangkau.registry.cases import queries
from jangkau.registry.cases.actions.letters import take_number
from jangkau.registry.cases.events import CaseMoved
from jangkau.registry.cases.models import Case, Transition
from jangkau.registry.cases.states import CaseType, Stage, Step, case_type

OPENED, HANDED_OVER = "opened", "handed_over"
REASON_LENGTH = 500


@dataclass(frozen=True)
class Opening:
    """A case to be opened: on what, where, how many people it touches, and what is known."""

    topic: str
    subject_kind: str
    subject_id: int
    subject_label: str
    region: str | None = None
    weight: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """The end of a bulk step: how many cases went, and why others stayed."""

    moved: int
    refused: Sequence[tuple[int, JangkauError]]


def open_case(kind: str, opening: Opening, *, on: date, agency: str = "", reason: str = "", by: User | None) -> Case:
    """Opens a case in the first stage of its kind; raises Refused when one on the same topic is open already."""
    opened = open_cases(kind, [opening], on=on, agency=agency, reason=reason, by=by)
    if not opened:
        raise Refused(
            f"Perkara tentang {opening.subject_label} sudah terbuka.",
            f"A case about {opening.subject_label} is open already.",
        )
    return opened[0]


@transaction.atomic
def open_cases(
    kind: str, openings: Sequence[Opening], *, on: date, agency: str = "", reason: str = "", by: User | None
) -> list[Case]:
    """Opens many cases at once and gives those that are new: an open case on the same topic is left alone."""
    declared = case_type(kind)
    stage = declared.stages[declared.first]
    due_on = stage.deadline(on) if stage.deadline else None
    open_now = set(
        Case.objects.filter(kind=kind, ended=False).values_list("topic", "subject_kind", "subject_id")
    )  # fmt: skip
    fresh: dict[tuple[str, str, int], Opening] = {}
    for told in openings:
        key = (told.topic, told.subject_kind, told.subject_id)
        if key not in open_now:
            fresh.setdefault(key, told)
    cases = Case.objects.bulk_create(
        Case(
            kind=kind, topic=told.topic, subject_kind=told.subject_kind, subject_id=told.subject_id,
            subject_label=told.subject_label[:200], region_id=told.region, weight=told.weight, facts=dict(told.facts),
            agency=agency, state=declared.first, entered_on=on, due_on=due_on, opened_by=by,
        )
        for told in fresh.values()
    )  # fmt: skip
    Transition.objects.bulk_create(
        Transition(
            case=case, number=1, step=OPENED, to_state=declared.first, on=on, due_on=due_on, agency=agency,
            reason=reason[:REASON_LENGTH], facts=case.facts, taken_by=by,
        )
        for case in cases
    )  # fmt: skip
    if cases:
        record(by=by, action="cases_opened", subject=f"case {cases[0].pk}", kind=kind, cases=len(cases))
    return cases


@transaction.atomic
def move_case(
    number: int,
    step: str,
    *,
    on: date,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    by: User | None,
) -> Case:
    """Takes a step. Raises Refused for a step that is not declared where the case stands, that is not this person's to
    take, or that comes too early."""
    case = Case.objects.select_for_update().get(pk=number)
    declared = case_type(case.kind)
    chosen = _allowed_step(case, declared, step, on, by)
    acting = acting_agency(chosen, case, by)
    told = _told(chosen, _numbered(chosen, case, acting, facts or {}, on=on, by=by))
    stage = declared.stages[chosen.target]
    due_on = _deadline(told, stage, on)
    _add(case, step, chosen.target, on=on, due_on=due_on, agency=acting, reason=reason, facts=told, by=by)
    case.state, case.ended, case.entered_on, case.due_on, case.agency = chosen.target, stage.ended, on, due_on, acting
    case.save(update_fields=["state", "ended", "entered_on", "due_on", "agency"])
    record(by=by, action=f"case_{step}", subject=f"case {case.pk}", kind=case.kind, state=chosen.target)
    announce(CaseMoved(case.pk, case.kind, step, case.state))
    return case


def move_cases(
    numbers: Iterable[int],
    step: str,
    *,
    on: date,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    by: User | None,
) -> Moved:
    """The same step for many cases; one that refuses stays where it is and holds up nobody else."""
    moved, refused = 0, []
    for number in numbers:
        try:
            move_case(number, step, on=on, reason=reason, facts=facts, by=by)
        except JangkauError as error:
            refused.append((number, error))
        else:
            moved += 1
    return Moved(moved, refused)


@transaction.atomic
def hand_over(number: int, *, agency: str, owner: User | None = None, on: date, reason: str, by: User | None) -> Case:
    """Gives a case to another agency, or to a person; the state stays. Only its own agency gives it away."""
    case = Case.objects.select_for_update().get(pk=number)
    if case.ended:
        raise _ended()
    if agency not in Agency.values:
        raise Refused("Pilih instansi penerima.", "Choose the agency that takes the case.")
    if case.agency and not acts_for(by, (case.agency,)):
        raise Refused(
            f"Perkara ini dipegang {Agency(case.agency).label}; hanya instansi itu yang dapat melimpahkannya.",
            "Another agency holds this case; only that agency can hand it over.",
        )
    _add(
        case, HANDED_OVER, case.state, on=on, due_on=case.due_on, agency=agency, reason=reason,
        facts={"owner": owner.username} if owner else {}, by=by,
    )  # fmt: skip
    case.agency, case.owner = agency, owner
    case.save(update_fields=["agency", "owner"])
    record(by=by, action="case_handed_over", subject=f"case {case.pk}", agency=agency)
    return case


def acting_agency(step: Step, case: Case, by: User | None) -> str:
    """For which agency somebody takes a step."""
    return by.agency if by and by.agency in step.agencies else (step.agencies or (case.agency,))[0]


def _numbered(
    step: Step, case: Case, agency: str, facts: Mapping[str, Any], *, on: date, by: User | None
) -> dict[str, Any]:
    """The facts with the numbers that the register gives: nobody types a number where a series exists."""
    numbers = [ask for ask in step.asks if ask.kind == "number"]
    if not numbers or not queries.has_letterhead(case, agency):
        return dict(facts)
    told = {name: value for name, value in facts.items() if name not in {ask.name for ask in numbers}}
    code = case.region_id or settings.JANGKAU_AREA
    return told | {
        ask.name: take_number(code, ask.series, agency=agency, on=on, by=by) for ask in numbers if ask.series
    }


def _told(step: Step, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a step, with what follows from them."""
    missing = [str(ask.label) for ask in step.asks if ask.required and facts.get(ask.name) in (None, "")]
    if missing:
        raise Refused(
            f"Langkah “{step.label}” perlu: {', '.join(missing)}.",
            f"The step “{step.label}” needs: {', '.join(missing)}.",
        )
    return {**facts, **(step.computes(facts) if step.computes else {})}


def _deadline(told: Mapping[str, Any], stage: Stage, on: date) -> date | None:
    if not told.get("due_on"):
        return stage.deadline(on) if stage.deadline else None
    due_on = date.fromisoformat(told["due_on"])
    if due_on < on:
        raise Refused(
            "Batas waktu mendahului tanggal langkah. Periksa keduanya.",
            "The deadline is before the day of the step. Check both.",
        )
    return due_on


def _allowed_step(case: Case, declared: CaseType, name: str, on: date, by: User | None) -> Step:
    step = declared.steps.get(name)
    if step is None or case.state not in step.sources:
        if case.ended:
            raise _ended()
        stage = declared.stages[case.state].label
        raise Refused(
            f"Langkah ini tidak dapat diambil dari keadaan “{stage}”. Pilih langkah yang tersedia.",
            f"This step cannot be taken from the state “{stage}”. Choose one of those that are offered.",
        )
    if not step.serves(case.topic):
        topic = declared.topics.get(case.topic, case.topic)
        raise Refused(
            f"Langkah “{step.label}” bukan untuk perkara tentang {topic}. Pilih langkah yang tersedia.",
            f"The step “{step.label}” is none of a case about {topic}. Choose one of those that are offered.",
        )
    if step.agencies and not acts_for(by, step.agencies):
        whose = ", ".join(str(Agency(agency).label) for agency in step.agencies)
        raise Refused(
            f"Langkah “{step.label}” hanya boleh dicatat oleh {whose}.",
            f"The step “{step.label}” may only be recorded by {whose}.",
        )
    last = case.transitions.exclude(step=HANDED_OVER).order_by("-number")[0]  # who hands over decides nothing
    if step.second_person and by is not None and last.taken_by_id == by.pk:
        raise Refused(
            f"Langkah “{step.label}” harus diambil orang lain daripada yang mengambil langkah sebelumnya.",
            f"The step “{step.label}” must be taken by somebody else than the step before.",
        )
    if on < case.entered_on:
        raise Refused(
            "Tanggal langkah ini mendahului langkah sebelumnya. Periksa tanggalnya.",
            "The day of this step is before the step that came first. Check the day.",
        )
    if step.waits and case.due_on and on <= case.due_on:
        raise Refused(
            f"Batas waktu {case.due_on:%d-%m-%Y} belum lewat. Langkah “{step.label}” boleh diambil sesudahnya.",
            f"The deadline {case.due_on} has not passed. The step “{step.label}” may be taken after it.",
        )
    return step


def _add(
    case: Case,
    step: str,
    to_state: str,
    *,
    on: date,
    due_on: date | None,
    agency: str,
    reason: str,
    facts: Mapping[str, Any],
    by: User | None,
) -> None:
    Transition.objects.create(
        case=case, number=case.transitions.count() + 1, step=step, from_state=case.state, to_state=to_state, on=on,
        due_on=due_on, agency=agency, reason=reason[:REASON_LENGTH], facts=dict(facts), taken_by=by,
    )  # fmt: skip


def _ended() -> Refused:
    return Refused("Perkara ini sudah ditutup.", "This case has ended.")
