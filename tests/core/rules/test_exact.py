"""Exactness: a column gives what each member gets alone, chunks change nothing, what does not fit is refused."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.kernel import JangkauError, Refused
from jangkau.core.rules import MissingInput, Scenario, WrongInput, difference, evaluate, evaluate_columns, monthly_bill
from jangkau.core.rules.arithmetic import ROUNDINGS, DoesNotFit, Rate, multiply, plus, times

MONTHS = st.sampled_from(
    ["2015-07", "2020-07", "2020-08", "2021-01", "2025-02", "2026-01", "2026-02", "2026-03", "2027-02"]
)
WAGES = st.lists(
    st.integers(0, 10**9) | st.sampled_from([0, 1, 3_605_000, 11_086_299, 11_086_300, 11_086_301]),
    min_size=1,
    max_size=30,
)
SCALES = ("micro", "small", "medium", "large")
ONE = {"income": 1, "month": "2026-01", "sector": "other", "funding": "own", "jht": False}
FUNDING = ("own", "apbn", "apbd", "apbdes", "dbhcht", "csr", "donor")


@given(WAGES, MONTHS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_column_of_wage_earners_is_its_members(wages, month, random):
    size = len(wages)
    members = {
        "wage": wages,
        "risk_class": [random.choice(["I", "II", "III", "IV", "V"]) for _ in range(size)],
        "scale": [random.choice(SCALES) for _ in range(size)],
        "labour_intensive": [random.random() < 0.5 for _ in range(size)],
        "workers": [random.randrange(100) for _ in range(size)],
    }
    columns = evaluate_columns(
        "pu_contribution", {"month": month} | {name: np.array(each) for name, each in members.items()}
    )
    for place in range(size):
        alone = evaluate(
            "pu_contribution", {"month": month} | {name: each[place] for name, each in members.items()}
        ).values
        assert {name: int(np.broadcast_to(amounts, size)[place]) for name, amounts in columns.items()} == {
            name: alone[name] for name in columns
        }
        assert alone["total"] == alone["employer_total"] + alone["worker_total"]


@given(st.lists(st.integers(0, 30_000_000), min_size=1, max_size=30), MONTHS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_column_of_self_employed_is_its_members(incomes, month, random):
    size = len(incomes)
    members = {
        "income": incomes,
        "sector": [random.choice(["transport", "other"]) for _ in range(size)],
        "funding": [random.choice(FUNDING) for _ in range(size)],
        "jht": [random.random() < 0.5 for _ in range(size)],
    }
    columns = evaluate_columns(
        "bpu_contribution", {"month": month} | {name: np.array(each) for name, each in members.items()}
    )
    for place in range(size):
        alone = evaluate(
            "bpu_contribution", {"month": month} | {name: each[place] for name, each in members.items()}
        ).values
        assert {name: int(np.broadcast_to(amounts, size)[place]) for name, amounts in columns.items()} == {
            name: alone[name] for name in columns
        }


@given(st.integers(0, 10**12), st.fractions(0, 2, max_denominator=10**6))
def test_rounding_is_that_of_exact_fractions(amount, rate):
    exact = amount * rate
    down, up = exact.numerator // exact.denominator, -(-exact.numerator // exact.denominator)
    assert [multiply(amount, Rate.of(rate), rounding) for rounding in ROUNDINGS] == [
        (exact + Fraction(1, 2)).__floor__(), round(exact), down, up,
    ]  # fmt: skip
    column = np.array([amount], dtype=np.int64)
    for rounding in ROUNDINGS:
        try:
            assert multiply(column, Rate.of(rate), rounding).tolist() == [multiply(amount, Rate.of(rate), rounding)]
        except DoesNotFit:
            assert 2 * amount * rate.numerator + rate.denominator > 2**62


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_a_higher_income_never_owes_less(income, more):
    case = {"sector": "other", "funding": "own", "jht": True, "month": "2026-05"}
    low, high = (
        evaluate("bpu_contribution", case | {"income": each}).values["total"] for each in (income, income + more)
    )
    assert low <= high
    case = {"vat_included": False, "month": "2026-05"}
    low, high = (
        evaluate("jakon_contribution", case | {"contract_value": each}).values["total"]
        for each in (income, income + more)
    )
    assert low <= high


def test_chunks_and_order_change_no_total_and_chunks_no_hash():
    random = np.random.default_rng(7)
    wage, risk = random.integers(0, 30_000_000, 10_000), random.integers(0, 5, 10_000)
    case = {"wage": wage, "risk_class": risk, "month": "2026-03", "scale": "large"}
    seen: list[int] = []
    whole = monthly_bill("pu_contribution", case, chunk=10_000)
    parts = monthly_bill(
        "pu_contribution", case, chunk=333, each=lambda start, columns: seen.append(int(columns["total"].sum()))
    )
    assert whole == parts and sum(seen) == whole.totals["total"]
    order = random.permutation(10_000)
    mixed = monthly_bill("pu_contribution", case | {"wage": wage[order], "risk_class": risk[order]})
    assert mixed.totals == whole.totals and mixed.sha256 != whole.sha256
    assert whole.totals["total"] == whole.totals["employer_total"] + whole.totals["worker_total"]


def test_what_64_bits_do_not_hold_is_refused():
    for huge in (2**62, np.array([2**62])):
        for refused in (
            lambda huge=huge: times(huge, 3),
            lambda huge=huge: plus(huge, huge),
            lambda huge=huge: multiply(huge, Rate(89, 10_000), "half_up"),
        ):
            with pytest.raises(DoesNotFit):
                refused()
    with pytest.raises(JangkauError):
        evaluate("pu_contribution", {"wage": 2**62, "risk_class": "V", "month": "2026-03", "scale": "micro"})
    with pytest.raises(Refused):
        monthly_bill(
            "pu_contribution",
            {"wage": np.array([1]), "risk_class": np.array([1, 2]), "month": "2026-03", "scale": "micro"},
        )


@pytest.mark.parametrize(
    ("rule", "case", "error"),
    [
        ("bpu_contribution", {"income": 1}, MissingInput),
        ("bpu_contribution", ONE | {"income": 1.5}, WrongInput),
        ("bpu_contribution", ONE | {"income": True}, WrongInput),
        ("bpu_contribution", ONE | {"income": -1}, WrongInput),
        ("bpu_contribution", ONE | {"month": "2026-13"}, Refused),
        ("bpu_contribution", ONE | {"sector": "sea"}, WrongInput),
        ("bpu_contribution", ONE | {"jht": "yes"}, WrongInput),
        ("financing", {"people": 1, "monthly": 1, "months": 1, "month": "2026-01"}, Refused),
        ("jp_survivor", {"member_months": 12, "density": 0.8}, WrongInput),
        ("jp_survivor", {"member_months": 12, "density": "-1"}, WrongInput),
        ("jkk_disability", {"wage": 1, "row": "1", "function_lost": "101%", "accident_on": "2026-01-01"}, WrongInput),
        ("claim_expiry", {"accident_on": "1 May", "filed_on": "2026-01-01"}, WrongInput),
        ("jp_retirement_age", {"year": 26}, WrongInput),
        ("coverage", {"eligible": {}, "active": {}}, WrongInput),
        ("coverage", {"eligible": {"pu": 1}, "active": {"bpu": 1}}, Refused),
        ("heirs", {"present": "child"}, WrongInput),
        ("no_rule", {}, JangkauError),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_in_two_languages(rule, case, error):
    with pytest.raises(error) as told:
        evaluate(rule, case)
    assert told.value.indonesian != told.value.english


@pytest.mark.parametrize(
    "wrong",
    [
        {"wage": np.array([1.5])},
        {"wage": np.array([-1])},
        {"wage": np.array([2**63], dtype=np.uint64)},
        {"risk_class": np.array([5])},
        {"risk_class": np.array(["VI"])},
        {"labour_intensive": np.array(["x"])},
    ],
)
def test_a_wrong_column_is_refused(wrong):
    case = {"wage": np.array([1]), "risk_class": np.array(["V"]), "scale": "micro", "month": "2026-03"}
    with pytest.raises(WrongInput):
        evaluate_columns("pu_contribution", case | wrong)


def test_a_scenario_changes_its_answers_alone():
    case = {"wage": 20_000_000, "risk_class": "III", "month": "2027-03", "scale": "large"}
    scenario = Scenario({"jp_ceiling": 11_600_000, "pu_jkk_rate.III": "0.9%"}, since=date(2027, 3, 1))
    told = evaluate("pu_contribution", case, scenario=scenario)
    assert told.values["jp_base"] == 11_600_000 and told.values["jkk"] == 180_000
    assert any("(skenario)" in sentence for sentence in told.sentences("id"))
    with pytest.raises(JangkauError):
        evaluate("pu_contribution", case)
    before = evaluate("bpu_contribution", ONE)
    after = evaluate("bpu_contribution", ONE, scenario=Scenario({"bpu_jkm_amount": 10_000}))
    assert difference(before, after) == {"jkm": 3_200, "total": 3_200}
    for unknown in ({"no_such": 1}, {"pu_jkk_rate.VI": "1%"}, {"jp_ceiling": 1.5}):
        with pytest.raises(JangkauError):
            Scenario(unknown).book


def test_the_trace_tells_why_and_what_is_assumed():
    told = evaluate("jkm_benefit", {"segment": "bpu", "first_covered_on": "2026-01-15", "died_on": "2026-04-14"})
    assert told.assumed == ("first_months", "first_months_doubt_days")
    json = told.as_json()
    assert json["version"] == 1 and json["values"]["full_from"] == "2026-04-15"
    early = next(step for step in json["trace"] if step["step"] == "early_sum")
    assert early["parameters"][0]["from"] == "2021-04-01" and early["parameters"][0]["law"] == "Permenaker 5/2021"
    indonesian, english = told.sentences("id"), told.sentences("en")
    assert len(indonesian) == len(english) == len(told.trace) + 1
    assert "Rp10.000.000" in " ".join(indonesian) and "Rp10,000,000" in " ".join(english)
    assert "asumsi" in " ".join(indonesian) and "assumed" in " ".join(english)
    rounded = evaluate("financing", {"people": 1, "monthly": 1, "months": 1})
    assert rounded.assumed == () and "Asumsi" not in " ".join(rounded.sentences("id"))
