"""Rows to people: each test is a small story with invented people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.linkage import LINK_SCHEMA, PEOPLE_SCHEMA, compose_people, explain, kind_rank, link_rows
from jangkau.core.linkage.tables import with_columns_of

ROWS: dict[str, pl.DataType] = {
    **{k: v for k, v in PEOPLE_SCHEMA.items() if k != "person_id"},
    "row_id": pl.Int64(),
    "list_id": pl.Int64(),
    "rank": pl.Int16(),
    "kpj": pl.String(),
    "position": pl.String(),
    "problems": pl.List(pl.String()),
}
NOBODY = pl.DataFrame(schema=PEOPLE_SCHEMA)
BORN = date(1990, 7, 14)
V1, V2 = "32.02.01.2001", "32.02.16.2005"


def table(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """Rows numbered in order; `list` names the list and `kind` gives its rank."""
    lines = [
        {"row_id": n, "list_id": row.get("list", 1), "rank": kind_rank(row.get("kind", "workers")),
         **{k: v for k, v in row.items() if k not in ("list", "kind")}}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return with_columns_of(pl.DataFrame(lines, infer_schema_length=None), ROWS)


def linked(*rows: Mapping[str, Any], people: pl.DataFrame = NOBODY, first: int = 1) -> list[dict[str, Any]]:
    return link_rows(table(*rows), people, first_new_id=first).links.to_dicts()


def persons(*rows: Mapping[str, Any]) -> list[int]:
    return [line["person_id"] for line in linked(*rows)]


def nik(day: date = BORN, *, sex: str = "L", serial: int = 9001, place: str = "320201") -> str:
    return f"{place}{day.day + (40 if sex == 'P' else 0):02d}{day:%m%y}{serial:04d}"


ASEP = {"name": "ASEP SUHENDAR", "sex": "L", "birth_date": BORN, "nik": nik(), "village_code": V1, "rt": "1", "rw": "2"}
MEMBER = {"kind": "membership", "list": 9, "kpj": "11223344556", "village_code": None, "rt": None, "rw": None}


def without(row: Mapping[str, Any], *fields: str) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in fields}


def test_every_row_gets_a_line_in_the_agreed_form() -> None:
    links = link_rows(table(ASEP, {"address": "Kp. Sukamaju"}), NOBODY, first_new_id=7).links
    assert dict(links.schema) == LINK_SCHEMA
    assert links.select("person_id", "link_state", "decision").rows() == [
        (7, "new", "new"), (None, "unlinked", "no_identity")
    ]  # fmt: skip


def test_no_rows_no_links() -> None:
    outcome = link_rows(pl.DataFrame(schema=ROWS), NOBODY, first_new_id=5)
    assert outcome.links.height == 0 and outcome.next_id == 5


def test_new_people_are_numbered_by_their_first_row_although_waves_go_by_rank() -> None:
    other = {"name": "NINING ROHAYATI", "sex": "P", "birth_date": date(1971, 2, 3), "kind": "poverty", "list": 2}
    assert persons(ASEP, other, {**ASEP, **MEMBER}) == [1, 2, 1]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("ASEP SUHENDAR", "nik_name"), ("H. ASEP SUHENDAR, S.Pd", "nik_name"), ("SUHENDAR ASEP", "nik_name"),
        ("ASEPSUHENDAR", "nik_name"), ("ASEP S.", "nik_name"), ("ASEP SOEHENDAR", "nik_name"),
        ("ASEP SUHENDAAR", "nik_name"), ("ASEP SUHNEDAR", "nik_name"), ("ASEP", "nik_name"),
        ("ASEP SUHENDAR BIN UJANG", "nik_name"),
    ],
)  # fmt: skip
def test_same_nik_and_a_name_written_otherwise_is_one_person(name: str, rule: str) -> None:
    lines = linked({**ASEP, **MEMBER}, {**ASEP, "name": name})
    assert [line["person_id"] for line in lines] == [1, 1]
    assert (lines[1]["link_state"], lines[1]["decision"]) == ("linked", rule)


@pytest.mark.parametrize(
    "name", ["ASEP SUHENDAR", "ASEP S.", "ASEP SUHNEDAR", "ASEPSUHENDAR", "SUHENDAR ASEP", "H. ASEP SUHENDAR"]
)
def test_without_nik_name_birth_date_and_village_are_enough(name: str) -> None:
    lines = linked({**ASEP, "kind": "poverty", "list": 2}, {**without(ASEP, "nik"), "name": name})
    assert [line["person_id"] for line in lines] == [1, 1]
    assert lines[1]["decision"] == "name_birth_date_village"


@pytest.mark.parametrize("wrong", [nik(serial=9081), "3202011704909001", "3202014107909001"])
def test_one_mistyped_or_two_swapped_digits_do_not_make_a_second_person(wrong: str) -> None:
    lines = linked({**ASEP, "kind": "poverty", "list": 2}, {**ASEP, "nik": wrong})
    assert [line["person_id"] for line in lines] == [1, 1]
    assert lines[1]["decision"] == "nik_near" if wrong != "3202011704909001" else lines[1]["link_state"] == "linked"


def test_a_mistyped_nik_is_recognised_without_birth_date_in_the_same_house() -> None:
    lines = linked({**ASEP, "kind": "poverty", "list": 2}, {**without(ASEP, "birth_date"), "nik": nik(serial=9011)})
    assert [line["person_id"] for line in lines] == [1, 1]
    assert lines[1]["decision"] == "nik_near"


def test_a_shared_nik_joins_nobody() -> None:
    wife = {**ASEP, "name": "ETI MARYATI", "sex": "P", "birth_date": date(1993, 1, 2)}
    lines = linked({**ASEP, **MEMBER}, ASEP, wife)
    assert [line["person_id"] for line in lines] == [1, 1, 2]


def test_a_shared_nik_without_a_birth_date_waits_for_a_human_being() -> None:
    lines = linked({**ASEP, **MEMBER}, {**without(ASEP, "birth_date", "sex"), "name": "UJANG KOSASIH"})
    assert (lines[1]["person_id"], lines[1]["link_state"], lines[1]["candidate_id"]) == (2, "review", 1)
    assert lines[1]["decision"] == "nik_shared"


def test_a_nik_under_another_name_but_the_same_birth_date_is_asked_about() -> None:
    lines = linked({**ASEP, **MEMBER}, {**ASEP, "name": "UJANG KOSASIH"})
    assert (lines[1]["person_id"], lines[1]["link_state"], lines[1]["decision"]) == (1, "review", "nik_shared")


@pytest.mark.parametrize(("born", "rule"), [(BORN, "nik_birth_date"), (None, "nik_alone")])
def test_a_row_without_a_name_goes_by_its_nik(born: date | None, rule: str) -> None:
    bare = {"nik": ASEP["nik"], "birth_date": born, "sex": "L"}
    people = compose_people(table(ASEP), link_rows(table(ASEP), NOBODY, first_new_id=1).links, NOBODY)
    line = linked(bare, people=people, first=2)[0]
    assert (line["person_id"], line["link_state"]) == (1, "linked")
    assert line["decision"] in (rule, "nik_birth_date")  # the NIK itself tells the date


def test_the_same_kpj_is_the_same_person_when_the_name_agrees() -> None:
    agent = {**without(ASEP, "nik"), "kind": "perisai", "list": 3, "kpj": "11223344556", "birth_date": None}
    lines = linked(
        {**ASEP, **MEMBER}, agent, {**agent, "name": "NINING ROHAYATI", "sex": "P", "kind": "jakon", "list": 4}
    )
    assert [line["person_id"] for line in lines] == [1, 1, 2]
    assert lines[1]["decision"] == "kpj_name"


TWIN_A = {
    **ASEP,
    "name": "DINA SALAMAH",
    "sex": "P",
    "nik": nik(sex="P"),
    "kk": "3202010101109001",
    "mother_name": "IMAS",
}
TWIN_B = {**TWIN_A, "name": "DINA SALAMIH", "nik": nik(sex="P", serial=9002)}


def test_twins_are_two_people_in_one_list_and_across_lists() -> None:
    assert persons(TWIN_A, TWIN_B) == [1, 2]
    there = {"kind": "membership", "list": 9}
    assert persons({**TWIN_A, **there}, {**TWIN_B, **there}, TWIN_A, TWIN_B) == [1, 2, 1, 2]
    assert persons({**TWIN_A, **there}, TWIN_B) == [1, 2]


def test_a_twin_without_nik_finds_the_right_one_when_both_are_known() -> None:
    there = {"kind": "poverty", "list": 9}
    assert persons({**TWIN_A, **there}, {**TWIN_B, **there}, without(TWIN_B, "nik")) == [1, 2, 2]


def test_a_twin_without_nik_is_asked_about_when_only_the_other_is_known() -> None:
    lines = linked({**TWIN_A, "kind": "poverty", "list": 9}, without(TWIN_B, "nik"))
    assert (lines[1]["person_id"], lines[1]["link_state"], lines[1]["candidate_id"]) == (2, "review", 1)
    assert lines[1]["decision"] == "sibling_name"


def test_successive_niks_and_almost_one_name_are_not_joined_unasked() -> None:
    lines = linked({**TWIN_A, "name": "RIKA SALAMAH"}, {**TWIN_B, "name": "RIKKA SALMAH"})
    assert [line["person_id"] for line in lines] == [1, 2]


def test_a_namesake_in_the_village_stays_another_person() -> None:
    namesake = {**ASEP, "birth_date": date(1978, 3, 9), "nik": nik(date(1978, 3, 9)), "rt": "5"}
    there = {"kind": "poverty", "list": 9}
    assert persons({**ASEP, **there}, {**namesake, **there}, ASEP, namesake) == [1, 2, 1, 2]
    assert persons(ASEP, without(namesake, "nik")) == [1, 2]


def test_in_the_same_list_duplicates_are_one_person_and_others_are_not() -> None:
    there = {**ASEP, **MEMBER}
    assert persons(there, ASEP, without(ASEP, "nik")) == [1, 1, 1]
    brother = {**without(ASEP, "nik"), "name": "ASEP SUHENDI"}
    first, second, third = persons({**ASEP, "kind": "poverty", "list": 2}, ASEP, brother)
    assert first == second != third


def test_two_membership_rows_of_one_person_are_one_person() -> None:
    again = {**ASEP, **MEMBER, "kpj": "99887766554"}
    assert persons({**ASEP, **MEMBER}, again) == [1, 1]


def test_without_birth_date_the_same_house_is_enough_and_a_distant_namesake_is_not() -> None:
    bare = without(ASEP, "nik", "birth_date")
    lines = linked({**ASEP, "kind": "poverty", "list": 2}, bare, {**bare, "village_code": V2, "rt": "4", "list": 3})
    assert (lines[1]["person_id"], lines[1]["decision"]) == (1, "name_village_rt")
    assert lines[2]["person_id"] == 2


def test_family_card_and_name_link_somebody_who_moved() -> None:
    home = {
        **without(ASEP, "nik"),
        "kk": "3202010101109001",
        "mother_name": "IMAS SARIPAH",
        "kind": "poverty",
        "list": 2,
    }
    lines = linked(home, {**home, "village_code": V2, "kind": "workers", "list": 3})
    assert [line["person_id"] for line in lines] == [1, 1]
    assert lines[1]["decision"] == "name_birth_date_family"


def test_a_date_of_birth_one_day_off_does_not_part_the_same_nik() -> None:
    assert persons({**ASEP, **MEMBER, "birth_date": date(1990, 7, 15)}, ASEP) == [1, 1]


def test_two_equally_good_candidates_go_to_review() -> None:
    # The register has the same man twice: nobody can tell which one the row means.
    twice = pl.concat([_register(ASEP, 1), _register(ASEP, 2)])
    line = linked(without(ASEP, "nik"), people=twice, first=3)[0]
    assert line["link_state"] == "review" and {line["person_id"], line["candidate_id"]} <= {1, 2, 3}


def test_new_rows_in_doubt_among_themselves_are_asked_about() -> None:
    part = {**without(ASEP, "nik", "village_code", "rt", "rw"), "name": "DADANG"}
    lines = linked({**part, "name": "DADANG SURYANA"}, {**part, "list": 2})
    assert lines[1]["link_state"] in ("linked", "review")
    assert lines[0]["link_state"] == "new"


def test_what_officers_decided_is_kept() -> None:
    people = pl.concat([_register(ASEP, 1), _register({**ASEP, "name": "NANA SUMARNA", "nik": None}, 2)])
    rows = table(ASEP, {**ASEP, "list": 2})
    said = pl.DataFrame({"row_id": [0, 1], "person_id": [2, 1], "same": [True, False]})
    links = link_rows(rows, people, first_new_id=3, decided=said).links
    assert links["decision"][0] == "decided"
    assert links["person_id"].to_list() == [2, 2]  # not person 1; the row decided before is like it
    assert link_rows(rows, people, first_new_id=3, decided=said[1:]).links["person_id"].to_list() == [1, 3]
    assert link_rows(rows, people, first_new_id=3, decided=said.drop("same")).links["person_id"].to_list() == [2, 1]


def test_a_person_may_be_known_in_several_forms_and_by_several_kpj() -> None:
    forms = pl.concat([_register(ASEP, 1), _register({**ASEP, "name": "SUTISNA"}, 1)]).with_columns(
        kpjs=pl.lit(["11223344556", "99887766554"])
    )
    assert linked({"name": "SUTISNA", "kpj": "99887766554"}, people=forms, first=2)[0]["person_id"] == 1


def _register(row: Mapping[str, Any], person_id: int) -> pl.DataFrame:
    return with_columns_of(table(row).with_columns(person_id=pl.lit(person_id)), PEOPLE_SCHEMA)


def test_every_rule_that_can_decide_has_its_sentences() -> None:
    assert explain("nik_near")[0].startswith("NIK berbeda satu angka")
    with pytest.raises(Exception, match="tidak dikenal"):
        explain("guess")


NAMES = ("ASEP SUHENDAR", "ASEP S.", "H. ASEP SUHENDAR", "DINA SALAMAH", "DINA SALAMIH", "UJANG KOSASIH", "UJANG")
DAYS = (BORN, date(1990, 7, 15), date(1978, 3, 9), None)
person_rows = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "birth_date": st.sampled_from(DAYS),
        "nik": st.sampled_from((nik(), nik(serial=9002), nik(sex="P"), nik(date(1978, 3, 9)), None)),
        "village_code": st.sampled_from((V1, V2, None)),
        "rt": st.sampled_from(("1", "2")),
        "rw": st.just("3"),
        "list": st.integers(1, 3),
        "kind": st.sampled_from(("poverty", "membership", "workers")),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.lists(person_rows, min_size=2, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_rows_in_memory_changes_nothing(rows: list[dict[str, Any]], random: Any) -> None:
    given_rows = table(*rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    links = link_rows(given_rows, NOBODY, first_new_id=1).links
    assert link_rows(given_rows[order], NOBODY, first_new_id=1).links.equals(links)
    assert compose_people(given_rows[order], links, NOBODY).equals(compose_people(given_rows, links, NOBODY))


@settings(max_examples=30, deadline=None)
@given(st.lists(person_rows, min_size=1, max_size=12))
def test_ids_are_given_without_gaps_and_every_row_is_answered(rows: list[dict[str, Any]]) -> None:
    links, next_id = link_rows(table(*rows), NOBODY, first_new_id=10)
    assert links["row_id"].to_list() == list(range(len(rows)))
    assert sorted(links["person_id"].drop_nulls().unique()) == list(range(10, next_id))
    for decision in links["decision"].unique():
        explain(decision)


def test_linking_again_changes_nothing() -> None:
    rows = table(
        {**ASEP, "kind": "poverty", "list": 2}, {**ASEP, **MEMBER}, {**ASEP, "name": "ASEP S."}, without(ASEP, "nik"),
        {**TWIN_A, "kind": "poverty", "list": 2}, {**TWIN_B, "kind": "poverty", "list": 2}, TWIN_A, TWIN_B,
        {**ASEP, "birth_date": date(1978, 3, 9), "nik": nik(date(1978, 3, 9)), "rt": "7"},
    )  # fmt: skip
    links, next_id = link_rows(rows, NOBODY, first_new_id=1)
    people = compose_people(rows, links, NOBODY)
    again, after = link_rows(rows, people, first_new_id=next_id)
    assert after == next_id
    assert again["person_id"].equals(links["person_id"])
