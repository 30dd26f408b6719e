"""An answer of a calculator as the page and the workbook show it: lines of money, each with the way it was computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.utils.translation import get_language, gettext

from jangkau.core.rules import Result, Step, rules
from jangkau.registry.people.presenters.figures import day, people, rupiah


class Guessed(TypedDict):
    assumed: tuple[str, ...]
    rounding_only: bool


@dataclass(frozen=True)
class Line:
    """One figure. `why`: sentences, in order; `assumed`: titles of the parameters on the way that are not confirmed."""

    label: str
    value: object  # whole rupiah, a count, a day or words
    unit: str = "rupiah"
    why: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    rounding_only: bool = False  # nothing but the rounding is assumed: at stake is a rupiah
    strong: bool = False

    @property
    def text(self) -> str:
        if isinstance(self.value, bool):
            return gettext("ya") if self.value else gettext("tidak")
        if isinstance(self.value, date):
            return day(self.value)
        if isinstance(self.value, int):
            return rupiah(self.value) if self.unit == "rupiah" else people(self.value)
        return str(self.value)


@dataclass(frozen=True)
class Group:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Answer:
    """`sentence` carries the figure that was asked for, `because` says why it is so; warnings stand above the lines,
    notes below."""

    sentence: str
    groups: tuple[Group, ...]
    because: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def assumed(self) -> tuple[str, ...]:
        """Titles of all that is assumed, each once."""
        found = (title for group in self.groups for line in group.lines for title in line.assumed)
        return tuple(dict.fromkeys(found))


def language() -> str:
    return get_language() or "id"


def way(result: Result, name: str) -> tuple[Step, ...]:
    """The steps that led to one output of a result, in the order they were taken."""
    steps = {step.name: step for step in result.trace}
    wanted, found = [_quantity(result, name)], set[str]()
    while wanted:
        current = wanted.pop()
        if current in steps and current not in found:
            found.add(current)
            wanted.extend(entry[0] for entry in steps[current].inputs)
    return tuple(step for step in result.trace if step.name in found)


def _quantity(result: Result, output: str) -> str:
    """The step that makes an output; its own name, unless an input already has that."""
    return next((form.outputs[output] for form in rules()[result.rule].forms if output in form.outputs), output)


def line(result: Result, name: str, label: str = "", *, strong: bool = False) -> Line:
    """An output of a result, under its own title unless another is given."""
    steps = way(result, name)
    last = next((step for step in steps if step.name == _quantity(result, name)), None)
    guesses = [use for step in steps for use in step.uses if use.status == "assumed"]
    english = language().startswith("en")
    return Line(
        label=label or ((last.english if english else last.indonesian) if last else name),
        value=result.values[name],
        unit="rupiah" if last is None or last.unit.startswith("rupiah") else last.unit,
        why=tuple(step.sentence(language()) for step in steps),
        assumed=tuple(dict.fromkeys(use.parameter.english if english else use.parameter.indonesian for use in guesses)),
        rounding_only=all(use.parameter.name.endswith("rounding") for use in guesses),
        strong=strong,
    )


def lines(result: Result, names: Iterable[str]) -> tuple[Line, ...]:
    """Several outputs; those that are nothing are left out."""
    return tuple(line(result, name) for name in names if result.values.get(name) not in (None, 0))


def named(result: Result, name: str) -> Line:
    """The one figure of a rule, under the rule's own title."""
    return line(result, name, result.titles[language().startswith("en")])


def guessed(parts: Iterable[Line]) -> Guessed:
    """What is assumed in a figure that is made of others."""
    found = [part for part in parts if part.assumed]
    titles = dict.fromkeys(title for part in found for title in part.assumed)
    return {"assumed": tuple(titles), "rounding_only": all(part.rounding_only for part in found)}


def total(label: str, parts: Sequence[Line]) -> Line:
    """The sum of the parts, which says that it is one."""
    said = "; ".join(f"{part.label} {part.text}" for part in parts)
    return Line(
        label,
        sum(part.value for part in parts if isinstance(part.value, int)),
        why=(gettext("Jumlah dari: %(parts)s.") % {"parts": said},),
        **guessed(parts),
        strong=True,
    )
