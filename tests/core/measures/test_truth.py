"""With perfect linking every measure is the truth, by village and segment, for three dates; and a slow engine that goes
person by person agrees with the fast one on registers of any shape."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.measures import reference
from tests.core.measures.test_coverage import AREA, MEMBER, PERSON, VILLAGES

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.measures import build_cube, coverage_table, place_people, standing_of
from jangkau.core.synthetic import InventedRegency, invent, truth

DAYS = (date(2025, 3, 31), date(2026, 2, 28), date(2026, 10, 31))
COLUMNS = ("workers", "covered", "percent", "allocated")


def fast(people: pl.DataFrame, memberships: pl.DataFrame, employers: pl.DataFrame, villages: list[str], on: date):
    placed = place_people(people, memberships, employers, AREA)
    cube = build_cube(standing_of(placed, memberships, on, native_digits=AREA.digits))
    table = coverage_table(cube, villages, AREA, on).filter(pl.col("segment") != "jakon")
    return {(row["region_code"], row["segment"]): tuple(row[name] for name in COLUMNS) for row in table.to_dicts()}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    lines = ["32|Jawa Barat|-6.9|107.5"]
    for regency, districts in (("32.02", 6), ("32.03", 2)):
        lines.append(f"{regency}|Kabupaten {regency}|-7.0|106.7")
        for district in range(1, districts + 1):
            code = f"{regency}.{district:02d}"
            lines.append(f"{code}|Kecamatan {district}|-7.0|106.{district}")
            lines += [f"{code}.{2000 + v}|Sukamaju {district}-{v}|-7.0|106.{district}{v}" for v in range(1, 7)]
    return Gazetteer.parse("\n".join(lines))


def perfectly_linked(regency: InventedRegency) -> tuple[pl.DataFrame, pl.DataFrame]:
    """People and memberships of the register if every row were known to be whose it is, and all told their address."""
    elsewhere = pl.when(~pl.col("commuter")).then(pl.col("village_code")).otherwise(pl.lit("32.03.01.2001"))
    people = regency.people.select(
        "person_id", "nik", "sex", "birth_date", "occupation", "moved_out", village_code=elsewhere,
        district_code=elsewhere.str.slice(0, 8), segment=pl.col("segment_work").str.to_lowercase(), deceased="died",
    )  # fmt: skip
    members = regency.memberships.select(
        "person_id", "npp", "since", "paid_until", segment=pl.col("segment").str.to_lowercase()
    )
    return people, members


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_with_perfect_linking_every_measure_is_the_truth(gazetteer: Gazetteer, day: date):
    regency = invent(gazetteer, area=RegionCode(AREA), workers=10_000, seed=11, as_of=day)
    people, members = perfectly_linked(regency)
    villages = sorted(regency.places["village_code"].to_list())
    told = truth.coverage(regency).with_columns(
        segment=pl.col("segment_work").replace_strict({"TOTAL": "all", "PU": "pu", "BPU": "bpu"})
    )
    expected = {(r["code"], r["segment"]): (r["workers"], r["covered"]) for r in told.to_dicts()}
    found = fast(
        people,
        members,
        regency.employers.select("npp", district_code=pl.col("village_code").str.slice(0, 8)),
        villages,
        day,
    )
    assert {key: row[:2] for key, row in found.items() if row[0]} == expected
    assert sum(workers for (code, segment), (workers, _) in expected.items() if segment == "all" and len(code) == 13) \
        == expected[AREA, "all"][0] > 9_000  # fmt: skip


OUTSIDE = "32.03.01.2001"
months = st.dates(date(2026, 3, 1), date(2026, 11, 30)).map(lambda day: day.replace(day=1))
npps = st.sampled_from([None, "A", "B", "C"])
a_person = st.fixed_dictionaries(
    {
        "nik": st.sampled_from([None, "3202010101809001", "3202160101809001", "3202470101809001", "3271010101809001"]),
        "sex": st.sampled_from(["L", "P", None]),
        "birth_date": st.none() | st.dates(date(1955, 1, 1), date(2013, 1, 1)),
        "place": st.sampled_from([None, None, *VILLAGES, *VILLAGES, "32.02.01", "32.02.16", OUTSIDE]),
        "segment": st.sampled_from(reference.SEGMENTS),
        "occupation": st.sampled_from([None, "Petani", "Sopir"]),
        "deceased": st.sampled_from([False] * 7 + [True]),
        "moved_out": st.sampled_from([False] * 7 + [True]),
    }
)
a_membership = st.fixed_dictionaries(
    {"npp": npps, "segment": st.sampled_from(reference.SEGMENTS), "since": st.none() | months,
     "paid_until": st.none() | months}
)  # fmt: skip
an_employer = st.fixed_dictionaries(
    {"npp": st.sampled_from("ABC"), "district_code": st.sampled_from([None, "32.02.01", "32.02.16", "32.02.16"])}
)


@settings(max_examples=150)
@given(
    st.lists(a_person, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), a_membership), max_size=50),
    st.lists(an_employer, max_size=4),
    st.sampled_from(DAYS),
)
def test_person_by_person_gives_the_same_table(told, paid, employers, day):
    people = []
    for number, person in enumerate(told):
        place = person.pop("place") or ""
        village, district = (place if len(place) == 13 else None), place[:8] or None
        people.append({"person_id": number, "village_code": village, "district_code": district, **person})
    members = [{"person_id": number, **one} for number, one in paid if number < len(people)]
    frame = pl.DataFrame(employers, schema={"npp": pl.String(), "district_code": pl.String()}, orient="row")
    found = fast(pl.DataFrame(people, schema=PERSON), pl.DataFrame(members, schema=MEMBER), frame, VILLAGES, day)
    assert found == reference.coverage(people, members, employers, VILLAGES, str(AREA), day)
