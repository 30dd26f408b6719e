"""Worked cases come out to the rupiah and tell their way; whatever else is asked, a result or a sentence comes back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.build_rules_pages import ROOT, pages

from jangkau.core.kernel import JangkauError
from jangkau.core.rules import evaluate, rules
from jangkau.core.rules.cases import evaluate_case, read_cases
from jangkau.core.rules.given import ALWAYS

CASES = read_cases((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
ANSWERED = [case for case in CASES if "error" not in case["expected"]]
VALUES = {
    "money": st.integers(0, 2**70),
    "count": st.integers(0, 2**70),
    "saving": st.booleans() | st.integers(0, 2**40),
    "month": (st.integers(24_170, 24_400) | st.integers(0, 119_999)).map(lambda n: f"{n // 12:04d}-{n % 12 + 1:02d}"),
    "day": (st.dates(date(2015, 1, 1), date(2030, 1, 1)) | st.dates()).map(str),
    "year": st.integers(2010, 2050) | st.integers(0, 9_999),
    "flag": st.booleans(),
    "percent": st.decimals(0, 200, places=2).map(str),
    "growth": st.decimals(-50, 50, places=2).map(lambda number: f"{number}%"),
    "share": st.decimals(0, 2, places=3).map(str),
    "text": st.text(max_size=4) | st.sampled_from(["1", "28", "31", "40", "III-95"]),
    "counts": st.dictionaries(st.sampled_from(["pu", "bpu"]), st.integers(0, 2**66)),
    "names": st.lists(st.sampled_from(["child", "sibling", "1", "15:50%", "31", "x"])),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}-{case['title']}")
def test_a_case_equals_what_is_expected(case):
    told = evaluate_case(case)
    assert told["equal"], told


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: f"{case['rule']}-{case['title']}")
def test_a_case_tells_its_way_in_two_languages_and_as_json(case):
    told, again = (evaluate(case["rule"], case["given"]) for _ in range(2))
    assert len(told.sentences("id")) == len(told.sentences("en")) >= len(told.trace) > 0
    assert json.dumps(told.as_json()) == json.dumps(again.as_json())


@pytest.mark.parametrize("name", sorted(rules()))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_given_the_answer_is_a_result_or_a_sentence(name, data):
    form = data.draw(st.sampled_from(rules()[name].forms))
    case = {
        each.name: data.draw(st.sampled_from(each.options) if each.options else VALUES[each.kind])
        for each in form.inputs.values()
        if each.default is ALWAYS or data.draw(st.booleans())
    }
    try:
        told = evaluate(name, case)
    except JangkauError as error:
        assert error.indonesian and error.english
    else:
        assert told.sentences("id") and json.dumps(told.as_json())


def test_every_rule_has_a_case():
    assert {case["rule"] for case in CASES} == set(rules())


def test_the_pages_are_those_the_code_makes():
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/rules").glob("*.md")}
    assert written == pages(), "run: python -m tools.build_rules_pages"
