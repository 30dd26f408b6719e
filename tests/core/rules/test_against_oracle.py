"""The rules and the oracle, which share nothing, agree on two hundred thousand members of every rule about money."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.core.rules.oracle import EXAMPLES, ORACLE
from tests.core.rules.oracle.members import BY_COLUMNS, ONE_BY_ONE, Group, groups
from tests.core.rules.oracle.plain import Given, as_written

from jangkau.core.kernel import JangkauError
from jangkau.core.rules import evaluate, evaluate_columns

MEMBERS = 200_000


def computed(rule: str, given: Given) -> dict[str, Any]:
    return {name: as_written(value) for name, value in evaluate(rule, given).values.items()}


def by_oracle(rule: str, given: Given) -> dict[str, Any]:
    return {name: as_written(value) for name, value in ORACLE[rule](given).items()}


def assert_agree(rule: str, given: Given) -> None:
    expected, found = by_oracle(rule, given), computed(rule, given)
    assert {name: found[name] for name in expected} == expected, given


def assert_group_agrees(rule: str, group: Group) -> None:
    columns = {name: np.array(column, dtype=np.int64) for name, column in group.columns.items()}
    found = evaluate_columns(rule, group.fixed | columns)
    expected = [by_oracle(rule, given) for given in group.members()]
    for name, first in expected[0].items():
        if isinstance(first, int):
            column = np.broadcast_to(np.asarray(found[name]), len(group))
            wrong = np.flatnonzero(column != np.array([answer[name] for answer in expected], dtype=np.int64))
            assert not wrong.size, (name, list(group.members())[wrong[0]], int(column[wrong[0]]))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['rule']}: {example['title']}")
def test_worked_examples(example: dict[str, Any]) -> None:
    if "expected" not in example:
        with pytest.raises(JangkauError):
            evaluate(example["rule"], example["given"])
        return
    found = computed(example["rule"], example["given"])
    assert {name: found[name] for name in example["expected"]} == example["expected"]


@pytest.mark.slow
@pytest.mark.parametrize("rule", BY_COLUMNS)
def test_the_oracle_agrees_on_columns(rule: str) -> None:
    for group in groups(rule, MEMBERS):
        assert_group_agrees(rule, group)


@pytest.mark.parametrize("rule", BY_COLUMNS)
def test_the_oracle_agrees_on_single_members(rule: str) -> None:
    for group in groups(rule, 50_000, seed=46):
        assert_agree(rule, next(group.members()))


@pytest.mark.parametrize("rule", ONE_BY_ONE)
def test_the_oracle_agrees_on_words_and_days(rule: str) -> None:
    for given in ONE_BY_ONE[rule]():
        assert_agree(rule, given)


def test_every_rule_of_the_oracle_is_asked() -> None:
    assert set(BY_COLUMNS) | set(ONE_BY_ONE) == set(ORACLE)
