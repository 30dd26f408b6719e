"""The words a case type is declared with: its stages, the steps between them, whose steps they are, how long a stage
may last. Rooms above declare their types when they start; the engine refuses everything that is not declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from jangkau.core.kernel import Unknown
from jangkau.core.rules.workdays import day_after_working_days
from jangkau.registry.access.models import Column

Words = str | Promise


@dataclass(frozen=True)
class Stage:
    """A state of a case. `deadline`: its last day, by the day the case came here; `column`: its place on the board."""

    label: Words
    column: Words
    deadline: Callable[[date], date] | None = None
    ended: bool = False


@dataclass(frozen=True)
class Ask:
    """A fact that a step writes down: `kind` is money (whole rupiah), count, day, text or number. A number is typed
    only where the agency has no letterhead: else it comes from the number series `series`, or, without one, stands on
    the letter that is written after the step."""

    name: str
    label: Words
    kind: str = "text"
    required: bool = True
    series: str = ""


@dataclass(frozen=True)
class Step:
    """A named transition. Without `agencies` whoever may write may take it. `second_person`: not the one who took the
    step before. `waits`: only once the deadline of the stage before has passed. `by_hand`: offered on pages; others are
    taken by the register itself. `asks`: what is written down; a day named `due_on` becomes the deadline. `computes`:
    what follows from that by the law. `topics`: those whose cases it belongs to; none named: to all."""

    label: Words
    sources: tuple[str, ...]
    target: str
    agencies: tuple[str, ...] = ()
    second_person: bool = False
    waits: bool = False
    by_hand: bool = True
    asks: tuple[Ask, ...] = ()
    computes: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    topics: tuple[str, ...] = ()

    def serves(self, topic: str) -> bool:
        """Is it a step of cases on a topic?"""
        return not self.topics or topic in self.topics


@dataclass(frozen=True)
class LetterKind:
    """A letter that may be written in some stages. `mark` tells the number series apart; `template` holds the words,
    with the facts of the case and what `computes` makes of them on the day of the letter; `basis`: the articles it
    rests on; `to`: the addressee where it is not the subject."""

    label: Words
    mark: str
    subject: str
    template: str
    basis: tuple[str, ...]
    stages: tuple[str, ...]
    agencies: tuple[str, ...]
    to: str = ""
    computes: Callable[[Mapping[str, Any], date], Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class CaseType:
    """A kind of work: how it begins and every way it can go. The first stage is the one a case is opened in.
    `facts` are what is known beside what steps ask for; `columns_told`: topic -> facts that tell a column of the
    boundary; `subject_view` is the page of the subject, by number."""

    name: str
    label: Words
    stages: Mapping[str, Stage]
    steps: Mapping[str, Step]
    topics: Mapping[str, Words] = field(default_factory=dict)
    facts: tuple[Ask, ...] = ()
    columns_told: Mapping[str, Mapping[str, Column]] = field(default_factory=dict)
    letters: Mapping[str, LetterKind] = field(default_factory=dict)
    letters_view: str = ""  # the page to which the board sends many cases and a letter
    subject_view: str = ""
    subject_words: Words = ""  # on the button that leads there
    weight_words: Words = ""
    empty: Words = ""  # what to do first where there is no case yet

    @property
    def columns(self) -> dict[str, list[str]]:
        """The columns of the board with their stages, in the order of the stages."""
        found: dict[str, list[str]] = {}
        for name, stage in self.stages.items():
            found.setdefault(str(stage.column), []).append(name)
        return found

    @property
    def known_facts(self) -> dict[str, Ask]:
        """Every fact that may be known of a case, by name."""
        return {ask.name: ask for asks in (self.facts, *(step.asks for step in self.steps.values())) for ask in asks}

    @property
    def first(self) -> str:
        return next(iter(self.stages))

    def steps_from(self, state: str, topic: str = "") -> dict[str, Step]:
        """The steps that are allowed where a case stands, on a topic where one is named."""
        return {
            name: step
            for name, step in self.steps.items()
            if state in step.sources and (not topic or step.serves(topic))
        }


_declared: dict[str, CaseType] = {}


def declare(case_type: CaseType) -> CaseType:
    """Makes a type known. A step from or to a stage that does not exist, out of one that is the end, or of a topic that
    does not exist is a mistake of the programmer: ValueError."""
    for name, step in case_type.steps.items():
        if not {*step.sources, step.target} <= set(case_type.stages):
            raise ValueError(f"{case_type.name}.{name} names a stage that is not there")
        if any(case_type.stages[source].ended for source in step.sources):
            raise ValueError(f"{case_type.name}.{name} leaves a stage that is the end")
        if not set(step.topics) <= set(case_type.topics):
            raise ValueError(f"{case_type.name}.{name} names a topic that is not there")
    _declared[case_type.name] = case_type
    return case_type


def case_type(name: str) -> CaseType:
    """A declared type; raises Unknown."""
    try:
        return _declared[name]
    except KeyError:
        raise Unknown(f"Jenis perkara “{name}” tidak dikenal.", f"There is no kind of case “{name}”.") from None


def case_types() -> dict[str, CaseType]:
    """Every declared type by name."""
    return dict(_declared)


def within_working_days(count: int) -> Callable[[date], date]:
    """The deadline of a stage: so many working days after the day on which the case came there."""
    return lambda day: day_after_working_days(day, count)
