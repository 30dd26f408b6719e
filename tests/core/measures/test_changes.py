"""Every change between two days is one person under one reason; a slow engine in plain Python counts them, too."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.measures import CHANGES, changes_between, changes_by_region
from jangkau.core.measures.changes import CAME, WENT

WHY = ("deceased", "moved_out", "over_age", "under_age", "outside")
SCHEMA = {"person_id": pl.Int64(), "state": pl.String(), "not_counted": pl.String(), "segment": pl.String()}
Standing = dict[int, tuple[str, str | None, str]]


def frame(standing: Standing) -> pl.DataFrame:
    return pl.DataFrame([(number, *told) for number, told in standing.items()], schema=SCHEMA, orient="row")


def slowly(before: Standing, after: Standing) -> dict[str, Counter[str]]:
    """One person after the other, as an officer would count with two lists on the table."""
    found: dict[str, Counter[str]] = {}
    for number in before.keys() | after.keys():
        old, new = before.get(number), after.get(number)
        was = old is not None and old[1] is None and old[0] in ("paid_up", "grace")
        now = new is not None and new[1] is None and new[0] in ("paid_up", "grace")
        if was:
            found.setdefault(old[2], Counter())["before"] += 1
        if now:
            found.setdefault(new[2], Counter())["after"] += 1
        if was and now and old[2] != new[2]:
            found[old[2]]["moved_away"] += 1
            found[new[2]]["moved_in"] += 1
        if now and not was:
            found[new[2]][why_came(old)] += 1
        if was and not now:
            found[old[2]][why_went(new)] += 1
    return found


def why_came(old: tuple[str, str | None, str] | None) -> str:
    if old is None or old[0] == "never":
        return "first"
    return "reactivated" if old[0] == "lapsed" else "counted_again"


def why_went(new: tuple[str, str | None, str] | None) -> str:
    if new is not None and new[1] in WHY:
        return new[1]
    return "lapsed" if new is not None and new[0] == "lapsed" else "withdrawn"


one = st.tuples(
    st.sampled_from(["paid_up", "grace", "lapsed", "never"]),
    st.one_of(st.none(), st.none(), st.sampled_from(WHY)),
    st.sampled_from(["pu", "bpu"]),
)
standings = st.dictionaries(st.integers(1, 12), one, max_size=12)


@settings(max_examples=200, deadline=None)
@given(standings, standings)
def test_the_fast_engine_counts_as_the_slow_one_and_every_line_adds_up(before: Standing, after: Standing):
    told = {line["segment"]: line for line in changes_between(frame(before), frame(after), ["segment"]).to_dicts()}
    expected = slowly(before, after)
    assert set(told) == set(expected)
    for segment, line in told.items():
        assert {name: line[name] for name in CHANGES} == {name: expected[segment][name] for name in CHANGES}
        assert line["before"] + sum(line[n] for n in CAME) - sum(line[n] for n in WENT) == line["after"]
    whole = changes_between(frame(before), frame(after)).row(0, named=True)
    assert whole["moved_in"] == whole["moved_away"] == 0
    for name in set(CHANGES) - {"moved_in", "moved_away"}:
        assert whole[name] == sum(line[name] for line in told.values())


@given(standings)
def test_the_same_list_again_moves_nobody(standing: Standing):
    for line in changes_between(frame(standing), frame(standing), ["segment"]).to_dicts():
        assert line["before"] == line["after"]
        assert not any(line[name] for name in (*CAME, *WENT))


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (None, ("grace", None, "bpu"), "first"),
        (("lapsed", None, "bpu"), ("paid_up", None, "bpu"), "reactivated"),
        (("paid_up", "outside", "bpu"), ("paid_up", None, "bpu"), "counted_again"),
        (("paid_up", None, "bpu"), ("paid_up", "deceased", "bpu"), "deceased"),
        (("paid_up", None, "bpu"), ("lapsed", "over_age", "bpu"), "over_age"),
        (("paid_up", None, "bpu"), ("paid_up", "under_age", "bpu"), "under_age"),
        (("paid_up", None, "bpu"), None, "withdrawn"),
    ],
)
def test_a_person_is_counted_under_one_reason(old, new, change):
    before = frame({1: old} if old else {})
    after = frame({1: new} if new else {})
    line = changes_between(before, after).row(0, named=True)
    assert [name for name in (*CAME, *WENT) if line[name]] == [change]


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.integers(1, 30), one), st.dictionaries(st.integers(1, 30), one))
def test_a_line_of_a_region_is_what_its_own_people_tell(before, after):
    def placed(standing: Standing) -> pl.DataFrame:
        village = pl.when(pl.col("person_id") % 5 > 0).then(
            pl.lit("32.02.01.200") + (pl.col("person_id") % 2).cast(pl.String)
        )
        return frame(standing).with_columns(district_code=pl.lit("32.02.01"), village_code=village)

    told = changes_by_region(placed(before), placed(after), "32.02")
    for region, own in (("32.02", lambda n: True), ("32.02.01.2000", lambda n: n % 5 and n % 2 == 0)):
        days = [placed({n: s for n, s in day.items() if own(n)}) for day in (before, after)]
        whole = changes_between(*days).select(CHANGES)
        line = told.filter((pl.col("region_code") == region) & (pl.col("segment") == "all")).select(CHANGES)
        assert line.rows() == ([] if whole.row(0)[0] + whole.row(0)[-1] == 0 else whole.rows())
        by_segment = changes_between(*days, by=("segment",))
        lines = told.filter((pl.col("region_code") == region) & (pl.col("segment") != "all"))
        assert lines.select("segment", *CHANGES).rows() == by_segment.rows()
