"""Exact money: five operations with one body for a whole number and for a NumPy int64 array. Rates are fractions of
whole numbers; nothing here is a floating-point number, and what does not fit 64 bits is refused, never wrapped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jangkau.core.kernel import Refused

Whole: TypeAlias = int | NDArray[np.int64]
Truth: TypeAlias = bool | NDArray[np.bool_]
LARGEST = 2**63 - 1
ROUNDINGS = ("half_up", "half_even", "down", "up")


class DoesNotFit(Refused):
    """A result is larger than 64 bits hold."""

    def __init__(self) -> None:
        super().__init__(
            "Angkanya terlalu besar untuk dihitung tepat. Periksa nilai rupiah dan banyaknya.",
            "The figure is too large to be computed exactly. Check the amounts and counts.",
        )


def largest(value: Whole) -> int:
    """The greatest absolute value in a number or an array (0 for an empty one)."""
    if isinstance(value, np.ndarray):
        return max(abs(int(value.max())), abs(int(value.min()))) if value.size else 0
    return abs(value)


def _fits(bound: int) -> None:
    if bound > LARGEST:
        raise DoesNotFit()


@dataclass(frozen=True, slots=True)
class Rate:
    """An exact rate: numerator (a number, or one for each member) over one denominator."""

    numerator: Whole
    denominator: int

    @classmethod
    def of(cls, value: Fraction) -> Rate:
        return cls(value.numerator, value.denominator)

    @property
    def fraction(self) -> Fraction:
        """The rate of one member as a fraction; raises TypeError for an array of rates."""
        if isinstance(self.numerator, np.ndarray):
            raise TypeError("an array of rates is not one fraction")
        return Fraction(self.numerator, self.denominator)

    def times(self, other: Rate) -> Rate:
        """The product of two rates.

        >>> Rate(3, 100).times(Rate(1, 2)).fraction
        Fraction(3, 200)
        """
        return _reduced(times(self.numerator, other.numerator), self.denominator * other.denominator)

    def remainder(self) -> Rate:
        """One minus the rate: what a relief leaves to be paid.

        >>> Rate(99, 100).remainder().fraction
        Fraction(1, 100)
        """
        return Rate(self.denominator - self.numerator, self.denominator)

    def over(self, denominator: int) -> Whole:
        """The numerator when written over a multiple of the denominator."""
        return times(self.numerator, denominator // self.denominator)


def _reduced(numerator: Whole, denominator: int) -> Rate:
    if isinstance(numerator, np.ndarray):
        return Rate(numerator, denominator)
    shared = gcd(numerator, denominator) or 1
    return Rate(numerator // shared, denominator // shared)


def plus(*parts: Whole) -> Whole:
    """The sum of parts; raises DoesNotFit beyond 64 bits.

    >>> plus(10_000, 6_800, 20_000)
    36800
    """
    _fits(sum(largest(part) for part in parts))
    total: Whole = 0
    for part in parts:
        total = total + part
    return total


def times(one: Whole, other: Whole) -> Whole:
    """The product of whole numbers; raises DoesNotFit beyond 64 bits.

    >>> times(3_382, 16_800 * 4)
    227270400
    """
    _fits(largest(one) * largest(other))
    return one * other


def multiply(amount: Whole, rate: Rate, rounding: str, *, step: int = 1) -> Whole:
    """`amount` x `rate`, rounded once to a multiple of `step` (whole rupiah). `rounding`: half_up, half_even, down, up.
    Amounts and rates are not negative. Raises DoesNotFit beyond 64 bits.

    >>> [multiply(3_605_000, Rate(89, 10_000), rounding) for rounding in ROUNDINGS]
    [32085, 32084, 32084, 32085]
    >>> multiply(10_547_400, Rate(10_511, 10_000), "down", step=100)
    11086300
    >>> multiply(np.array([50, 150, 250]), Rate(1, 100), "half_even").tolist()
    [0, 2, 2]
    """
    unit = rate.denominator * step
    _fits(largest(amount) * largest(rate.numerator) * 2 + unit)
    top = amount * rate.numerator
    if rounding == "half_up":
        return (2 * top + unit) // (2 * unit) * step if step > 1 else (2 * top + unit) // (2 * unit)
    if rounding == "up":
        return -(-top // unit) * step
    whole = top // unit
    if rounding == "half_even":
        twice = 2 * (top - whole * unit)
        whole = whole + ((twice > unit) | ((twice == unit) & (whole % 2 == 1)))
    elif rounding != "down":
        raise Refused(f"Pembulatan “{rounding}” tidak dikenal.", f"The rounding “{rounding}” is not known.")
    return whole * step


def least(one: Whole, other: Whole) -> Whole:
    """The smaller of two amounts, member by member.

    >>> least(np.array([4_000_000, 12_000_000]), 11_086_300).tolist()
    [4000000, 11086300]
    """
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.minimum(one, other)
    return min(one, other)


def most(one: Whole, other: Whole) -> Whole:
    """The greater of two amounts, member by member.

    >>> most(48_000_000, 20_000_000)
    48000000
    """
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.maximum(one, other)
    return max(one, other)


def choose(condition: Truth, yes: Whole, no: Whole) -> Whole:
    """`yes` where the condition holds, else `no`.

    >>> choose(np.array([True, False]), 5, 7).tolist()
    [5, 7]
    """
    if isinstance(condition, np.ndarray):
        return np.where(condition, yes, no)
    return yes if condition else no


def choose_rate(condition: Truth, yes: Rate, no: Rate) -> Rate:
    """The same for rates, brought to one denominator.

    >>> choose_rate(False, Rate(1, 2), Rate(1, 3)).fraction
    Fraction(1, 3)
    """
    if not isinstance(condition, np.ndarray):
        return yes if condition else no
    denominator = yes.denominator * no.denominator // gcd(yes.denominator, no.denominator)
    return Rate(choose(condition, yes.over(denominator), no.over(denominator)), denominator)


def table(entries: Sequence[int], position: Whole) -> Whole:
    """The entry at a position, for a number or for each member.

    >>> table((10, 20, 30), np.array([2, 0])).tolist()
    [30, 10]
    """
    if isinstance(position, np.ndarray):
        return np.asarray(entries, dtype=np.int64)[position]
    return entries[position]


def table_rate(entries: Sequence[Fraction], position: Whole) -> Rate:
    """The rate at a position; rates of many members share one denominator.

    >>> table_rate((Fraction(24, 10_000), Fraction(54, 10_000)), 1).fraction
    Fraction(27, 5000)
    """
    if not isinstance(position, np.ndarray):
        return Rate.of(entries[position])
    denominator = 1
    for entry in entries:
        denominator = denominator * entry.denominator // gcd(denominator, entry.denominator)
    return Rate(table([int(entry * denominator) for entry in entries], position), denominator)


def brackets(amount: Whole, floors: Sequence[int]) -> Whole:
    """The position of the greatest floor that is not above the amount (-1 below the first).

    >>> brackets(1_099_500, (0, 1_100_000, 1_300_000)), brackets(np.array([1_100_000]), (0, 1_100_000)).tolist()
    (0, [1])
    """
    if isinstance(amount, np.ndarray):
        return (np.searchsorted(np.asarray(floors, dtype=np.int64), amount, side="right") - 1).astype(np.int64)
    return bisect_right(floors, amount) - 1
