"""The law as code: what it costs, what a family gets, by when, to the rupiah, and why. Rules are graphs of pure
functions over dated parameters; a figure nobody knows is an error, an assumed one is named in every answer."""

from __future__ import annotations

from collections.abc import Mapping

from jangkau.core.rules.billing import Bill, monthly_bill
from jangkau.core.rules.catalogue import CATALOGUE
from jangkau.core.rules.engine import Catalogue, Rule, run, run_columns
from jangkau.core.rules.given import MissingInput, WrongInput
from jangkau.core.rules.loading import book
from jangkau.core.rules.parameters import Book, LawIsFaulty, NoRuleInForce, NoSuchEntry, Parameter
from jangkau.core.rules.scenarios import Scenario, difference
from jangkau.core.rules.trace import Result, Step

__all__ = [
    "Bill",
    "Book",
    "Catalogue",
    "LawIsFaulty",
    "MissingInput",
    "NoRuleInForce",
    "NoSuchEntry",
    "Parameter",
    "Result",
    "Rule",
    "Scenario",
    "Step",
    "WrongInput",
    "difference",
    "evaluate",
    "evaluate_columns",
    "monthly_bill",
    "parameters",
    "rules",
]


def rules() -> Catalogue:
    """All rules by name."""
    return CATALOGUE


def parameters() -> Book:
    """All dated parameters by name."""
    return book()


def evaluate(rule_name: str, given: Mapping[str, object], *, scenario: Scenario | None = None) -> Result:
    """One case of a rule: its values, trace and assumptions. Months "YYYY-MM", days ISO, money whole rupiah, shares and
    percentages as text. Raises JangkauError: no such rule or input, a missing or wrong input, no rule in force.

    >>> evaluate("bpu_contribution", {"income": 1_000_000, "month": "2025-10", "sector": "other", "funding": "own",
    ...                               "jht": True}).values["total"]
    36800
    """
    return run(CATALOGUE[rule_name], given, scenario.book if scenario else book())


def evaluate_columns(
    rule_name: str, given: Mapping[str, object], *, scenario: Scenario | None = None
) -> dict[str, object]:
    """Many cases at once: inputs are NumPy columns (whole numbers; choices as words or as positions among the options)
    or one value that all share; gives the amounts as int64 columns, or one number where all members share it.

    >>> import numpy as np
    >>> given = {"wage": np.array([3_605_000, 4_000_000]), "risk_class": "III", "month": "2026-03", "scale": "medium"}
    >>> evaluate_columns("pu_contribution", given)["jkk"].tolist()
    [32085, 35600]
    """
    return run_columns(CATALOGUE[rule_name], given, scenario.book if scenario else book())
