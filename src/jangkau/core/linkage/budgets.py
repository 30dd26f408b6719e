"""Which work became of a line of the village budget? Compared are the words of the activity, the value and the days,
inside one village; a work is given to one line, a line to one work. The weights were set on invented budgets."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
from rapidfuzz import fuzz

MATCH = 0.62  # from here on a line and a work are taken for the same
_PLACE = re.compile(r"\b(KP|KAMPUNG|DUSUN|DSN|RT|RW|BLOK|DESA|DS)\b.*")
_DAYS_APART = 120  # plans that differ by more say nothing of each other
_SCHEMA: dict[str, pl.DataType] = {"line": pl.Int64(), "work": pl.Int64(), "likeness": pl.Float64()}


def match_budget(lines: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """`line, work, likeness` (0-1): the pairs that are the same. `lines` and `works` hold `line` or `work` (their
    number), `village_code, activity, value, starts_on`; what is missing neither speaks for nor against.

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
    scored = [
        (line, work, likeness)
        for line, work, *facts in pairs.select(
            "line", "work", "activity", "activity_of", "value", "value_of", "starts_on", "starts_on_of"
        ).iter_rows()
        if (likeness := likeness_of(*facts)) >= MATCH
    ]
    scored.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    taken_lines, taken_works, found = set(), set(), []
    for line, work, likeness in scored:
        if line not in taken_lines and work not in taken_works:
            taken_lines.add(line)
            taken_works.add(work)
            found.append((line, work, likeness))
    return pl.DataFrame(sorted(found), schema=_SCHEMA, orient="row")


def likeness_of(
    activity: str | None, other: str | None, value: int | None, other_value: int | None, day: date | None,
    other_day: date | None,
) -> float:  # fmt: skip
    """How alike two works of a village are, 0-1: words weigh one half, value and days share the rest; what one of the
    two does not state is left out. Without words nothing is alike.

    >>> likeness_of("Rabat beton", "RABAT BETON", 100, 100, None, None)
    1.0
    >>> likeness_of("Rabat beton", "Pembangunan TPT", 100, 160, date(2026, 1, 1), date(2026, 3, 1)) < MATCH
    True
    """
    if not activity or not other:
        return 0.0
    told = [(0.5, fuzz.token_sort_ratio(_words(activity), _words(other)) / 100)]
    if value and other_value:
        told.append((0.25, max(0.0, 1 - 4 * abs(value - other_value) / max(value, other_value))))
    if day and other_day:
        told.append((0.25, max(0.0, 1 - abs((day - other_day).days) / _DAYS_APART)))
    return sum(weight * part for weight, part in told) / sum(weight for weight, _ in told)


def _words(activity: str) -> str:
    text = " ".join(re.findall(r"[A-Z0-9]+", activity.upper()))
    return _PLACE.sub("", text).strip() or text
