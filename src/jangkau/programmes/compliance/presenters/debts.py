"""What an employer owes, where the figure comes from, and how it was computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from jangkau.programmes.compliance.queries.arrears import Classes
from jangkau.programmes.compliance.states import ARREARS_CLASSES, owed
from jangkau.registry.cases.models import Transition
from jangkau.registry.people.models import Employer


@dataclass(frozen=True)
class Debt:
    """Whole rupiah. `amount` is what the branch tells; `penalty` follows from the rule, every month taken as equal.
    `fine` and `paid` are what steps of its cases wrote down; `steps` the sentences of the computation."""

    months: int
    amount: int
    arrears_class: str
    penalty: int
    total: int
    steps: tuple[str, ...]
    fine: int
    paid: int
    as_of: date | None


def debt(employer: Employer, taken: Iterable[Transition], classes: Classes, as_of: date | None) -> Debt | None:
    """The debt of an employer; None without arrears and without a fine."""
    facts = [row.facts for row in taken]
    fine, paid = _last(facts, "fine"), sum(told.get("recovered") or 0 for told in facts)
    months, amount = employer.arrears_months or 0, employer.arrears or 0
    if not (months or amount or fine):
        return None
    penalty, steps = 0, tuple[str, ...]()
    if months and amount:
        told = owed(amount, months, as_of)
        penalty, steps = int(str(told.values["penalty"])), tuple(told.sentences(get_language() or "id"))
    words = class_words(classes, months)
    return Debt(months, amount, words, penalty, amount + penalty + fine, steps, fine, paid, as_of)


def class_words(classes: Classes, months: int | None) -> str:
    """The class of so many months in arrears, marked where it rests on what is assumed; empty without arrears."""
    name = classes.of(months)
    words = str(ARREARS_CLASSES[name]) if name else ""
    return words if classes.entered or not name else gettext("%(name)s (dugaan)") % {"name": words}


def _last(facts: list[dict[str, Any]], name: str) -> int:
    """What was written down last under a name."""
    return next((told[name] for told in reversed(facts) if told.get(name)), 0)
