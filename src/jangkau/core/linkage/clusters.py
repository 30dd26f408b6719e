"""Rows that found nobody in the register, gathered into new people: the strongest pairs first, and never two rows
together of which something says that they are two people."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from jangkau.core.linkage.decisions import LINK, REVIEW


class Clusters(NamedTuple):
    """`members` (row, root: smallest row of its cluster, bits, rule of the pair that brought the row in; null for the
    root) and `doubts` (row, root, bits, rule): a row alone that perhaps belongs to the cluster of another root."""

    members: pl.DataFrame
    doubts: pl.DataFrame


_MEMBERS = {"row": pl.Int64, "root": pl.Int64, "bits": pl.Float64, "rule": pl.String}


def chance(bits: float) -> float:
    """Odds in bits as a probability.

    >>> chance(0.0), round(chance(3.0), 3)
    (0.5, 0.889)
    """
    return float(1 / (1 + 2.0 ** -max(-60.0, min(60.0, bits))))


class _Forest:
    """Union-find whose clusters remember the birth dates and NIKs stated in them."""

    def __init__(self, facts: dict[int, tuple[int | None, int | None]], foes: set[tuple[int, int]]) -> None:
        self.parent = {row: row for row in facts}
        self.days = {row: {day} - {None} for row, (day, _) in facts.items()}
        self.niks = {row: {nik} - {None} for row, (_, nik) in facts.items()}
        self.rows = {row: [row] for row in facts}
        self.foes = foes

    def root(self, row: int) -> int:
        while self.parent[row] != row:
            self.parent[row] = self.parent[self.parent[row]]
            row = self.parent[row]
        return row

    def may_join(self, a: int, b: int) -> bool:
        """Do the clusters a and b share a date or a NIK where both state one, and hold no two rows known to differ?"""
        days, niks = self.days[a] & self.days[b], self.niks[a] & self.niks[b]
        if not niks and not days and self.days[a] and self.days[b]:
            return False
        pairs = ((min(x, y), max(x, y)) for x in self.rows[a] for y in self.rows[b])
        return not any(pair in self.foes for pair in pairs)

    def join(self, a: int, b: int) -> None:
        low, high = min(a, b), max(a, b)
        self.parent[high] = low
        self.days[low] |= self.days.pop(high)
        self.niks[low] |= self.niks.pop(high)
        self.rows[low] += self.rows.pop(high)


def gather(pairs: pl.DataFrame, facts: pl.DataFrame) -> Clusters:
    """Clusters of the rows in `pairs` (left < right: row ids, bits, rule, contrary). `facts` has row, day, nik of
    every row in a pair. The result does not depend on the order of `pairs`."""
    edges = pairs.filter(~pl.col("contrary") & (pl.col("bits") > -2.0)).sort(
        ["bits", "left", "right"], descending=[True, False, False]
    )
    known = facts.join(
        pl.concat([edges["left"], edges["right"]]).unique().alias("row").to_frame(), on="row", how="semi"
    )
    foes = set(pairs.filter(pl.col("contrary")).select("left", "right").rows())
    forest = _Forest({row: (day, nik) for row, day, nik in known.select("row", "day", "nik").iter_rows()}, foes)
    why: dict[int, tuple[float, str]] = {}
    unsure: dict[int, tuple[int, float, str]] = {}
    for left, right, bits, rule in edges.select("left", "right", "bits", "rule").iter_rows():
        a, b = forest.root(left), forest.root(right)
        if a == b:
            continue
        if chance(bits) >= LINK and forest.may_join(a, b):
            why[max(a, b)] = (bits, rule)
            forest.join(a, b)
        elif chance(bits) >= REVIEW:
            unsure.setdefault(right, (left, bits, rule))
    members = [(row, forest.root(row), *why.get(row, (None, None))) for row in sorted(forest.parent)]
    doubts = [
        (row, forest.root(other), bits, rule)
        for row, (other, bits, rule) in sorted(unsure.items())
        if forest.root(row) == row and len(forest.rows[row]) == 1 and forest.root(other) != row
    ]
    return Clusters(
        pl.DataFrame(members, schema=_MEMBERS, orient="row"), pl.DataFrame(doubts, schema=_MEMBERS, orient="row")
    )
