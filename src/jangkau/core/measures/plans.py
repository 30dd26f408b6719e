"""Whom first, when money is short? Every choice covers the unprotected people of one village and segment for some
months at a price; it is taken whole, because a village visited for half of its people is visited twice. Greedy by
people for the rupiah, and beside it the exact answer of the knapsack problem. Source: Dantzig (1957) for the greedy
order and its bound, Bellman (1957) for the exact answer. Prices come from core.rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from jangkau.core.kernel import Refused
from jangkau.core.measures.coverage import COVERED

_UNREACHED = np.int64(2**62)  # rupiah
_MOST_STEPS = 150_000_000  # choices times people: a second or so for the exact answer


class Choice(NamedTuple):
    """`people` without protection in a place and segment, and the `price` in whole rupiah of covering them all."""

    region_code: str
    segment: str
    people: int
    price: int


class Plan(NamedTuple):
    """What is bought: positions of the choices, in the order of their worth, people and rupiah. `bound` is a number of
    people that no plan for the same budget can exceed."""

    taken: tuple[int, ...]
    people: int
    price: int
    bound: int


def people_without(cube: pl.DataFrame, segment: str) -> pl.DataFrame:
    """`village_code, trade, people`: the counted people of a segment in the cube who are not covered and whose village
    lists state, sorted. People without a stated village cannot be looked for there and are left out.

    >>> cube = pl.DataFrame({"village_code": ["a", "a", None], "trade": ["driver"] * 3, "segment": ["bpu"] * 3,
    ...     "state": ["never", "paid_up", "lapsed"], "not_counted": [None] * 3, "people": [5, 3, 2]})
    >>> people_without(cube, "bpu").rows()
    [('a', 'driver', 5)]
    """
    return (
        cube.filter(
            pl.col("village_code").is_not_null(),
            pl.col("segment") == segment,
            pl.col("not_counted").is_null(),
            ~pl.col("state").is_in(COVERED),
        )
        .group_by("village_code", "trade")
        .agg(pl.col("people").sum().cast(pl.Int64))
        .sort("village_code", "trade")
    )


def at_most_each(choices: Sequence[Choice], most: int) -> list[Choice]:
    """The same choices with at most `most` people in each place: the cheapest people first, then the larger segment.

    >>> at_most_each([Choice("a", "other", 5, 50), Choice("a", "transport", 5, 25), Choice("b", "other", 2, 20)], 7)
    [Choice(region_code='a', segment='transport', people=5, price=25), Choice(region_code='a', segment='other', \
people=2, price=20), Choice(region_code='b', segment='other', people=2, price=20)]
    """
    left: dict[str, int] = {}
    kept = []
    for choice in sorted(choices, key=lambda c: (c.region_code, c.price * 10**6 // max(c.people, 1), -c.people)):
        people = min(choice.people, left.get(choice.region_code, most))
        left[choice.region_code] = left.get(choice.region_code, most) - people
        if people:
            kept.append(choice._replace(people=people, price=choice.price * people // choice.people))
    return kept


def greedy_plan(choices: Sequence[Choice], budget: int) -> Plan:
    """The choices with the most people for the rupiah that `budget` (rupiah) pays, most people first among equals; or
    the single largest choice when that covers more. `bound`: people, if the next choice could be split.

    >>> told = greedy_plan([Choice("a", "bpu", 10, 100), Choice("b", "bpu", 30, 200)], 250)
    >>> (told.taken, told.people, told.price, told.bound)
    ((1,), 30, 200, 35)
    """
    order = _by_worth(choices, budget)
    taken, left, bound = [], budget, None
    for place in order:
        if choices[place].price <= left:
            taken.append(place)
            left -= choices[place].price
        elif bound is None:
            got = sum(choices[other].people for other in taken)
            bound = got + left * choices[place].people // choices[place].price
    single = max(order, key=lambda place: choices[place].people, default=None)
    if single is not None and choices[single].people > sum(choices[place].people for place in taken):
        taken = [single]
    return _plan(choices, taken, bound)


def exact_plan(choices: Sequence[Choice], budget: int) -> Plan:
    """The plan that covers the most people for `budget` (rupiah), the cheapest of those; `bound` is its own number.

    For every number of people the least rupiah that covers so many, one choice after the other: in whole numbers, and
    in no more steps than choices times the people that the budget can reach.

    >>> exact_plan([Choice("a", "bpu", 6, 60), Choice("b", "bpu", 5, 50), Choice("c", "bpu", 5, 50)], 100).people
    10
    """
    order = _by_worth(choices, budget)
    least = np.full(greedy_plan(choices, budget).bound + 1, _UNREACHED)
    least[0] = 0
    better = []
    for place in order:
        people = choices[place].people
        with_it = least[: max(least.size - people, 0)] + choices[place].price
        cheaper = with_it < least[people:]
        least[people:][cheaper] = with_it[cheaper]
        better.append(np.packbits(cheaper))
    taken, left = [], int(np.flatnonzero(least <= budget)[-1])
    for place, bits in zip(reversed(order), reversed(better), strict=True):
        at = left - choices[place].people
        if at >= 0 and bits[at // 8] >> (7 - at % 8) & 1:
            taken.append(place)
            left = at
    return _plan(choices, taken[::-1], None)


def provable(choices: Sequence[Choice], budget: int) -> bool:
    """Is the exact answer found within a second or so?

    >>> provable([Choice("a", "bpu", 10, 100)], 250)
    True
    """
    return len(choices) * greedy_plan(choices, budget).bound <= _MOST_STEPS


def least_price(choices: Sequence[Choice], goal: int) -> int:
    """Rupiah under which no plan covers `goal` people (or everybody): the price if the last choice could be split.

    >>> least_price([Choice("a", "bpu", 10, 100), Choice("b", "bpu", 30, 600)], 25)
    400
    """
    price, missing = 0, goal
    for place in _by_worth(choices, None):
        people = min(missing, choices[place].people)
        price += choices[place].price * people // choices[place].people
        missing -= people
    return price


def cheapest_plan(choices: Sequence[Choice], goal: int) -> Plan:
    """The greedy plan that covers at least `goal` people (or everybody), without choices that it can do without.

    >>> cheapest_plan([Choice("a", "bpu", 10, 100), Choice("b", "bpu", 30, 200)], 35).price
    300
    """
    taken: list[int] = []
    got = 0
    for place in _by_worth(choices, None):
        if got >= goal:
            break
        taken.append(place)
        got += choices[place].people
    for place in sorted(taken, key=lambda position: -choices[position].price):
        if got - choices[place].people >= goal:
            taken.remove(place)
            got -= choices[place].people
    return _plan(choices, taken, None)


def _by_worth(choices: Sequence[Choice], budget: int | None) -> list[int]:
    """Positions of the choices that can be bought at all, best first: people for the rupiah, then people, place."""
    wrong = [choice for choice in choices if choice.price <= 0 or choice.people < 0]
    if wrong:
        raise Refused(
            f"Harga untuk {wrong[0].region_code} harus lebih dari nol.",
            f"The price for {wrong[0].region_code} must be above zero.",
        )
    bought = [p for p, choice in enumerate(choices) if choice.people and (budget is None or choice.price <= budget)]
    return sorted(
        bought,
        key=lambda p: (
            -(choices[p].people * 10**12 // choices[p].price),
            -choices[p].people,
            choices[p].region_code,
            choices[p].segment,
        ),
    )


def _plan(choices: Sequence[Choice], taken: list[int], bound: int | None) -> Plan:
    people = sum(choices[place].people for place in taken)
    return Plan(tuple(taken), people, sum(choices[place].price for place in taken), people if bound is None else bound)
