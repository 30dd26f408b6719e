"""The way from inputs to a result: which rule, article, inputs, parameter and since when, rounding, and what came out;
as Indonesian and English sentences and as JSON version 1. Assumed figures are named in every form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from jangkau.core.rules.parameters import Parameter, Table, Value
from jangkau.core.rules.words import ROUNDING_WORDS, STATUS_WORDS, law_in, plain, shown

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class Use:
    """A parameter as a step used it; `key` the entry of a table."""

    parameter: Parameter
    value: Value
    key: str | None = None

    @property
    def content(self) -> object:
        """The entry used, or the whole content."""
        content = self.value.content
        if self.key is not None and isinstance(content, Table) and self.key in content.keys:
            return content.entries[content.keys.index(self.key)]
        return content

    @property
    def status(self) -> str:
        return self.value.status_of(self.key)

    def sentence(self, language: str) -> str:
        english = language.startswith("en")
        title = self.parameter.english if english else self.parameter.indonesian
        entry = f" [{self.key}]" if self.key is not None and isinstance(self.value.content, Table) else ""
        content = self.content
        if self.parameter.name.endswith("rounding"):
            content = ROUNDING_WORDS.get(str(content), (str(content),) * 2)[english]
        since = "" if self.value.since == date.min else f" {'since' if english else 'sejak'} {self.value.since}"
        return (
            f"{title}{entry} {shown(content, self.parameter.unit, language)}{since}, "
            f"{law_in(self.value.law, language)} ({STATUS_WORDS[self.status][english]})"
        )

    def as_json(self) -> dict[str, object]:
        return {
            "parameter": self.parameter.name, "key": self.key, "value": plain(self.content),
            "unit": self.parameter.unit,
            "from": self.value.since.isoformat(), "to": self.value.until.isoformat() if self.value.until else None,
            "law": self.value.law, "status": self.status, "source": self.value.source,
            "check_by": self.value.check_by.isoformat(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One quantity of a rule as it was computed. `applied` False: its condition did not hold and `value` is what the
    rule says for that case. `inputs`: name, title in both languages, value, unit."""

    name: str
    indonesian: str
    english: str
    unit: str
    value: object
    law: str
    applied: bool
    inputs: tuple[tuple[str, str, str, object, str], ...]
    uses: tuple[Use, ...]

    @property
    def rounding(self) -> str | None:
        """How the step rounds, when it does."""
        for use in self.uses:
            if use.parameter.name.endswith("rounding"):
                return str(use.content)
        return None

    def sentence(self, language: str) -> str:
        """One sentence: what, how much, on which ground, from which values."""
        english = language.startswith("en")
        text = f"{self.english if english else self.indonesian}: {shown(self.value, self.unit, language)}"
        if self.law:
            text += f" ({law_in(self.law, language)})"
        if not self.applied:
            return text + (". The condition does not hold." if english else ". Syaratnya tidak terpenuhi.")
        parts = [
            f"{title_en if english else title_id} {shown(value, unit, language)}"
            for _, title_id, title_en, value, unit in self.inputs
        ]
        if parts:
            text += (". From: " if english else ". Dari: ") + "; ".join(parts)
        if self.uses:
            text += (". By: " if english else ". Menurut: ") + "; ".join(use.sentence(language) for use in self.uses)
        return text + "."

    def as_json(self) -> dict[str, object]:
        return {
            "step": self.name, "title": {"id": self.indonesian, "en": self.english}, "unit": self.unit,
            "value": plain(self.value), "law": self.law, "applied": self.applied, "rounding": self.rounding,
            "inputs": {name: plain(value) for name, _, _, value, _ in self.inputs},
            "parameters": [use.as_json() for use in self.uses],
        }  # fmt: skip


class Result:
    """What a rule gives: `values` under the names of its outputs, and the way they came about."""

    def __init__(
        self, rule: str, titles: tuple[str, str], values: dict[str, object], steps: Callable[[], tuple[Step, ...]]
    ):
        self.rule = rule
        self.titles = titles
        self.values = values
        self._steps = steps

    @cached_property
    def trace(self) -> tuple[Step, ...]:
        """Every step taken, in order; the same inputs give the same trace."""
        return self._steps()

    @property
    def assumed(self) -> tuple[str, ...]:
        """Names of the parameters that are assumed and were used, each once."""
        return tuple(
            dict.fromkeys(use.parameter.name for step in self.trace for use in step.uses if use.status == "assumed")
        )

    def sentences(self, language: str) -> list[str]:
        """The trace for a reader ("id" or "en"); the last sentence names what is assumed, when something is."""
        found = [step.sentence(language) for step in self.trace]
        if self.assumed:
            english = language.startswith("en")
            titles: dict[str, None] = {}
            for step in self.trace:
                for use in step.uses:
                    if use.status == "assumed":
                        titles[use.parameter.english if english else use.parameter.indonesian] = None
            found.append(
                ("Assumed, to be confirmed: " if english else "Asumsi, perlu dipastikan: ") + "; ".join(titles) + "."
            )
        return found

    def as_json(self) -> dict[str, object]:
        """The result with its trace, ready for `json.dumps`."""
        return {
            "version": JSON_VERSION,
            "rule": self.rule,
            "title": {"id": self.titles[0], "en": self.titles[1]},
            "values": {name: plain(value) for name, value in self.values.items()},
            "assumed": list(self.assumed),
            "trace": [step.as_json() for step in self.trace],
        }
