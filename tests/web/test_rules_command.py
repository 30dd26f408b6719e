"""`jangkau rules`: what is printed, and which exit code a script gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jangkau.core.rules import rules
from jangkau.web.site.cli import main

CASES = """
- {rule: financing, title: right, given: {people: 2, monthly: 16800, months: 1}, expected: {amount: 33600}}
- {rule: jp_ceiling, title: not known, given: {month: 2027-03}, expected: {error: true}}
- {rule: jp_survivor, title: exact, given: {member_months: 12, density: 79.99}, expected: {outcome: lump_sum}}
- rule: claim_expiry
  title: days
  given: {accident_on: 2021-03-10, filed_on: 2026-03-10}
  expected: {expires_on: 2026-03-10}
- {rule: coverage, title: all outputs, given: {eligible: {pu: 3}, active: {pu: 2}}}
- {rule: bpu_contribution, title: missing, given: {income: 1}}
"""


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch):
    """The command points the process at its data; afterwards it points where it did."""
    for name in ("JANGKAU_DATA", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, "")


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, encoding="utf-8")
    return path


def test_cases_are_computed_beside_what_they_expect(cases, capsys):
    assert main(["rules", "evaluate", str(cases), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [case["equal"] for case in told] == [True, True, True, True, None, None]
    assert told[0] == {"title": "right", "rule": "financing", "computed": {"amount": 33600}, "equal": True}
    assert told[3]["computed"] == {"expires_on": "2026-03-10"}
    assert told[4]["computed"] == {"eligible_total": 3, "active_total": 2, "percent": "66.67", "uncovered": 1}
    assert "month" in told[5]["error"] and "computed" not in told[5]


def test_a_case_that_differs_is_told_by_the_exit_code(cases, capsys):
    cases.write_text(CASES.replace("33600", "33601"), encoding="utf-8")
    assert main(["rules", "evaluate", str(cases)]) == 1
    assert "BEDA" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"x: [", b"x: 1", b"- 1", b"\xff\xfe\x00"])
def test_a_file_that_holds_no_cases_is_refused(cases, content, capsys):
    cases.write_bytes(content)
    assert main(["rules", "evaluate", str(cases)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_rules_are_listed_and_shown(capsys, tmp_path):
    assert main(["rules", "list", "--json"]) == 0
    assert {rule["name"] for rule in json.loads(capsys.readouterr().out)} == set(rules())
    assert main(["rules", "list"]) == main(["rules", "show", "jkm_benefit"]) == 0
    assert "full_from" in capsys.readouterr().out
    assert main(["rules", "show", "jp_ceiling"]) == 0  # a rule and a parameter
    shown = capsys.readouterr().out
    assert "previous_ceiling" in shown and "Rp11,086,300" in shown
    assert main(["rules", "show", "jkm_benefit", "--json"]) == main(["rules", "show", "jkm_lump"]) == 0
    assert "Rp20,000,000" in capsys.readouterr().out
    assert main(["rules", "show", "nothing"]) == main(["rules", "evaluate", str(tmp_path / "none.yaml")]) == 1
    assert main(["rules", "show"]) == 2


def test_figures_to_check_are_told_by_the_day(capsys):
    assert main(["rules", "due", "--as-of", "2027-02-25", "--within", "0", "--json"]) == 0
    found = {each["parameter"]: each for each in json.loads(capsys.readouterr().out)}
    assert found["jp_ceiling"]["past"] and found["minimum_wage"]["past"] and "pu_jkm_rate" not in found
    assert main(["rules", "due", "--as-of", "2026-11-21"]) == 0
    assert "holidays" in capsys.readouterr().out
