"""Dated parameters: every number of the law with its unit, the days it holds, legal basis, status, source and the day
to check it again. A day without a value is an error that says so; nothing is carried over from an earlier year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, TypeAlias

from jangkau.core.kernel import Corrupt, JangkauError, Unknown
from jangkau.core.rules.arithmetic import Rate, Whole, table, table_rate

STATUSES: Final = ("verified", "secondary", "assumed", "scenario")
Scalar: TypeAlias = int | Fraction | str


class NoRuleInForce(Unknown):
    """No value of a parameter holds on the day that is asked for."""


class LawIsFaulty(Corrupt):
    """A parameter is not written as the law files must be."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"Parameter {where} salah tulis: {what}.", f"Parameter {where} is not well written: {what}.")


class NoSuchEntry(Unknown):
    """A table of the law has no entry of that name."""


@dataclass(frozen=True, slots=True)
class Table:
    """A parameter with several named entries, in the order of the law; statuses may differ by entry."""

    keys: tuple[str, ...]
    entries: tuple[Scalar, ...]
    statuses: tuple[str | None, ...]

    def position(self, key: str | Whole) -> Whole:
        """Where an entry stands; an array already holds positions. Raises NoSuchEntry."""
        if not isinstance(key, str):
            return key
        try:
            return self.keys.index(key)
        except ValueError:
            raise NoSuchEntry(
                f"“{key}” tidak ada dalam tabel. Pilih salah satu: {', '.join(self.keys)}.",
                f"“{key}” is not in the table. Choose one of: {', '.join(self.keys)}.",
            ) from None

    def whole(self, key: str | Whole) -> Whole:
        """The whole number under a key, or of each member."""
        return table([entry for entry in self.entries if isinstance(entry, int)], self.position(key))

    def rate(self, key: str | Whole) -> Rate:
        """The rate under a key, or of each member."""
        return table_rate(self.rates(), self.position(key))

    def text(self, key: str) -> str:
        """The words under a key."""
        return str(self.entries[int(self.position(key))])

    def rates(self) -> list[Fraction]:
        """All entries of a table of rates."""
        return [Fraction(entry) for entry in self.entries if not isinstance(entry, str)]

    def wholes(self) -> tuple[int, ...]:
        """All entries of a table of whole numbers."""
        return tuple(entry for entry in self.entries if isinstance(entry, int))


Content: TypeAlias = Scalar | Table | tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One version of a parameter: `since` to `until`, both included; `until` None while no end is known."""

    content: Content
    since: date
    until: date | None
    law: str
    status: str
    source: str
    check_by: date

    def holds(self, day: date | None) -> bool:
        """In force on that day; None asks for the version without a known end."""
        if day is None:
            return self.until is None
        return self.since <= day and (self.until is None or day <= self.until)

    def status_of(self, key: str | None) -> str:
        """The status, or that of one entry."""
        if key is not None and isinstance(self.content, Table) and key in self.content.keys:
            return self.content.statuses[self.content.keys.index(key)] or self.status
        return self.status


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated number, rate, text or table. `after`: what a reader is told about days past the last version."""

    name: str
    indonesian: str
    english: str
    unit: str
    values: tuple[Value, ...]
    after: tuple[str, str] = ("", "")
    gaps: bool = False
    overlay: Value | None = None

    def on(self, day: date | None) -> Value:
        """The version in force on `day` (None: the one without a known end); raises NoRuleInForce."""
        if self.overlay is not None and self.overlay.holds(day):
            return self.overlay
        for value in self.values:
            if value.holds(day):
                return value
        raise self._none(day)

    def _none(self, day: date | None) -> NoRuleInForce:
        when = day.isoformat() if day else "tanpa tanggal / without a date"
        first, last = self.values[0].since, self.values[-1].until
        if day and day < first:
            return NoRuleInForce(
                f"{self.indonesian}: tidak ada aturan untuk {when}; yang pertama berlaku sejak {first}.",
                f"{self.english}: no rule for {when}; the first is in force since {first}.",
            )
        what = self.after if last and (day is None or day > last) else ("", "")
        return NoRuleInForce(
            f"{self.indonesian}: nilai untuk {when} belum diketahui. {what[0] or 'Tanyakan ke cabang.'}",
            f"{self.english}: the value for {when} is not known. {what[1] or 'Ask the branch.'}",
        )

    def overlaid(self, value: Value) -> Parameter:
        """The same parameter with one value laid over it: a scenario, the law itself stays."""
        return replace(self, overlay=value)


class Book(Mapping[str, Parameter]):
    """All parameters by name."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = dict(parameters)

    def __getitem__(self, name: str) -> Parameter:
        try:
            return self._parameters[name]
        except KeyError:
            raise Unknown(f"Tidak ada parameter “{name}”.", f"There is no parameter “{name}”.") from None

    def __contains__(self, name: object) -> bool:
        return name in self._parameters

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def due(self, day: date, within: int = 90) -> list[tuple[Parameter, Value]]:
        """Versions in force whose date of checking is past on `day` or comes within some days; most urgent first."""
        limit = day + timedelta(days=within)
        found = [
            (parameter, value)
            for parameter in self.values()
            for value in parameter.values
            if value is _current(parameter, day) and value.check_by <= limit
        ]
        return sorted(found, key=lambda pair: (pair[1].check_by, pair[0].name))


def _current(parameter: Parameter, day: date) -> Value:
    """The version in force, or the last one when none is."""
    try:
        return parameter.on(day)
    except JangkauError:
        return parameter.values[-1]


def checked(parameter: Parameter) -> Parameter:
    """The parameter when its versions follow each other without overlap, and without a gap that is not declared."""
    if not parameter.values:
        raise LawIsFaulty(parameter.name, "no values")
    for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
        if earlier.until is None or earlier.until >= later.since:
            raise LawIsFaulty(parameter.name, f"two values on {later.since}")
        if not parameter.gaps and earlier.until + timedelta(days=1) != later.since:
            raise LawIsFaulty(parameter.name, f"a gap before {later.since}")
    for value in parameter.values:
        if value.until is not None and value.until < value.since:
            raise LawIsFaulty(parameter.name, f"ends before it begins, {value.since}")
    if parameter.values[-1].until is not None and not all(parameter.after):
        raise LawIsFaulty(parameter.name, "an end without a word on what comes after")
    return parameter
