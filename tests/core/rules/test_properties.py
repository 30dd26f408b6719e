"""What holds whatever the figures: more wage never pays less, parts make the whole, ceilings bind, order is nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.rules.oracle.contributions import JKK_CLASS, JP_CEILING
from tests.core.rules.oracle.members import FUNDING, MONTHS, SCALES, SEGMENTS

from jangkau.core.rules import evaluate, evaluate_columns

MONEY = st.integers(0, 10**11)
DAYS = st.dates(min_value=date(2015, 7, 1), max_value=date(2040, 1, 1))
WAGE_EARNER = st.fixed_dictionaries(
    {
        "risk_class": st.sampled_from(list(JKK_CLASS)),
        "scale": st.sampled_from(SCALES),
        "month": st.sampled_from(MONTHS),
        "labour_intensive": st.booleans(),
        "workers": st.integers(1, 1000),
    }
)
SELF_EMPLOYED = st.fixed_dictionaries(
    {
        "sector": st.sampled_from(["transport", "other"]),
        "funding": st.sampled_from(FUNDING),
        "month": st.sampled_from(MONTHS),
        "jht": st.booleans(),
    }
)
PARTS = {
    "employer_total": ("jkk", "jkm", "jht_employer", "jp_employer"),
    "worker_total": ("jht_worker", "jp_worker"),
    "total": ("employer_total", "worker_total"),
}


def amounts(rule: str, asked: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in evaluate(rule, asked).values.items() if isinstance(value, int)}


@settings(deadline=None)
@given(WAGE_EARNER, MONEY, MONEY)
def test_a_higher_wage_never_pays_less(shared: dict[str, Any], one: int, other: int) -> None:
    low = amounts("pu_contribution", shared | {"wage": min(one, other)})
    high = amounts("pu_contribution", shared | {"wage": max(one, other)})
    assert all(high[name] >= low[name] for name in low)


@settings(deadline=None)
@given(SELF_EMPLOYED, MONEY, MONEY)
def test_a_higher_income_never_pays_less(shared: dict[str, Any], one: int, other: int) -> None:
    low = amounts("bpu_contribution", shared | {"income": min(one, other)})
    high = amounts("bpu_contribution", shared | {"income": max(one, other)})
    assert all(high[name] >= low[name] for name in low)


@settings(deadline=None)
@given(st.sampled_from(MONTHS), MONEY, MONEY)
def test_a_dearer_project_never_pays_less(month: str, one: int, other: int) -> None:
    low, high = (
        amounts("jakon_contribution", {"contract_value": value, "vat_included": False, "month": month})
        for value in sorted((one, other))
    )
    assert all(high[name] >= low[name] for name in low)


@settings(deadline=None)
@given(WAGE_EARNER, MONEY)
def test_the_parts_make_the_whole(shared: dict[str, Any], wage: int) -> None:
    found = amounts("pu_contribution", shared | {"wage": wage})
    for whole, parts in PARTS.items():
        assert found[whole] == sum(found[part] for part in parts)


@settings(deadline=None)
@given(st.sampled_from(SEGMENTS), DAYS, st.integers(0, 900))
def test_the_parts_of_a_death_benefit_make_the_whole(segment: str, first: Any, days: int) -> None:
    died = first + timedelta(days=days)
    found = amounts("jkm_benefit", {"segment": segment, "first_covered_on": first, "died_on": died})
    assert found["total"] == found["lump"] + found["periodic"] + found["funeral"]


@settings(deadline=None)
@given(WAGE_EARNER, MONEY)
def test_the_ceiling_of_the_pension_binds(shared: dict[str, Any], wage: int) -> None:
    highest = next(rupiah for first, last, rupiah in JP_CEILING if first <= shared["month"] <= last)
    found = amounts("pu_contribution", shared | {"wage": wage})
    assert found["jp_base"] <= min(wage, highest)
    assert found["jp_employer"] * 100 <= 2 * highest + 50


@pytest.mark.parametrize(
    ("rule", "column", "shared"),
    [
        ("pu_contribution", "wage", {"risk_class": "III", "scale": "large", "month": "2026-03"}),
        ("bpu_contribution", "income", {"sector": "other", "funding": "own", "month": "2026-04", "jht": True}),
        ("jakon_contribution", "contract_value", {"vat_included": True, "month": "2026-04"}),
    ],
)  # fmt: skip
@settings(deadline=None)
@given(st.lists(MONEY, min_size=2, max_size=60), st.integers(1, 59), st.randoms(use_true_random=False))
def test_neither_order_nor_chunks_change_a_batch(
    rule: str, column: str, shared: dict[str, Any], money: list[int], cut: int, chance: Any
) -> None:
    def totals(values: list[int]) -> list[int]:
        if not values:
            return []
        found = evaluate_columns(rule, shared | {column: np.array(values, dtype=np.int64)})
        return np.asarray(found["total"]).tolist()

    whole = totals(money)
    assert totals(money[:cut]) + totals(money[cut:]) == whole
    order = list(range(len(money)))
    chance.shuffle(order)
    assert totals([money[place] for place in order]) == [whole[place] for place in order]
    assert whole == [evaluate(rule, shared | {column: value}).values["total"] for value in money]
