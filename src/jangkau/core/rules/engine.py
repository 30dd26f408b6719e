"""Rules as graphs: each quantity is a pure function whose argument names are inputs, other quantities of the rule, or
parameters of the law on the day of the case. Only what the outputs need is computed; a missing input or a parameter
without a value stops the case with a sentence."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np

from jangkau.core.kernel import Month, Refused, Unknown
from jangkau.core.rules.arithmetic import Rate, choose, choose_rate
from jangkau.core.rules.given import ALWAYS, WHEN_USED, Input
from jangkau.core.rules.parameters import Book, Parameter
from jangkau.core.rules.trace import Result, Step, Use

Body = TypeVar("Body", bound=Callable[..., Any])
HISTORY = "_history"  # an argument with this ending gets all versions of a parameter, not that of one day
KIND_UNITS = {
    "money": "rupiah", "year": "year", "percent": "share", "growth": "share", "share": "share",
    "saving": "rupiah", "choice": "code", "text": "code"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """One function of a rule with its titles, unit, article and condition."""

    name: str
    body: Callable[..., Any]
    indonesian: str
    english: str
    unit: str
    law: str
    when: str | None
    otherwise: object
    key: str | None
    arguments: tuple[str, ...]


@dataclass(slots=True)
class Form:
    """One way to ask a rule: its inputs, outputs (public name: quantity) and quantities. `dated_by`: the input that
    tells the day of the law."""

    inputs: dict[str, Input]
    outputs: dict[str, str]
    dated_by: str | None
    quantities: dict[str, Quantity] = field(default_factory=dict)

    def step(
        self, indonesian: str, english: str, *, unit: str = "rupiah", law: str = "", when: str | None = None,
        otherwise: object = 0, key: str | None = None, name: str | None = None,
    ) -> Callable[[Body], Body]:  # fmt: skip
        """Adds a function as a quantity. `when`: a yes-or-no quantity without which `otherwise` holds. `key`: the
        argument that picks an entry of the tables used, so that the trace shows that entry and its status."""

        def add(body: Body) -> Body:
            called = name or body.__name__
            arguments = tuple(inspect.signature(body).parameters)
            self.quantities[called] = Quantity(
                called, body, indonesian, english, unit, law, when, otherwise, key, arguments
            )
            return body

        return add

    def day(self, given: Mapping[str, Any]) -> date | None:
        """The day whose law holds for the case; None for rules without a date."""
        when = given.get(self.dated_by) if self.dated_by else None
        if isinstance(when, Month):
            return when.first_day
        if isinstance(when, int):
            return date(when, 12, 31)
        return when


@dataclass(slots=True)
class Rule:
    """A calculator: one name, one or several ways to ask it."""

    name: str
    indonesian: str
    english: str
    law: str
    forms: list[Form] = field(default_factory=list)

    def form(self, inputs: Iterable[Input], outputs: Iterable[str], *, dated_by: str | None = None) -> Form:
        """Adds a way to ask. An output is the name of a quantity, or "public=quantity" where an input has that name."""
        named = {each.partition("=")[0]: each.rpartition("=")[2] for each in outputs}
        made = Form({each.name: each for each in inputs}, named, dated_by)
        self.forms.append(made)
        return made

    def asked(self, given: Mapping[str, object]) -> Form:
        """The form that the given names fit; raises Refused or MissingInput."""
        known = {name for form in self.forms for name in form.inputs}
        for name in given:
            if name not in known:
                raise Refused(
                    f"“{self.name}” tidak mengenal isian “{name}”. Yang dikenal: {', '.join(sorted(known))}.",
                    f"“{self.name}” knows no input “{name}”. It knows: {', '.join(sorted(known))}.",
                )
        fitting = [form for form in self.forms if set(given) <= set(form.inputs)]
        if not fitting:
            raise Refused(
                f"“{self.name}”: isian {', '.join(given)} tidak dapat dipakai bersama.",
                f"“{self.name}”: the inputs {', '.join(given)} exclude each other.",
            )
        lacking = [
            [each for each in form.inputs.values() if each.default is ALWAYS and each.name not in given]
            for form in fitting
        ]
        best = min(range(len(fitting)), key=lambda place: len(lacking[place]))
        if lacking[best]:
            raise lacking[best][0].missing()
        return fitting[best]


class Run:
    """One case of one form: values by name, and which parameters each quantity used."""

    def __init__(self, form: Form, given: Mapping[str, object], book: Book) -> None:
        self.form = form
        self.book = book
        self.found: dict[str, Any] = {name: form.inputs[name].read(value) for name, value in given.items()}
        self.day = form.day(self.found)
        self.uses: dict[str, list[Use]] = {}
        self.unmet: set[str] = set()

    def value(self, name: str) -> Any:
        """The value of an input or a quantity, computed when first asked for."""
        if name in self.found:
            return self.found[name]
        quantity = self.form.quantities.get(name)
        if quantity is None:
            entry = self.form.inputs[name]
            if entry.default is ALWAYS or entry.default is WHEN_USED:
                raise entry.missing()
            self.found[name] = entry.default
            return entry.default
        result = self._result(quantity)
        self.found[name] = result
        return result

    def _result(self, quantity: Quantity) -> Any:
        uses: list[Use] = []
        condition = True if quantity.when is None else self.value(quantity.when)
        some = bool(condition.any()) if isinstance(condition, np.ndarray) else condition
        if not some:
            self.unmet.add(quantity.name)
            self.uses[quantity.name] = uses
            return quantity.otherwise
        result = quantity.body(*[self._argument(quantity, name, uses) for name in quantity.arguments])
        self.uses[quantity.name] = uses  # the trace follows the order of completion
        if isinstance(condition, np.ndarray) and not condition.all():
            if isinstance(result, Rate):
                return choose_rate(condition, result, quantity.otherwise)  # type: ignore[arg-type]  # a rate, as the result
            return choose(condition, result, quantity.otherwise)  # type: ignore[arg-type]  # a whole number for columns
        return result

    def _argument(self, quantity: Quantity, name: str, uses: list[Use]) -> Any:
        if name in self.form.quantities or name in self.form.inputs:
            return self.value(name)
        if name.endswith(HISTORY):
            return History(self.book[name.removesuffix(HISTORY)], uses)
        parameter = self.book[name]
        value = parameter.on(self.day)
        key = self.value(quantity.key) if quantity.key else None
        uses.append(Use(parameter, value, str(key) if isinstance(key, str | int) else None))
        return Rate.of(value.content) if isinstance(value.content, Fraction) else value.content

    def steps(self) -> tuple[Step, ...]:
        """The trace, in the order of computation."""
        return tuple(self._step(self.form.quantities[name]) for name in self.uses)

    def _step(self, quantity: Quantity) -> Step:
        applied = quantity.name not in self.unmet
        inputs = []
        for name in quantity.arguments if applied else ():
            if name in self.found:
                inputs.append((name, *self._titles(name)[:2], self.found[name], self._titles(name)[2]))
        return Step(
            quantity.name, quantity.indonesian, quantity.english, quantity.unit, self.found[quantity.name],
            quantity.law, applied, tuple(inputs), tuple(self.uses[quantity.name]),
        )  # fmt: skip

    def _titles(self, name: str) -> tuple[str, str, str]:
        quantity = self.form.quantities.get(name)
        if quantity:
            return quantity.indonesian, quantity.english, quantity.unit
        entry = self.form.inputs[name]
        return entry.indonesian, entry.english, KIND_UNITS.get(entry.kind, "count")


@dataclass(frozen=True, slots=True)
class History:
    """All versions of a parameter, for a rule that looks at more days than one; notes which it used."""

    parameter: Parameter
    uses: list[Use]

    def peek(self, day: date) -> Any:
        """The content on a day that the result does not rest on; raises NoRuleInForce."""
        return self.parameter.on(day).content

    def on(self, day: date) -> Any:
        """The content on a day; raises NoRuleInForce."""
        value = self.parameter.on(day)
        use = Use(self.parameter, value)
        if use not in self.uses:
            self.uses.append(use)
        return Rate.of(value.content) if isinstance(value.content, Fraction) else value.content


class Catalogue(Mapping[str, Rule]):
    """All rules by name."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.name: rule for rule in rules}

    def __getitem__(self, name: str) -> Rule:
        try:
            return self._rules[name]
        except KeyError:
            raise Unknown(
                f"Tidak ada aturan “{name}”. Lihat: jangkau rules list.",
                f"There is no rule “{name}”. See: jangkau rules list.",
            ) from None

    def __contains__(self, name: object) -> bool:
        return name in self._rules

    def __iter__(self) -> Any:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


def run(rule: Rule, given: Mapping[str, object], book: Book) -> Result:
    """One case with its trace."""
    form = rule.asked(given)
    case = Run(form, given, book)
    values = {name: case.value(quantity) for name, quantity in form.outputs.items()}
    return Result(rule.name, (rule.indonesian, rule.english), values, case.steps)


def run_columns(rule: Rule, given: Mapping[str, object], book: Book) -> dict[str, Any]:
    """Many cases at once: the outputs as columns (or a number where all members share it), without a trace."""
    form = rule.asked(given)
    case = Run(form, given, book)
    return {
        name: case.value(quantity)
        for name, quantity in form.outputs.items()
        if quantity in form.quantities and form.quantities[quantity].unit in ("rupiah", "count")
    }
