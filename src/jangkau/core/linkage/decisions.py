"""From weighed pairs to one decision a row: the probabilities of all candidates and of nobody add up to one; within a
list a person belongs to one row and its duplicates; what stays unclear is for a human being."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

# A link is made by itself from LINK on; from HALF on the candidate is the more probable reading; below REVIEW nobody
# is asked.
LINK, HALF, REVIEW = 0.9, 0.5, 0.2
_MOST_BITS = 60.0
_ROUNDS = 3  # a row that loses its person to another row of its list tries the next best, this often

Weigh = Callable[[pl.DataFrame], pl.DataFrame]


def probabilities(weighed: pl.DataFrame) -> pl.DataFrame:
    """`weighed` (row, person, bits, rule, contrary; several lines for a pair, one a record of the person) as one line
    for a row and person, with `probability` among all candidates of the row. A pair is contrary if any record is."""
    best = (
        weighed.sort(["row", "person", "bits", "rule"], descending=[False, False, True, False])
        .group_by(["row", "person"], maintain_order=True)
        .agg(pl.col("bits").first(), pl.col("rule").first(), pl.col("contrary").any())
    )
    odds = pl.lit(2.0).pow(pl.col("bits").clip(-_MOST_BITS, _MOST_BITS))
    return (
        best.with_columns(odds=odds)
        .with_columns(probability=pl.col("odds") / (1 + pl.col("odds").sum().over("row")))
        .drop("odds")
    )


def choose(candidates: pl.DataFrame, lists: pl.DataFrame, held: pl.DataFrame, weigh_rows: Weigh) -> pl.DataFrame:
    """The best candidate of each row that has one worth asking about: row, person, bits, probability, rule, second
    (the next best person, null when there is none worth asking about).

    `candidates` as `probabilities` returns them, `lists` (row, list_id), `held` (list_id, person, holder): rows that
    have their person already; `weigh_rows` weighs pairs of rows (left,
    right) and tells which are duplicates of each other.
    """
    open_pairs = candidates.filter(pl.col("probability") >= REVIEW / 4).join(lists, on="row", how="left")
    settled: list[pl.DataFrame] = []
    for _ in range(_ROUNDS):
        ranked = open_pairs.sort(["row", "probability", "person"], descending=[False, True, False])
        second = pl.when(pl.col("row").shift(-1) == pl.col("row")).then(pl.col("person").shift(-1))
        first = ranked.with_columns(second=second).unique("row", keep="first", maintain_order=True)
        first = first.filter(pl.col("probability") >= REVIEW)
        kept = _one_to_one(first, held, weigh_rows)
        settled.append(kept)
        lost = first.join(kept, on="row", how="anti")
        if not lost.height:
            break
        taken = pl.concat(settled).select("list_id", "person").unique()
        rest = open_pairs.join(lost.select("row"), on="row", how="semi").join(
            taken, on=["list_id", "person"], how="anti"
        )
        odds = pl.lit(2.0).pow(pl.col("bits").clip(-_MOST_BITS, _MOST_BITS))
        open_pairs = (
            rest.with_columns(odds=odds)
            .with_columns(probability=pl.col("odds") / (1 + pl.col("odds").sum().over("row")))
            .drop("odds")
        )
    return pl.concat(settled).sort("row").drop("list_id")


def _one_to_one(first: pl.DataFrame, held: pl.DataFrame, weigh_rows: Weigh) -> pl.DataFrame:
    """Of the rows of one list that claim one person: its holder, or else the best, and the duplicates of that row."""
    ranked = first.sort(["list_id", "person", "bits", "row"], descending=[False, False, True, False]).join(
        held, on=["list_id", "person"], how="left", maintain_order="left"
    )
    ranked = ranked.with_columns(holder=pl.coalesce("holder", pl.col("row").first().over("list_id", "person")))
    rivals = ranked.filter(pl.col("row") != pl.col("holder"))
    if not rivals.height:
        return first
    judged = weigh_rows(rivals.select(left="row", right="holder"))
    alike = judged.filter((pl.col("bits") > 0) & ~pl.col("contrary")).select(row="left")
    return first.join(rivals.join(alike, on="row", how="anti").select("row"), on="row", how="anti")
