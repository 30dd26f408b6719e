"""Which work became of a line of the village budget? Compared are the words of the activity, the value and the days,
inside one village; a work is given to one line, a line to one work. The weights were set on invented budgets."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

MATCH = 0.62  # from here on a line and a work are taken for the same
_PLACE = re.compile(r"\b(KP|KAMPUNG|DUSUN|DSN|RT|RW|BLOK|DESA|DS)\b.*")
_DAYS_APART = 120  # plans that differ by more say nothing of each other
_SCHEMA: dict[str, pl.DataType] = {"line": pl.Int64(), "work": pl.Int64(), "likeness": pl.Float64()}


def match_budget(lines: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """`line, work, likeness` (0-1): the pairs that are the same. `lines` and `works` hold `line` or `work` (their
    number), `village_code, activity, value, starts_on`; what is missing neither speaks for nor against.

    >>> from datetime import date
    >>> day = date(2026, 9, 14)
    >>> names = ["village_code", "activity", "value", "starts_on"]
    >>> lines = pl.DataFrame([(1, "a", "Pembangunan TPT Kp. Babakan", 98_000_000, day), (2, "a", "Rehab Posyandu",
    ...     60_000_000, day)], schema=["line", *names], orient="row")
    >>> works = pl.DataFrame([(7, "a", "PEMBANGUNAN TPT", 98_750_000, date(2026, 9, 20))], schema=["work", *names],
    ...     orient="row")
    >>> match_budget(lines, works).select("line", "work").rows()
    [(1, 7)]
    """
    pairs = lines.join(works, on="village_code", how="inner", suffix="_of", maintain_order="left_right")
    likely = pairs.with_columns(likeness=_likeness(pairs)).filter(pl.col("likeness") >= MATCH)
    scored = likely.select("line", "work", "likeness").rows()
    scored.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    taken_lines, taken_works, found = set(), set(), []
    for line, work, likeness in scored:
        if line not in taken_lines and work not in taken_works:
            taken_lines.add(line)
            taken_works.add(work)
            found.append((line, work, likeness))
    return pl.DataFrame(sorted(found), schema=_SCHEMA, orient="row")


def _likeness(pairs: pl.DataFrame) -> pl.Series:
    """How alike the two works of each pair are, 0-1: words weigh one half, value and days a quarter each; what one of
    the two does not state is left out. Without words nothing is alike."""
    ours, theirs = pl.col("value"), pl.col("value_of")
    apart = (pl.col("starts_on") - pl.col("starts_on_of")).dt.total_days().abs()
    worth = pl.when((ours > 0) & (theirs > 0)).then(
        (1 - 4 * (ours - theirs).abs() / pl.max_horizontal(ours, theirs)).clip(lower_bound=0)
    )
    days = (1 - apart / _DAYS_APART).clip(lower_bound=0)
    said = 0.5 + 0.25 * (worth.is_not_null().cast(pl.Float64) + days.is_not_null().cast(pl.Float64))
    told = 0.5 * _words_alike(pairs) + 0.25 * (worth.fill_null(0.0) + days.fill_null(0.0))
    return pairs.select(likeness=told / said).to_series()


def _words_alike(pairs: pl.DataFrame) -> pl.Series:
    """How alike the words of the activities are, 0-1, whatever their order."""
    words = {text: _words(text) for column in ("activity", "activity_of") for text in pairs[column].unique() if text}
    ours, theirs = ([words.get(text, "") for text in pairs[column]] for column in ("activity", "activity_of"))
    named = pl.Series([bool(one and other) for one, other in zip(ours, theirs, strict=True)], dtype=pl.Boolean)
    alike = pl.Series(process.cpdist(ours, theirs, scorer=fuzz.ratio, dtype=np.float64)) / 100
    return alike.set(~named, -1.0)  # never enough


def _words(activity: str) -> str:
    """The words of an activity in the order of the alphabet, without the place behind them."""
    text = " ".join(re.findall(r"[A-Z0-9]+", activity.upper()))
    return " ".join(sorted((_PLACE.sub("", text).strip() or text).split()))
