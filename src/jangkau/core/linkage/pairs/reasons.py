"""Why two rows were paired, or were not: what agrees and what does not, with the weight of each in bits."""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage.pairs.comparisons import COMPARISONS
from jangkau.core.linkage.pairs.model import Model


def reasons(levels: pl.DataFrame, model: Model, chosen: pl.DataFrame) -> pl.Series:
    """A sentence for each pair: "NIK sama (+19,9); nama beda tulisan (+12,0)"; for pairs under review also
    what holds them back."""
    parts = []
    for comparison in COMPARISONS:
        if comparison.name in levels.columns:
            words = [
                f"{comparison.says} {word} ({bits:+.1f})".replace(".", ",")
                for word, bits in zip(comparison.words, model.bits(comparison.name), strict=True)
            ]
            parts.append(pl.Series(comparison.name, words).gather(levels[comparison.name]))
    review, rivals = pl.col("decision") == "review", pl.col("rivals")
    parts.append(
        chosen.select(
            pl.when(review & rivals).then(pl.lit("dua calon sama kuat"))
            .when(review).then(pl.lit("bukti belum cukup")).alias("held")
        ).to_series()
    )  # fmt: skip
    return pl.DataFrame(parts).select(pl.concat_str(pl.all(), separator="; ", ignore_nulls=True)).to_series()
