"""The law files refuse what they must refuse; every figure is cited and used; the room stays exact."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from jangkau.core.rules import LawIsFaulty, NoRuleInForce, evaluate, parameters, rules
from jangkau.core.rules.cases import read_cases
from jangkau.core.rules.engine import HISTORY
from jangkau.core.rules.loading import parse
from jangkau.core.rules.parameters import Table

ROOM = Path(__file__).parents[3] / "src/jangkau/core/rules"
CASES = read_cases((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
GOOD = """
due_day:
  id: Tanggal
  en: Day
  unit: count
  check_by: 2027-01-01
  values:
    - {{from: 2020-01-01, to: {first_to}, value: {first}, law: A, status: verified, source: "- x"}}
    - {{from: 2021-01-01, to: {last_to}, value: 2, law: B, status: {status}, source: "- x"}}
"""
FIT = {"first_to": "2020-12-31", "last_to": "open", "first": 1, "status": "verified"}


def test_a_good_file_is_read():
    assert parse(GOOD.format(**FIT))[0].on(date(2020, 5, 1)).content == 1


@pytest.mark.parametrize(
    "change",
    [
        {"first": "0.24"},
        {"first": "1e3"},
        {"first": "true"},
        {"first": "{a: 1, b: 2%}"},
        {"first": "[2020-01-02, 2020-01-01]"},
        {"first_to": "2020-12-30"},
        {"first_to": "2021-01-01"},
        {"first_to": "open"},
        {"first_to": "2019-12-31"},
        {"last_to": "2026-12-31"},
        {"status": "certain"},
        {"status": "verified, page: 3"},
    ],
)
def test_a_float_a_gap_an_overlap_an_unknown_status_is_refused(change):
    with pytest.raises(LawIsFaulty):
        parse(GOOD.format(**(FIT | change)))


def test_an_unlisted_source_is_refused():
    with pytest.raises(LawIsFaulty):
        parse(GOOD.format(**FIT).replace('"- x"', "nowhere"))


def test_every_figure_is_cited_and_has_a_day_of_checking():
    for parameter in parameters().values():
        for value in parameter.values:
            assert value.law and value.source and value.check_by > date(2026, 11, 1), parameter.name
            assert value.source.startswith("http") or value.status != "verified", parameter.name


def test_what_is_known_to_change_ends():
    for name in ("jp_ceiling", "jp_bounds", "minimum_wage", "holidays"):
        with pytest.raises(NoRuleInForce) as told:
            parameters()[name].on(date(2028, 1, 1))
        assert told.value.indonesian and told.value.english


def test_every_parameter_is_used_by_a_rule():
    arguments = {
        name.removesuffix(HISTORY)
        for rule in rules().values()
        for form in rule.forms
        for quantity in form.quantities.values()
        for name in quantity.arguments
    }
    assert set(parameters()) <= arguments


def test_choices_stand_in_the_order_of_their_tables():
    """Columns hold positions among the options: a table keyed by a choice lists the same words in the same order."""
    for rule in rules().values():
        for form in rule.forms:
            for quantity in form.quantities.values():
                entry = form.inputs.get(quantity.key or "")
                if entry is None or entry.kind != "choice":
                    continue
                for name in set(quantity.arguments) & set(parameters()):
                    for value in parameters()[name].values:
                        if isinstance(value.content, Table) and set(value.content.keys) & set(entry.options):
                            assert value.content.keys == entry.options[: len(value.content.keys)] or (
                                rule.name in ("minimum_wage", "scholarship")
                            ), (rule.name, name)


def test_no_floating_point_number_in_the_room():
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float | complex)), path
            assert not (isinstance(node, ast.Name) and node.id in ("float", "Decimal", "round")), path
            assert not (isinstance(node, ast.Attribute) and node.attr.startswith("float")), path
            assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and path.stem == "arithmetic"), (
                path
            )


def test_the_room_imports_numpy_the_kernel_and_for_its_files_yaml():
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.startswith("jangkau."):
                    assert name.startswith(("jangkau.core.rules", "jangkau.core.kernel")), path
                assert name.split(".")[0] not in ("polars", "django", "duckdb", "pyarrow"), path
                assert name != "yaml" or path.stem in ("loading", "cases"), path


def test_rules_without_a_date_use_the_law_without_a_known_end():
    assert evaluate("late_penalty", {"segment": "pu", "due": 1_000_000, "months_late": 1}).values["penalty"] == 20_000
