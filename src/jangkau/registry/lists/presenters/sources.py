"""Where a person's values come from: each row of each list in which the person stands, field by field, and whose value
the register uses (the rule is core.linkage.compose_people's)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jangkau.registry.access.permissions import Scope, Withheld, value_for
from jangkau.registry.lists.presenters.pairs import SHOWN, masked, shown, written
from jangkau.registry.lists.presenters.words import FIELD_WORDS
from jangkau.registry.people.models import Person

_LABELS = FIELD_WORDS | {"village_code": FIELD_WORDS["village"]}


@dataclass(frozen=True)
class SourceLine:
    """One field: what the register says, and what each row says with whether that is the value used."""

    label: str
    used: str
    said: tuple[tuple[str, bool], ...]


def source_lines(scope: Scope, person: Person, stands: Sequence[dict[str, Any]]) -> tuple[SourceLine, ...]:
    """The fields that anybody states, over the rows `stands` (lists.queries.appearances)."""
    register = written(person)
    lines = []
    for name in SHOWN:
        said = [stand["values"].get(name) for stand in stands]
        used = register.get(name)
        if used is not None or any(value is not None for value in said):
            hidden = value_for(scope.user, name, used)
            if isinstance(hidden, Withheld):
                lines.append(SourceLine(str(_LABELS[name]), hidden, tuple((hidden, False) for _ in said)))
                continue
            cells = tuple((masked(name, shown(name, value)), value is not None and value == used) for value in said)
            lines.append(SourceLine(str(_LABELS[name]), masked(name, shown(name, used)), cells))
    return tuple(lines)
