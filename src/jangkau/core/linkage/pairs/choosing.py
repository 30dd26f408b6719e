"""One row, one partner: from weighed pairs to links and pairs for a human being. A pair is certain when it is much more
probable than every other partner that either row could still have; certain pairs leave, and the rest is asked again."""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage.decisions import LINK, REVIEW

_MOST_BITS = 60.0
_ROUNDS = 12  # by then whatever can become certain has


def choose_pairs(weighed: pl.DataFrame, link: float = LINK) -> pl.DataFrame:
    """`weighed` (left, right, bits: prior odds included; each pair once) as `left, right, bits, probability, decision,
    rivals`: links, and pairs for review (the best that either row has left), by left. No row stands in two links.
    `rivals`: have other partners held the pair down?

    >>> pairs = pl.DataFrame({"left": [0, 0, 1], "right": [0, 1, 1], "bits": [9.0, 4.0, 8.0]})
    >>> choose_pairs(pairs).select("left", "right", "decision").rows()
    [(0, 0, 'link'), (1, 1, 'link')]
    """
    rest = weighed.sort("left", "right")
    links = []
    for _ in range(_ROUNDS):
        rest = _with_probability(rest)
        sure = rest.filter(pl.col("probability") >= link)
        if not sure.height:
            break
        links.append(sure)
        rest = _free(rest, sure)
    best = _with_probability(rest).filter(
        (pl.col("probability") >= REVIEW)
        & (pl.col("bits") == pl.col("bits").max().over("left"))
        & (pl.col("bits") == pl.col("bits").max().over("right"))
    )
    decided = [part.with_columns(decision=pl.lit("link")) for part in links]
    return pl.concat([*decided, best.with_columns(decision=pl.lit("review"))]).sort("left", "right")


def _with_probability(pairs: pl.DataFrame) -> pl.DataFrame:
    odds = pl.lit(2.0).pow(pl.col("bits").clip(-_MOST_BITS, _MOST_BITS))
    return (
        pairs.select("left", "right", "bits", odds=odds)
        .with_columns(of_left=pl.col("odds").sum().over("left"), of_right=pl.col("odds").sum().over("right"))
        .with_columns(probability=pl.col("odds") / (1 + pl.col("of_left") + pl.col("of_right") - pl.col("odds")))
        .with_columns(rivals=(pl.col("of_left") + pl.col("of_right") - 2 * pl.col("odds") > pl.col("odds") / 20))
        .select("left", "right", "bits", "probability", "rivals")
    )


def _free(pairs: pl.DataFrame, taken: pl.DataFrame) -> pl.DataFrame:
    return pairs.join(taken.select("left"), on="left", how="anti", maintain_order="left").join(
        taken.select("right"), on="right", how="anti", maintain_order="left"
    )
