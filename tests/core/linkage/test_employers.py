"""Employers of three kinds of lists brought together, and what their counts show."""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage import EMPLOYER_SCHEMA, compose_employers

LISTED = {
    "employer": pl.String(), "nib": pl.String(), "npp": pl.String(), "village_code": pl.String(),
    "district_code": pl.String(), "scale": pl.String(), "workers": pl.Int32(), "programmes": pl.String(),
    "arrears_months": pl.Int32(), "arrears": pl.Int64(), "monthly_income": pl.Int64(), "kind": pl.String(),
}  # fmt: skip


def listed(kind: str, *rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame([{"kind": kind, "district_code": "32.02.16"} | row for row in rows], schema=LISTED)


def registered(**counts: int) -> pl.DataFrame:
    return pl.DataFrame(
        list(counts.items()), schema={"npp": pl.String(), "workers_registered": pl.Int64()}, orient="row"
    )


def composed(*lists: pl.DataFrame, **counts: int) -> list[dict[str, object]]:
    return compose_employers(list(lists), registered(**counts)).to_dicts()


def test_one_firm_in_three_lists_is_one_employer():
    found = composed(
        listed("licences", {"employer": "CV. MAJU JAYA", "nib": "1234567890123", "workers": 10}),
        listed("company_reports", {"employer": "Maju Jaya, CV", "nib": "1234567890123", "workers": 12}),
        listed("branch_employers", {"employer": "MAJU JAYA", "npp": "N1", "workers": 12}),
        N1=12,
    )
    assert len(found) == 1
    firm = found[0]
    assert (firm["nib"], firm["npp"], firm["workers_found"], firm["workers_registered"]) == (
        "1234567890123",
        "N1",
        12,
        12,
    )
    assert firm["finding"] == "registered"
    assert set(firm) == set(EMPLOYER_SCHEMA)


def test_the_same_name_in_another_district_is_another_employer():
    one = {"employer": "TOKO SUBUR", "nib": "1", "workers": 2}
    assert len(composed(listed("licences", one, one | {"nib": "2", "district_code": "32.02.29"}))) == 2


def test_names_too_short_to_tell_apart_join_nothing():
    assert len(composed(listed("licences", {"employer": "PT A", "nib": "1"}, {"employer": "CV A", "nib": "2"}))) == 2


def test_a_licence_nobody_registered():
    firm = composed(listed("licences", {"employer": "PT BARU SEKALI", "nib": "9", "workers": 40}))[0]
    assert (firm["finding"], firm["workers_registered"]) == ("pwbd", 0)


def test_a_licence_without_workers_owes_nothing():
    assert composed(listed("licences", {"employer": "TOKO SENDIRI", "nib": "9", "workers": 0}))[0]["finding"] == ""


def test_part_of_the_workers_and_arrears():
    found = composed(
        listed("licences", {"employer": "PT BESAR ABADI", "nib": "9", "workers": 100}),
        listed("branch_employers", {"employer": "BESAR ABADI PT", "npp": "N1", "workers": 60, "arrears_months": 4}),
        N1=55,
    )
    assert [firm["finding"] for firm in found] == ["pds_tk|arrears"]


def test_where_no_membership_names_the_employer_the_branch_is_believed():
    firm = composed(listed("branch_employers", {"employer": "SD MELATI", "npp": "N7", "workers": 9}))[0]
    assert (firm["workers_registered"], firm["finding"]) == (9, "registered")


def test_no_lists_no_employers():
    assert compose_employers([], registered()).is_empty()
