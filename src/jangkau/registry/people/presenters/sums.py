"""A sum by core.rules as a page tells it: the figure, the steps with their articles, what is assumed, or why there is
no sum. For every page that says what a family may expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from jangkau.core.kernel import JangkauError
from jangkau.core.rules import evaluate


@dataclass(frozen=True)
class Told:
    """`values`: what the rule gives, empty where it refuses; then `why` says why. `steps`: one sentence each."""

    values: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    steps: tuple[str, ...] = ()
    assumed: str = ""

    def whole(self, name: str) -> int | None:
        """A number of the rule, None without one."""
        value = self.values.get(name)
        return None if value is None else int(str(value))


def told_by_rule(rule: str, given: Mapping[str, Any]) -> Told:
    """What a rule says of some facts, in the language of the page."""
    language = get_language() or "id"
    try:
        result = evaluate(rule, given)
    except JangkauError as error:
        return Told(why=error.sentence(language))
    *steps, last = result.sentences(language)  # the last names what is assumed, when something is
    if not result.assumed:
        steps, last = [*steps, last], ""
    return Told(result.values, "", tuple(steps), last)
