"""Days without cover: the fast engine against one that walks from day to day."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.measures.protection import days_before_cover, worker_gaps

START = date(2026, 9, 1)
DAYS = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
MAYBE = st.one_of(st.none(), DAYS)
NAMES = ("first_on", "last_on", "cover_from", "named_on", "report_by", "reported_on")
LINES = st.lists(st.tuples(*[MAYBE] * len(NAMES)), min_size=1, max_size=20)


def is_bare(day: date, cover: date | None, report_by: date | None, reported: date | None) -> bool:
    """Does somebody at work on this day work without cover?"""
    if cover is None or day < cover:
        return True
    return report_by is not None and day > report_by and (reported is None or day < reported)


@given(LINES, DAYS)
@settings(max_examples=60, deadline=None)
def test_every_day_is_counted_once(lines, as_of):
    frame = worker_gaps(pl.DataFrame(lines, schema=dict.fromkeys(NAMES, pl.Date), orient="row"), as_of)
    for told, (first, last, cover, named, by, reported) in zip(frame.iter_rows(named=True), lines, strict=True):
        at_work = []
        if first is not None:
            end = as_of if last is None else last
            at_work = [first + timedelta(days=n) for n in range((end - first).days + 1)]
        lost = [day for day in at_work if day <= as_of and is_bare(day, cover, by, reported)]
        assert told["days_lost"] == len(lost)
        assert told["is_open"] == (as_of in at_work and is_bare(as_of, cover, by, reported))
        assert told["is_late"] == (named is not None and first is not None and named > first)


@given(st.lists(st.tuples(MAYBE, MAYBE, MAYBE), min_size=1, max_size=10), DAYS)
@settings(max_examples=40, deadline=None)
def test_days_of_the_work_before_its_cover(works, as_of):
    frame = pl.DataFrame(works, schema=dict.fromkeys(("starts_on", "ends_on", "cover_from"), pl.Date), orient="row")
    for days, (first, last, cover) in zip(days_before_cover(frame, as_of), works, strict=True):
        run = [START + timedelta(days=n) for n in range(41)] if first else []
        run = [day for day in run if first <= day <= (last or as_of) and day <= as_of]
        assert days == len([day for day in run if cover is None or day < cover])
