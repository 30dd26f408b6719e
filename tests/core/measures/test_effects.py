"""Did events bring members? Beside a slow engine that goes event by event, and an invented regency that knows."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.kernel import RegionCode
from jangkau.core.measures.effects import FEWEST, effect_of_events, windows_of
from jangkau.core.synthetic.conversions import invent_conversions
from jangkau.core.synthetic.events import invent_outreach
from jangkau.registry.people.gateways.gazetteer import gazetteer

AS_OF = date(2026, 10, 31)
START = date(2026, 1, 1)
CODES = [f"32.02.{district:02d}.{kind}{number:03d}" for district in (1, 2) for kind in (1, 2) for number in range(1, 5)]


def slowly(events, enrolled, villages, days: int) -> tuple[int, int, float] | None:
    """Matched and unmatched events and what they brought, one event at a time."""
    workers = {code: n for code, n in villages.rows() if n > 0}
    held = {(code, on) for code, on in events.rows() if code in workers}
    span = timedelta(days=days)

    def came(code, start, end):
        return sum(1 for c, on in enrolled.rows() if c == code and start <= on < end)

    def third(values, value):
        ordered = sorted(values)
        return sum(value > ordered[len(ordered) * n // 3] for n in (1, 2))

    matched = unmatched = 0
    extra = 0.0
    for code, on in sorted(held):
        if on > AS_OF - span:
            continue
        others = [e for c, e in held if c == code and e != on and on - span <= e < on + span]
        known = {c: came(c, date.min, on) / workers[c] for c in workers}
        quiet = [c for c in workers if not any(on - span <= e < on + span for h, e in held if h == c)]
        same = {
            c: (c[9] == code[9], third(workers.values(), workers[c]) == third(workers.values(), workers[code]),
                third(known.values(), known[c]) == third(known.values(), known[code]), c[:8] == code[:8])
            for c in quiet
        }  # fmt: skip
        groups = [[c for c in quiet if all(same[c][:level])] for level in (4, 3, 2, 1)]
        similar = next((group for group in groups if len(group) >= FEWEST), [])
        if others or not similar:
            unmatched += 1
            continue
        matched += 1
        drift = sum(came(c, on, on + span) - came(c, on - span, on) for c in similar) / sum(workers[c] for c in similar)
        extra += came(code, on, on + span) - came(code, on - span, on) - workers[code] * drift
    return (matched, unmatched, extra) if matched else None


days_of = st.integers(0, 240).map(lambda number: START + timedelta(days=number))
lines = st.tuples(st.sampled_from(CODES), days_of)
workers_of = st.lists(st.integers(0, 400), min_size=16, max_size=16)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(lines, max_size=12), st.lists(lines, max_size=60), st.lists(st.integers(0, 400), min_size=16, max_size=16)
)
def test_the_fast_engine_says_what_the_slow_one_says(told, came, sizes):
    schema = {"village_code": pl.String, "on": pl.Date}
    events, enrolled = (pl.DataFrame(found, schema=schema, orient="row") for found in (told, came))
    villages = pl.DataFrame({"village_code": CODES, "workers": sizes})
    slow = slowly(events, enrolled, villages, 30)
    fast = effect_of_events(events, enrolled, villages, days=30, as_of=AS_OF)
    assert (fast is None) == (slow is None)
    if fast and slow:
        assert (fast.events, fast.unmatched) == slow[:2]
        assert fast.extra == pytest.approx(slow[2], abs=1e-6)
        assert fast.enrolled == pytest.approx(fast.expected + fast.extra)


def planted(seed: int, days: int):
    """An invented regency of 386 villages: what is estimated, and the truth of the same events."""
    area = RegionCode("32.02")
    rng = np.random.default_rng(seed)
    codes = sorted(str(region.code) for region in gazetteer().inside(area, "village"))
    places = pl.DataFrame({"village_code": codes, "size": rng.integers(300, 1_500, len(codes))})
    none = pl.DataFrame(schema={"scale": pl.String, "village_code": pl.String, "employer_id": pl.Int64})
    outreach = invent_outreach(places, none, rng, AS_OF)
    enrolled = invent_conversions(places, outreach, seed=seed, as_of=AS_OF)
    events = outreach.select("village_code", on="date").unique()
    villages = places.rename({"size": "workers"})
    found = effect_of_events(events, enrolled, villages, days=days, as_of=AS_OF)
    usable = events.filter(pl.col("on") <= AS_OF - timedelta(days=days)).sort("on", "village_code")
    windows = windows_of(usable, events, enrolled, villages, days)
    matched = windows.similar.any(axis=1)
    own = pl.Series(codes).gather(windows.village[matched])
    held = usable.join(own.unique().to_frame("village_code"), on="village_code", how="semi")
    near = held.join(held, on="village_code").filter(
        (pl.col("on") != pl.col("on_right")) & ((pl.col("on") - pl.col("on_right")).dt.total_days().abs() <= days)
    )
    alone = held.join(near, on=["village_code", "on"], how="anti")
    within = (pl.col("on") - pl.col("event_on")).dt.total_days() < days
    brought = enrolled.drop_nulls("event_on").filter(within)
    truth = brought.join(alone.rename({"on": "event_on"}), on=["village_code", "event_on"], how="semi").height
    return found, truth


@pytest.mark.parametrize("days", [30, 60, 90])
def test_what_was_planted_is_found(days):
    told = [planted(seed, days) for seed in range(4)]
    assert sum(found.low <= truth <= found.high for found, truth in told) >= 3
    assert sum(found.extra for found, _ in told) == pytest.approx(sum(truth for _, truth in told), rel=0.12)
    assert all(found.low > 0 for found, _ in told)


def test_nothing_planted_nothing_found():
    found = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        places = pl.DataFrame({"village_code": CODES, "size": rng.integers(1_000, 3_000, len(CODES))})
        none = pl.DataFrame(schema={"scale": pl.String, "village_code": pl.String, "employer_id": pl.Int64})
        outreach = invent_outreach(places, none, rng, AS_OF)
        enrolled = invent_conversions(places, outreach, seed=seed, as_of=AS_OF).filter(pl.col("event_on").is_null())
        events = outreach.select("village_code", on="date").unique()
        villages = places.rename({"size": "workers"})
        found.append(effect_of_events(events, enrolled, villages, days=60, as_of=AS_OF))
    assert sum(told.low <= 0 <= told.high for told in found if told) >= 6
