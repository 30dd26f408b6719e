"""The curve against a slow reference that asks every month who was still there; its limits; what is followed."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.measures.retention import at_month, followed, survival

FOLLOWED = st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.sampled_from("AB")), min_size=1, max_size=30)


def reference(people: list[tuple[int, bool]], month: int) -> tuple[Fraction, Fraction] | None:
    """The share who still pay after `month` months, and the sum of Greenwood, from every person one by one."""
    share, spread = Fraction(1), Fraction(0)
    if not any(months >= month for months, _ in people):
        return None
    for t in range(month + 1):
        there = [stopped and months == t for months, stopped in people if months >= t]
        lapsed = sum(there)
        share *= 1 - Fraction(lapsed, len(there))
        if lapsed < len(there):
            spread += Fraction(lapsed, len(there) * (len(there) - lapsed))
    return share, spread


@given(FOLLOWED)
def test_the_curve_of_every_group_equals_the_slow_one(people):
    frame = pl.DataFrame(people, schema={"months": pl.Int64, "stopped": pl.Boolean, "group": pl.String}, orient="row")
    curve = survival(frame, ["group"], horizon=7)
    for group in frame["group"].unique():
        own = [(months, stopped) for months, stopped, other in people if other == group]
        lines = {line["month"]: line for line in curve.filter(pl.col("group") == group).to_dicts()}
        for month in range(8):
            told = reference(own, month)
            if told is None:
                assert month not in lines
                continue
            share, spread = told
            line = lines[month]
            assert math.isclose(line["share"], share, abs_tol=1e-12)
            assert line["at_risk"] == sum(months >= month for months, _ in own)
            assert 0 <= line["low"] <= line["share"] + 1e-12 and line["share"] - 1e-12 <= line["high"] <= 1
            if 0 < share < 1:  # the score interval at the size whose binomial variance is Greenwood's
                z, m = 1.959964, float((1 - share) / (share * spread))
                middle, half = (share + z * z / (2 * m)) / (1 + z * z / m), z / (1 + z * z / m)
                half *= math.sqrt(share * (1 - share) / m + z * z / (4 * m * m))
                assert math.isclose(line["low"], max(0, middle - half), abs_tol=1e-9)
                assert math.isclose(line["high"], min(1, middle + half), abs_tol=1e-9)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(1, 5)), min_size=1, max_size=20))
def test_lines_that_stand_for_many_people_count_as_many(lines):
    schema = {"months": pl.Int64, "stopped": pl.Boolean, "n": pl.Int64}
    short = pl.DataFrame(lines, schema=schema, orient="row")
    long = pl.DataFrame([line[:2] for line in lines for _ in range(line[2])], schema=list(schema)[:2], orient="row")
    assert survival(short).equals(survival(long))


def test_few_members_who_all_stayed_are_less_certain_than_many_of_whom_nearly_all_did():
    rows = [("few", 20, False)] * 2 + [("many", 3 if n < 5 else 20, n < 5) for n in range(100)]
    frame = pl.DataFrame(rows, schema=["agent", "months", "stopped"], orient="row")
    curve = at_month(survival(frame, ["agent"]), 12)
    low = dict(curve.select("agent", "low").rows())
    assert low["few"] < 0.4 < 0.85 < low["many"]


def test_who_pays_is_followed_until_a_stop_would_show_and_the_dead_did_not_leave():
    rows = [
        (date(2025, 10, 20), date(2026, 10, 1), False, (9, False)),  # July is the last month that is certain
        (date(2025, 10, 20), date(2026, 7, 1), False, (9, False)),
        (date(2025, 10, 20), date(2026, 6, 1), False, (9, True)),  # paid eight months on, stopped in the ninth
        (date(2025, 10, 20), date(2026, 2, 1), True, (4, False)),
        (date(2025, 10, 20), date(2025, 9, 1), False, (1, True)),  # paid for no month of this enrolment
        (date(2026, 8, 3), date(2026, 10, 1), False, None),  # too late for a stop to show
        (date(2025, 10, 20), None, False, None),
        (None, date(2026, 6, 1), False, None),
    ]
    schema = {"registered_on": pl.Date, "paid_until": pl.Date, "died": pl.Boolean}
    frame = pl.DataFrame([row[:3] for row in rows], schema=schema, orient="row")
    told = followed(frame.with_row_index("n"), date(2026, 10, 31))
    assert {n: (m, s) for n, m, s in told.select("n", "months", "stopped").rows()} == {
        n: row[3] for n, row in enumerate(rows) if row[3] is not None
    }
    assert survival(frame.clear().with_columns(months=pl.lit(1), stopped=pl.lit(True))).is_empty()
