"""What another model would change: pairs of the same two tables before and after, by what becomes of them."""

from __future__ import annotations

import polars as pl

# What is said of a pair before and after (null: nothing), and what such a change is called.
CHANGES = {
    ("link", None): "lost", (None, "link"): "gained", ("link", "review"): "link_to_review",
    ("review", "link"): "review_to_link", ("review", None): "no_longer_asked", (None, "review"): "asked",
}  # fmt: skip


def changes(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """`left_id, right_id, change` (of CHANGES) with `probability` and `evidence` before and after, for each pair of
    which the two outcomes (PAIR_SCHEMA) say different things; by ids. A row that gets another partner is two lines.

    >>> from jangkau.core.linkage.pairs import PAIR_SCHEMA
    >>> old = pl.DataFrame([("a", "x", 0.9, "link", ""), ("b", "y", 0.9, "link", "")], PAIR_SCHEMA, orient="row")
    >>> new = pl.DataFrame([("a", "x", 0.5, "review", ""), ("b", "y", 0.8, "link", "")], PAIR_SCHEMA, orient="row")
    >>> changes(old, new).select("left_id", "right_id", "change").rows()
    [('a', 'x', 'link_to_review')]
    """
    both = before.join(after, on=["left_id", "right_id"], how="full", coalesce=True, suffix="_after")
    names = pl.DataFrame(
        [(*sides, kind) for sides, kind in CHANGES.items()],
        schema={"decision": pl.String, "decision_after": pl.String, "change": pl.String},
        orient="row",
    )
    told = both.join(names, on=["decision", "decision_after"], nulls_equal=True)
    return told.select(
        "left_id", "right_id", "change",
        probability_before="probability", probability_after="probability_after",
        evidence_before="evidence", evidence_after="evidence_after",
    ).sort("left_id", "right_id")  # fmt: skip
