"""Worked cases in YAML, `{rule, title, given, expected}`: computes each and says whether it equals what is expected.
`expected` may name a part of the outputs, or `error: true`; `scenario` lays values over parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

import yaml

from jangkau.core.kernel import Corrupt, JangkauError, Refused
from jangkau.core.rules.catalogue import CATALOGUE
from jangkau.core.rules.engine import run
from jangkau.core.rules.loading import CaseLoader, book
from jangkau.core.rules.scenarios import Scenario
from jangkau.core.rules.words import plain

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def read_cases(text: str) -> list[dict[str, object]]:
    """The cases of a file; raises Corrupt when it holds no list of cases."""
    try:
        cases = yaml.load(text, Loader=CaseLoader)
    except yaml.YAMLError:
        cases = None
    if not isinstance(cases, list) or not all(isinstance(each, dict) for each in cases):
        raise Corrupt(
            "Berkas ini bukan daftar kasus YAML. Tulis: - {rule: ..., title: ..., given: {...}, expected: {...}}.",
            "This file is no YAML list of cases. Write: - {rule: ..., title: ..., given: {...}, expected: {...}}.",
        )
    return cases


def evaluate_case(case: Mapping[str, object], language: str = "id") -> dict[str, object]:
    """`{title, rule, computed | error, equal}` of one case; `computed` under the keys of `expected`, or all outputs.
    `equal` is None where nothing is expected.

    >>> given = {"people": 2, "monthly": 16800, "months": 3}
    >>> evaluate_case({"rule": "financing", "given": given, "expected": {"amount": 100800}})
    {'title': '', 'rule': 'financing', 'computed': {'amount': 100800}, 'equal': True}
    """
    told: dict[str, object] = {"title": str(case.get("title", "")), "rule": str(case.get("rule", ""))}
    expected = case.get("expected")
    wanted = expected if isinstance(expected, dict) else {}
    try:
        values = _values(case)
    except JangkauError as error:
        told["error"] = error.sentence(language)
        told["equal"] = None if expected is None else "error" in wanted
        return told
    told["computed"] = {name: values.get(name) for name in wanted if name != "error"} if wanted else values
    told["equal"] = None if expected is None else all(_same(values.get(name), value) for name, value in wanted.items())
    return told


def _values(case: Mapping[str, object]) -> dict[str, object]:
    given, scenario = case.get("given"), case.get("scenario")
    if not isinstance(given, dict):
        raise Refused("Kasus ini tanpa “given”.", "This case has no “given”.")
    laid = Scenario(scenario).book if isinstance(scenario, dict) else book()
    result = run(CATALOGUE[str(case.get("rule"))], given, laid)
    return {name: plain(value) for name, value in result.values.items()}


def _same(computed: object, expected: object) -> bool:
    computed, expected = plain(computed), plain(expected)
    if isinstance(computed, bool) or isinstance(expected, bool) or computed is None:
        return computed is expected
    if _NUMBER.fullmatch(str(computed)) and _NUMBER.fullmatch(str(expected)):
        return Fraction(str(computed)) == Fraction(str(expected))
    return computed == expected
