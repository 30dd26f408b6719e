"""Who counts, who is covered: a table in, an answer out."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.kernel import Month, RegionCode, Unknown
from jangkau.core.measures import (
    build_cube,
    coverage_history,
    coverage_table,
    member_states,
    place_people,
    reading_on,
    standing_of,
)
from jangkau.core.measures.coverage import age_on, at_least, why_not_counted
from jangkau.core.measures.cube import largest_remainder

AS_OF = date(2026, 10, 31)
AREA = RegionCode("32.02")
VILLAGES = ["32.02.01.2001", "32.02.01.2002", "32.02.16.2001"]
TEXTS = ("nik", "sex", "village_code", "district_code", "segment", "occupation")
PERSON = {"person_id": pl.Int64(), "birth_date": pl.Date(), "deceased": pl.Boolean(), "moved_out": pl.Boolean()}
PERSON |= dict.fromkeys(TEXTS, pl.String())

MEMBER = {
    "person_id": pl.Int64(), "npp": pl.String(), "segment": pl.String(), "since": pl.Date(), "paid_until": pl.Date(),
}  # fmt: skip


def person(number: int, **values: object) -> dict[str, object]:
    told = {"person_id": number, "nik": "3202010101809001", "sex": "L", "birth_date": date(1980, 1, 1)}
    told |= {"village_code": VILLAGES[0], "district_code": "32.02.01", "segment": "bpu", "occupation": "Petani"}
    return told | {"deceased": False, "moved_out": False} | values


def member(number: int, paid: date | None, segment: str = "bpu", npp: str | None = None, since: date | None = None):
    return {"person_id": number, "npp": npp, "segment": segment, "since": since, "paid_until": paid}


def frames(people: list[dict[str, object]], members: list[dict[str, object]], employers=()):
    employer = pl.DataFrame(list(employers), schema={"npp": pl.String(), "district_code": pl.String()}, orient="row")
    memberships = pl.DataFrame(members, schema=MEMBER)
    return place_people(pl.DataFrame(people, schema=PERSON), memberships, employer, AREA), memberships


def table(people, members, employers=(), jakon=None) -> dict[tuple[str, str], tuple[int, int, float | None, int]]:
    placed, memberships = frames(people, members, employers)
    cube = build_cube(standing_of(placed, memberships, AS_OF, native_digits="3202"))
    made = coverage_table(cube, VILLAGES, AREA, AS_OF, jakon)
    return {
        (row["region_code"], row["segment"]): (row["workers"], row["covered"], row["percent"], row["allocated"])
        for row in made.to_dicts()
    }


@pytest.mark.parametrize(
    ("segment", "paid", "state"),
    [
        ("pu", date(2026, 10, 1), "paid_up"),
        ("pu", date(2026, 9, 1), "paid_up"),  # October falls due on 15 November
        ("pu", date(2026, 8, 1), "grace"),
        ("bpu", date(2026, 10, 1), "paid_up"),
        ("bpu", date(2026, 9, 1), "grace"),
        ("bpu", date(2026, 7, 1), "grace"),
        ("bpu", date(2026, 6, 1), "lapsed"),
        ("bpu", date(2027, 3, 1), "paid_up"),  # paid ahead
        ("bpu", None, "lapsed"),
    ],
)
def test_state_by_last_month_paid(segment, paid, state):
    assert member_states(pl.DataFrame([member(1, paid, segment)], schema=MEMBER), AS_OF)["state"].to_list() == [state]


def test_a_membership_that_begins_later_is_not_there_yet():
    begins = [member(1, date(2026, 12, 1), since=date(2026, 11, 1)), member(2, date(2026, 10, 1), since=AS_OF)]
    made = member_states(pl.DataFrame(begins, schema=MEMBER), AS_OF)
    assert made["person_id"].to_list() == [2]


def test_the_best_of_several_memberships_counts():
    members = [member(1, date(2020, 1, 1)), member(1, date(2026, 10, 1)), member(1, None)]
    made = member_states(pl.DataFrame(members, schema=MEMBER), AS_OF)
    assert made.select("state", "until").row(0) == ("paid_up", date(2026, 10, 1))


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, None),
        ({"deceased": True}, "deceased"),
        ({"moved_out": True}, "moved_out"),
        ({"birth_date": date(1961, 10, 31)}, "over_age"),  # 65 today
        ({"birth_date": date(1961, 11, 1)}, None),  # 65 tomorrow
        ({"birth_date": date(2011, 10, 31)}, None),  # 15 today
        ({"birth_date": date(2011, 11, 1)}, "under_age"),
        ({"birth_date": None}, None),
        ({"village_code": "32.03.01.2001", "district_code": "32.03.01"}, "outside"),
    ],
)
def test_who_is_not_counted_and_why(values, why):
    placed, _ = frames([person(1, **values)], [])
    assert placed.select(why_not_counted(AS_OF)).to_series().to_list() == [why]


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 2, 28), date(2028, 2, 29), AS_OF], ids=str)
def test_years_completed_are_those_of_the_age(day: date):
    born = pl.select(birth_date=pl.date_range(date(1958, 1, 1), date(2014, 1, 1))).vstack(
        pl.DataFrame({"birth_date": [None]})
    )
    for years in (15, 20, 64, 65):
        told = born.select(by_day=at_least(years, day), by_age=age_on(day) >= years)
        assert told["by_day"].equals(told["by_age"])


def test_shares_by_region_and_segment():
    people = [
        person(1),
        person(2),
        person(3, segment="pu"),
        person(4, village_code=VILLAGES[2], district_code="32.02.16"),
    ]
    made = table(people, [member(1, date(2026, 10, 1)), member(3, date(2026, 9, 1), "pu")])
    assert made["32.02", "all"] == (4, 2, 50.0, 0)
    assert made["32.02.01", "all"] == (3, 2, 66.67, 0)
    assert made["32.02.01.2001", "bpu"] == (2, 1, 50.0, 0)
    assert made["32.02.01.2001", "pu"] == (1, 1, 100.0, 0)
    assert made["32.02.01.2002", "all"] == (0, 0, None, 0), "not measurable is not 0 percent"


def test_people_on_running_village_works_stand_apart():
    jakon = pl.DataFrame({"village_code": [VILLAGES[0]], "workers": [7], "covered": [2]})
    made = table([person(1)], [], jakon=jakon)
    assert made["32.02", "jakon"][:2] == (7, 2)
    assert made["32.02", "all"][:2] == (1, 0)


def test_members_without_a_village_are_shared_by_the_people_named_there():
    named = [person(n) for n in range(3)] + [person(3, village_code=VILLAGES[1])]
    nowhere = [person(10 + n, village_code=None, district_code=None) for n in range(4)]
    made = table(named + nowhere, [member(10 + n, date(2026, 10, 1)) for n in range(4)])
    assert made["32.02.01", "all"] == (8, 4, 50.0, 4)
    assert made["32.02.01.2001", "all"] == (6, 3, 50.0, 3)
    assert made["32.02.01.2002", "all"] == (2, 1, 50.0, 1)


def test_members_of_the_segment_decide_where_there_are_any():
    named = [person(n) for n in range(9)] + [person(20 + n, village_code=VILLAGES[1], segment="pu") for n in range(3)]
    nowhere = [person(30 + n, village_code=None, district_code=None, segment="pu") for n in range(3)]
    members = [member(n, date(2026, 10, 1), "pu") for n in (20, 21, 22, 30, 31, 32)]
    made = table(named + nowhere, members)
    assert made["32.02.01.2002", "pu"] == (6, 6, 100.0, 3)
    assert made["32.02.01.2001", "pu"] == (0, 0, None, 0)


def test_a_member_is_placed_by_the_employer_and_a_commuter_left_out():
    employers = [("N1", "32.02.16")]
    people = [
        person(1, village_code=VILLAGES[2], district_code="32.02.16"),
        person(2, village_code=None, district_code=None),
        person(3, village_code=None, district_code=None, nik="3271010101809001"),
    ]
    members = [member(n, date(2026, 9, 1), "pu", "N1") for n in (2, 3)]
    placed, _ = frames(people, members, employers)
    assert placed["placed_by"].to_list() == ["list", "employer", "outside"]
    made = table(people, members, employers)
    assert made["32.02.16", "all"][:2] == (2, 1)
    assert made["32.02.01", "all"][:2] == (0, 0)


def test_newcomers_are_estimated_from_members_whose_address_is_known():
    employers = [("N1", "32.02.01")]
    # of four employees with an address, one was born elsewhere: three natives without an address stand for four people
    known = [person(n, segment="pu", nik="3271010101809001" if n == 0 else "3202010101809001") for n in range(4)]
    natives = [person(10 + n, segment="pu", village_code=None, district_code=None) for n in range(3)]
    foreign = [
        person(20 + n, segment="pu", village_code=None, district_code=None, nik="3271010101809001") for n in range(9)
    ]
    members = [member(p["person_id"], date(2026, 9, 1), "pu", "N1") for p in known + natives + foreign]
    made = table(known + natives + foreign, members, employers)
    assert made["32.02.01", "all"] == (8, 8, 100.0, 4)


def test_nobody_named_anywhere_spreads_evenly():
    made = table([person(1, village_code=None, district_code=None, nik=None)], [member(1, date(2026, 10, 1))])
    assert made["32.02", "all"] == (1, 1, 100.0, 1)


def test_a_day_before_any_reading_is_refused_in_words():
    with pytest.raises(Unknown, match="2013-12"):
        reading_on(date(2013, 12, 31))


def test_history_follows_start_and_last_month():
    people = [person(1), person(2)]
    members = [
        member(1, date(2026, 6, 1), since=date(2026, 3, 10)),
        member(2, date(2026, 10, 1), since=date(2026, 9, 1)),
    ]
    placed, memberships = frames(people, members)
    made = coverage_history(placed, memberships, Month(2026, 10), 9)
    assert [(str(month), covered) for month, _, covered in made] == [
        ("2026-02", 0), ("2026-03", 1), ("2026-04", 1), ("2026-05", 1), ("2026-06", 1), ("2026-07", 1), ("2026-08", 1),
        ("2026-09", 2), ("2026-10", 1),
    ]  # fmt: skip
    assert {workers for _, workers, _ in made} == {2}


def test_no_history_without_start_months():
    placed, memberships = frames([person(1)], [member(1, date(2026, 10, 1))])
    assert coverage_history(placed, memberships, Month(2026, 10), 24) == []
    assert coverage_history(placed, memberships.clear(), Month(2026, 10), 24) == []


@given(st.integers(0, 10_000), st.lists(st.integers(0, 50), max_size=20))
def test_shares_add_up_and_stay_near_their_part(total, weights):
    made = largest_remainder(total, weights)
    assert sum(made) == (total if weights else 0)
    if sum(weights):
        assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(made, weights, strict=True))


@given(
    st.lists(st.tuples(st.sampled_from([*VILLAGES, None]), st.booleans(), st.sampled_from(["pu", "bpu"])), max_size=40)
)
def test_every_counted_person_is_in_the_regency_once(rows):
    people = [
        person(n, village_code=village, district_code=village[:8] if village else None, segment=segment)
        for n, (village, _, segment) in enumerate(rows)
    ]
    made = table(people, [member(n, date(2026, 10, 1)) for n, row in enumerate(rows) if row[1]])
    for level in (("32.02",), ("32.02.01", "32.02.16"), tuple(VILLAGES)):
        assert sum(made[code, "all"][0] for code in level) == len(rows)
        assert sum(made[code, "all"][1] for code in level) == sum(row[1] for row in rows)
    assert all(covered <= workers for workers, covered, *_ in made.values())
