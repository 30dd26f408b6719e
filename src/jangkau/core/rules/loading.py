"""Reads the law files of the package: YAML in which a rate is text ("0.24%", "1/3") and a floating-point number is an
error. The only module of the room that knows YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jangkau.core.rules.parameters import STATUSES, Book, Content, LawIsFaulty, Parameter, Scalar, Table, Value, checked

FOLDER = Path(__file__).parent / "law"
UNITS = (
    "rupiah", "rupiah/month", "share", "share of wage", "count", "months", "days", "working days", "hours", "years",
    "day of month", "calendar", "words", "times wage", "code",
)  # fmt: skip
_RATE = re.compile(r"(\d+)(?:\.(\d+))?(%?)|(\d+)/([1-9]\d*)")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LawLoader(_Loader):  # type: ignore[misc, valid-type]  # the C loader where PyYAML has it
    """YAML without floating-point numbers."""


def _no_float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> None:
    raise LawIsFaulty(str(node.value), "a floating-point number; write the rate as text, for example “0.24%”")


LawLoader.add_constructor("tag:yaml.org,2002:float", _no_float)


class CaseLoader(_Loader):  # type: ignore[misc, valid-type]  # as above
    """The same for cases: a number with decimals stays the text it was written as."""


CaseLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: str(node.value))


def rational(text: str) -> Fraction:
    """An exact number written "0.24%", "3604482.92" or "1/3"; raises LawIsFaulty.

    >>> rational("0.24%"), rational("1/3"), rational("3604482.92")
    (Fraction(3, 1250), Fraction(1, 3), Fraction(90112073, 25))
    """
    found = _RATE.fullmatch(text.strip())
    if not found:
        raise LawIsFaulty(text, "not an exact number")
    whole, decimals, percent, top, bottom = found.groups()
    if top is not None:
        return Fraction(int(top), int(bottom))
    decimals = decimals or ""
    return Fraction(int(whole + decimals), 10 ** (len(decimals) + (2 if percent else 0)))


@cache
def book() -> Book:
    """All parameters of the package, read once."""
    found: dict[str, Parameter] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for parameter in parse(path.read_text(encoding="utf-8"), path.stem):
            if parameter.name in found:
                raise LawIsFaulty(parameter.name, "written twice")
            found[parameter.name] = parameter
    return Book(found)


def parse(text: str, name: str = "") -> list[Parameter]:
    """The parameters of one law file; raises LawIsFaulty with the parameter that is wrong."""
    try:
        content = yaml.load(text, Loader=LawLoader)
    except yaml.YAMLError as error:
        raise LawIsFaulty(name, f"no YAML: {error}") from None
    if not isinstance(content, dict):
        raise LawIsFaulty(name, "no parameters")
    sources = content.pop("sources", {})
    return [_parameter(key, value, sources) for key, value in content.items()]


def _parameter(name: str, raw: Any, sources: Mapping[str, str]) -> Parameter:
    if not isinstance(raw, dict) or not isinstance(raw.get("values"), list):
        raise LawIsFaulty(name, "no list of values")
    known = {"id", "en", "unit", "values", "after", "gaps", "law", "status", "source", "check_by"}
    if set(raw) - known or raw.get("unit") not in UNITS or not raw.get("id") or not raw.get("en"):
        raise LawIsFaulty(name, "id, en and a known unit are needed, and nothing unknown")
    if raw["unit"] != "words" and any(_has_words(each.get("value")) for each in raw["values"]):
        raise LawIsFaulty(name, "words where a number or an exact rate is needed")
    after = raw.get("after", {})
    shared = {key: raw[key] for key in ("law", "status", "source", "check_by") if key in raw}
    return checked(
        Parameter(
            name,
            raw["id"],
            raw["en"],
            raw["unit"],
            tuple(_value(name, shared | each, sources) for each in raw["values"]),
            (after.get("id", ""), after.get("en", "")),
            bool(raw.get("gaps", False)),
        )
    )


def _has_words(raw: Any) -> bool:
    if isinstance(raw, dict):
        return any(_has_words(each["value"] if isinstance(each, dict) else each) for each in raw.values())
    return isinstance(raw, str) and not _RATE.fullmatch(raw.strip())


def _value(name: str, raw: Mapping[str, Any], sources: Mapping[str, str]) -> Value:
    missing = {"from", "to", "value", "law", "status", "source", "check_by"} - set(raw)
    if missing or len(raw) != 7:
        raise LawIsFaulty(name, f"each value needs from, to, value, law, status, source, check_by; look at {missing}")
    if raw["status"] not in STATUSES[:3]:
        raise LawIsFaulty(name, f"status {raw['status']}")
    if not isinstance(raw["from"], date) or not isinstance(raw["check_by"], date):
        raise LawIsFaulty(name, "from and check_by are dates")
    if raw["to"] != "open" and not isinstance(raw["to"], date):
        raise LawIsFaulty(name, "to is a date or the word open")
    source = str(raw["source"])
    if not source.startswith(("http", "-")):
        try:
            source = sources[source]
        except KeyError:
            raise LawIsFaulty(name, f"source {source} is not listed") from None
    until = None if raw["to"] == "open" else raw["to"]
    return Value(
        content(name, raw["value"]), raw["from"], until, raw["law"], raw["status"], source, raw["check_by"]
    )  # fmt: skip


def content(name: str, raw: Any) -> Content:
    """What stands under `value`: a number, an exact rate, words, days, or a table of these."""
    if isinstance(raw, list):
        if not all(type(each) is date for each in raw) or raw != sorted(set(raw)):
            raise LawIsFaulty(name, "days must be dates in order, each once")
        return tuple(raw)
    if not isinstance(raw, dict):
        return scalar(name, raw)
    keys, entries, statuses = [], [], []
    for key, entry in raw.items():
        status = None
        if isinstance(entry, dict):
            if set(entry) != {"value", "status"} or entry["status"] not in STATUSES[:3]:
                raise LawIsFaulty(name, f"entry {key} holds value and status alone")
            entry, status = entry["value"], entry["status"]
        keys.append(str(key))
        entries.append(scalar(name, entry))
        statuses.append(status)
    if len({int if isinstance(each, int) else str if isinstance(each, str) else Fraction for each in entries}) > 1:
        raise LawIsFaulty(name, "the entries of a table are of one kind")
    return Table(tuple(keys), tuple(entries), tuple(statuses))


def scalar(name: str, raw: Any) -> Scalar:
    """A whole number, an exact rate, or words."""
    if isinstance(raw, bool) or raw is None:
        raise LawIsFaulty(name, "a number, a rate or words are needed")
    if isinstance(raw, int):
        return raw
    if isinstance(raw, Fraction):
        return raw
    if isinstance(raw, str):
        return rational(raw) if _RATE.fullmatch(raw.strip()) else raw
    raise LawIsFaulty(name, f"{raw!r} is neither a whole number nor text")
