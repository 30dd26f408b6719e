"""Worked cases come out to the rupiah, and every rule and its page rest on some."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.build_rules_pages import ROOT, pages

from jangkau.core.rules import rules
from jangkau.core.rules.cases import evaluate_case, read_cases

CASES = read_cases((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}-{case['title']}")
def test_a_case_equals_what_is_expected(case):
    told = evaluate_case(case)
    assert told["equal"], told


def test_every_rule_has_a_case():
    assert {case["rule"] for case in CASES} == set(rules())


def test_the_pages_are_those_the_code_makes():
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/rules").glob("*.md")}
    assert written == pages(), "run: python -m tools.build_rules_pages"
