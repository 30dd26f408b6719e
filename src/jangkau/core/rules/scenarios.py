"""What if a figure of the law were another? A scenario lays values over parameters; the law itself stays as it is, and
every trace says which figure came from the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from jangkau.core.rules.loading import book, content, scalar
from jangkau.core.rules.parameters import Book, NoSuchEntry, Parameter, Table, Value
from jangkau.core.rules.trace import Result


class Scenario:
    """Values laid over parameters, by name, or by "name.entry" for one entry of a table. Rates are text ("0.9%").

    >>> Scenario({"bpu_jkm_amount": 10_000, "pu_jkk_rate.III": "0.9%"}).changes["bpu_jkm_amount"]
    10000
    """

    def __init__(self, changes: Mapping[str, object], *, since: date = date.min, until: date | None = None) -> None:
        self.changes = dict(changes)
        self.since = since
        self.until = until

    @cached_property
    def book(self) -> Book:
        """All parameters with the changes laid over them; raises Unknown for a name that is not there."""
        laid = dict(book().items())
        for name, raw in self.changes.items():
            called, _, entry = name.partition(".")
            parameter = laid[called] if called in laid else book()[called]
            laid[called] = self._changed(parameter, entry, raw)
        return Book(laid)

    def _changed(self, parameter: Parameter, entry: str, raw: Any) -> Parameter:
        if not entry:
            return parameter.overlaid(self._value(content(parameter.name, raw), parameter))
        changed = scalar(parameter.name, raw)
        return replace(parameter, values=tuple(_with_entry(value, entry, changed) for value in parameter.values))

    def _value(self, laid: Any, parameter: Parameter) -> Value:
        last = parameter.values[-1]
        return replace(
            last, content=laid, since=self.since, until=self.until, law="skenario / scenario", status="scenario"
        )


def _with_entry(value: Value, entry: str, changed: Any) -> Value:
    if not isinstance(value.content, Table) or entry not in value.content.keys:
        raise NoSuchEntry(f"Tidak ada baris “{entry}” untuk diubah.", f"There is no entry “{entry}” to change.")
    place = value.content.keys.index(entry)
    entries = (*value.content.entries[:place], changed, *value.content.entries[place + 1 :])
    statuses = (*value.content.statuses[:place], "scenario", *value.content.statuses[place + 1 :])
    return replace(value, content=Table(value.content.keys, entries, statuses))


def difference(before: Result, after: Result) -> dict[str, int]:
    """By how much each amount of `after` differs from `before`, in its own unit; equal amounts are left out."""
    return {
        name: value - old
        for name, value in after.values.items()
        if isinstance(value, int) and not isinstance(value, bool)
        and isinstance(old := before.values.get(name), int) and value != old
    }  # fmt: skip
