"""A retention curve as a line, its band and the table that says the same."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from jangkau.core.measures.retention import MILESTONES

WIDTH, HEIGHT, SHOWN = 600, 180, 36  # months


@dataclass(frozen=True)
class CurveView:
    """`line` and `band` are points of an SVG of WIDTH x HEIGHT; `table` the milestones: month, percent, low, high,
    people followed."""

    line: str
    band: str
    people: int
    table: tuple[tuple[int, float, float, float, int], ...]


def curve_view(curve: pl.DataFrame) -> CurveView | None:
    """None when nobody was followed."""
    if curve.is_empty():
        return None
    rows = curve.filter(pl.col("month") <= SHOWN).select("month", "share", "low", "high").rows()
    table = curve.filter(pl.col("month").is_in(MILESTONES)).select(
        "month", pl.col("share", "low", "high") * 100, "at_risk"
    )
    lows, highs = [(m, low) for m, _, low, _ in rows], [(m, high) for m, _, _, high in rows]
    return CurveView(
        _points([(m, share) for m, share, _, _ in rows]),
        _points([*highs, *reversed(lows)]),
        curve["at_risk"][0],
        tuple(table.rows()),
    )


def _points(values: list[tuple[int, float]]) -> str:
    return " ".join(f"{WIDTH * m / SHOWN:.1f},{HEIGHT * (1 - share):.1f}" for m, share in values)
