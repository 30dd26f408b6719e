"""The oracle knows the worked examples: figures read off the law by hand, whose answers a lawyer can check."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.rules.oracle import EXAMPLES, ORACLE
from tests.core.rules.oracle.plain import NoAnswer, as_written


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['rule']}: {example['title']}")
def test_the_oracle_knows_the_worked_examples(example: dict[str, Any]) -> None:
    law = ORACLE[example["rule"]]
    if "expected" not in example:
        with pytest.raises(NoAnswer):
            law(example["given"])
        return
    computed = law(example["given"])
    assert {name: as_written(computed[name]) for name in example["expected"]} == example["expected"]


def test_every_calculator_has_an_example() -> None:
    assert {example["rule"] for example in EXAMPLES} == set(ORACLE)
