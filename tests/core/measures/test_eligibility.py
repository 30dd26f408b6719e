"""Eligibility and ranking against an engine that walks the people one by one. All people are invented."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.kernel import Nik
from jangkau.core.measures.eligibility import (
    CIVIL_ANSWERS,
    FIELD_ANSWERS,
    NOMINEE_SCHEMA,
    REASONS,
    Criteria,
    chosen,
    eligibility,
    ranked,
)

ON = date(2026, 10, 1)
NIKS = ["3202011203809001", "3202015203809001", "3202013002809001", "320201120380900", "3202010000009001", None]
rows = st.fixed_dictionaries(
    {
        "person_id": st.none() | st.integers(1, 6),
        "nik": st.sampled_from(NIKS),
        "birth_date": st.none() | st.dates(date(1955, 1, 1), date(2015, 1, 1)),
        "village_code": st.sampled_from(["32.02.01.2003", "32.02.01.2004", "32.03.01.2001", None]),
        "occupation": st.sampled_from(["Petani", "BURUH TANI", "Guru", None]),
        "decile": st.none() | st.integers(1, 10),
        "dependants": st.none() | st.integers(0, 4),
        "deceased": st.none() | st.booleans(),
        "moved_out": st.none() | st.booleans(),
        "active_segment": st.sampled_from(["pu", "bpu", "jakon", None, None, None]),
        "funded_elsewhere": st.none() | st.booleans(),
        "field_check": st.sampled_from([None, None, *FIELD_ANSWERS]),
        "civil_check": st.sampled_from([None, None, *CIVIL_ANSWERS]),
    }
)
criteria = st.builds(
    Criteria, area=st.just("32.02"), on=st.just(ON), youngest=st.sampled_from([15, 18]),
    oldest=st.sampled_from([60, 64]),
    occupations=st.sampled_from([(), ("tani",)]), highest_decile=st.sampled_from([None, 4]),
    needs_field_check=st.booleans(), needs_civil_check=st.booleans(),
)  # fmt: skip


def framed(people: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame([{"nominee": n} | person for n, person in enumerate(people, 1)], schema=NOMINEE_SCHEMA)


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def readable(nik: str) -> bool:
    return len(nik) == 16 and Nik(nik).parts(ON).birth_date is not None


def slow(people: list[dict[str, object]], asked: Criteria) -> list[tuple[str, list[str], list[str]]]:
    persons, niks, told = set(), set(), []
    for who in people:
        field, civil, nik, job = who["field_check"], who["civil_check"], who["nik"], who["occupation"]
        years = age(who["birth_date"], asked.on) if who["birth_date"] else None
        outside = who["village_code"] is not None and not who["village_code"].startswith(asked.area + ".")
        why = {
            "duplicate_in_list": (who["person_id"] in persons) or (nik in niks),
            "nik_invalid": (nik is not None and not readable(nik)) or civil == "invalid",
            "deceased": who["deceased"] or field == "deceased" or civil == "deceased",
            "moved": who["moved_out"] or field == "moved",
            "nik_not_resident": civil == "moved" or (outside and civil != "valid" and field != "working"),
            "over_age": years is not None and years > asked.oldest,
            "under_age": years is not None and years < asked.youngest,
            "already_active_pu": who["active_segment"] in ("pu", "jakon"),
            "already_active_bpu": who["active_segment"] == "bpu",
            "funded_by_other": who["funded_elsewhere"],
            "decile_too_high": asked.highest_decile and who["decile"] and who["decile"] > asked.highest_decile,
            "job_not_eligible": field == "other_job"
            or (asked.occupations and job and "tani" not in job.lower() and field != "working"),
            "not_working": field == "not_working",
            "refused": field == "refused",
            "no_answer": field == "no_answer",
        }
        lacks = {
            "nik": nik is None,
            "birth_date": years is None,
            "village": who["village_code"] is None and field != "working" and civil != "valid",
            "occupation": asked.occupations and job is None and field != "working",
            "field_check": asked.needs_field_check and field is None,
            "civil_check": asked.needs_civil_check and civil is None,
        }
        reasons, missing = [code for code in REASONS if why[code]], [code for code, found in lacks.items() if found]
        told.append(("refused" if reasons else "to_check" if missing else "eligible", reasons, missing))
        persons |= {who["person_id"]} - {None}
        niks |= {nik} - {None}
    return told


@given(st.lists(rows, max_size=12), criteria)
@settings(deadline=None, max_examples=150)
def test_every_outcome_and_every_reason_is_that_of_the_slow_engine(people, asked):
    found = eligibility(framed(people), asked)
    assert found.select("outcome", "reasons", "missing").rows() == slow(people, asked)


@given(st.lists(rows, max_size=12), st.integers(0, 12), st.integers(0, 4), st.none() | st.integers(0, 3))
@settings(deadline=None, max_examples=100)
def test_places_are_given_one_by_one_in_the_stated_order(people, places, reserve, quota):
    frame = framed(people)
    of_village = None if quota is None else {"32.02.01.2003": quota, "32.02.01.2004": 1}
    found = dict(chosen(ranked(frame, ON), places, of_village, reserve).select("nominee", "outcome").rows())
    never = 10**9
    queue = sorted(
        frame.rows(named=True),
        key=lambda p: (p["decile"] or 11, -(age(p["birth_date"], ON) if p["birth_date"] else -1),
                       -(p["dependants"] or 0), p["person_id"] or never, p["nominee"]),
    )  # fmt: skip
    left, given_out = dict(of_village or {}), {"selected": 0, "reserve": 0}
    for person in queue:
        village = person["village_code"]
        room = of_village is None or left.get(village, 0) > 0
        if room and given_out["selected"] < places:
            outcome = "selected"
            left[village] = left.get(village, 0) - 1
        else:
            outcome = "reserve" if given_out["reserve"] < reserve else "quota_full"
        given_out[outcome] = given_out.get(outcome, 0) + 1
        assert found[person["nominee"]] == outcome
