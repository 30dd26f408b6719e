"""Greedy and exact answers, beside every plan there is."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.kernel import Refused
from jangkau.core.measures.plans import Choice, at_most_each, cheapest_plan, exact_plan, greedy_plan, least_price

one = st.tuples(st.integers(0, 300), st.integers(1, 40_000_000))
budgets = st.integers(0, 100_000_000)


def choices_of(told: list[tuple[int, int]]) -> list[Choice]:
    return [Choice(f"32.02.01.{2001 + place}", "bpu", people, price) for place, (people, price) in enumerate(told)]


def best_of_all(choices: list[Choice], budget: int) -> int:
    subsets = (group for size in range(len(choices) + 1) for group in combinations(choices, size))
    return max(sum(c.people for c in group) for group in subsets if sum(c.price for c in group) <= budget)


@settings(max_examples=80, deadline=None)
@given(st.lists(one, max_size=9), budgets)
def test_the_exact_plan_is_the_best_of_all_plans_and_the_greedy_one_knows_its_distance(told, budget):
    choices = choices_of(told)
    best = best_of_all(choices, budget)
    exact, greedy = exact_plan(choices, budget), greedy_plan(choices, budget)
    for plan in (exact, greedy):
        assert plan.price == sum(choices[place].price for place in plan.taken) <= budget
        assert plan.people == sum(choices[place].people for place in plan.taken)
        assert len(set(plan.taken)) == len(plan.taken)
    assert exact.people == best
    assert greedy.people <= best <= greedy.bound
    assert 2 * greedy.people >= best


@given(st.lists(one, min_size=1, max_size=12), st.integers(0, 4000))
def test_a_goal_is_reached_without_a_village_too_many(told, goal):
    choices = choices_of(told)
    plan = cheapest_plan(choices, goal)
    assert plan.people >= min(goal, sum(choice.people for choice in choices))
    assert all(plan.people - choices[place].people < goal for place in plan.taken)


@given(st.lists(one, min_size=1, max_size=9), st.integers(0, 4000))
def test_no_plan_for_a_goal_is_cheaper_than_the_least_price(told, goal):
    choices = choices_of(told)
    goal = min(goal, sum(choice.people for choice in choices))
    subsets = (group for size in range(len(choices) + 1) for group in combinations(choices, size))
    cheapest = min(sum(c.price for c in group) for group in subsets if sum(c.people for c in group) >= goal)
    # every part of a choice is rounded down to whole rupiah
    assert least_price(choices, goal) <= cheapest <= cheapest_plan(choices, goal).price


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 50), st.integers(1, 9)), max_size=9), st.integers(1, 60)
)
def test_no_place_gets_more_than_its_most_and_none_gets_less_than_it_could(told, most):
    choices = [Choice(place, "bpu", people, people * each + 1) for place, people, each in told]
    kept = at_most_each(choices, most)
    for place in "abc":
        there = sum(c.people for c in choices if c.region_code == place)
        assert sum(c.people for c in kept if c.region_code == place) == min(there, most)


def test_a_price_of_nothing_is_refused():
    with pytest.raises(Refused, match=r"32\.02\.01\.2001"):
        greedy_plan([Choice("32.02.01.2001", "bpu", 3, 0)], 10)


def test_no_choice_no_plan():
    assert exact_plan([], 10) == greedy_plan([], 10)
    assert exact_plan(choices_of([(5, 100)]), 99).people == 0


def test_on_a_regency_the_greedy_plan_is_within_one_percent():
    choices = [
        Choice(f"32.02.{place % 47 + 1:02d}.{2001 + place}", "bpu", people, people * 16_800 * 12 + 1_500_000)
        for place, people in enumerate((place * 7919 % 1700) + 40 for place in range(386))
    ]
    budget = 1_000_000_000
    greedy, exact = greedy_plan(choices, budget), exact_plan(choices, budget)
    assert exact.people * 0.99 <= greedy.people <= exact.people <= exact.bound <= greedy.bound
