"""Employers of three kinds of lists brought together, and what their counts show."""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage import EMPLOYER_SCHEMA, KEY_SCHEMA, compose_employers, number_employers
from jangkau.core.measures.findings import Duties, find

DUTIES = Duties(3_831_926, {"small": ("jkk", "jkm", "jht"), "medium": ("jkk", "jkm", "jht", "jp")}, 840_000)

LISTED = {
    "employer": pl.String(), "nib": pl.String(), "npp": pl.String(), "village_code": pl.String(),
    "district_code": pl.String(), "scale": pl.String(), "workers": pl.Int32(), "programmes": pl.String(),
    "arrears_months": pl.Int32(), "arrears": pl.Int64(), "monthly_income": pl.Int64(), "kind": pl.String(),
}  # fmt: skip


def listed(kind: str, *rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame([{"kind": kind, "district_code": "32.02.16"} | row for row in rows], schema=LISTED)


def registered(**counts: int) -> pl.DataFrame:
    return pl.DataFrame(
        [(npp, active, active) for npp, active in counts.items()],
        schema={"npp": pl.String(), "active": pl.Int64(), "known": pl.Int64()},
        orient="row",
    )


def composed(*lists: pl.DataFrame, **counts: int) -> list[dict[str, object]]:
    return find(compose_employers(list(lists), registered(**counts)), DUTIES).to_dicts()


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
    assert set(firm) == {*EMPLOYER_SCHEMA, "finding", "affected"}


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


def test_a_name_with_another_letter_is_the_same_firm_when_nothing_else_speaks():
    report = {"employer": "PT CIPTORAKSI READYMIX PRIMA", "nib": "1", "workers": 20}
    branch = {"employer": "CIPTORAKSE READYMIX PRIMA, PT", "npp": "N1", "workers": 8}
    found = composed(listed("company_reports", report), listed("branch_employers", branch), N1=8)
    assert [(firm["workers_found"], firm["workers_registered"], firm["finding"]) for firm in found] == [
        (20, 8, "pds_tk")
    ]
    twins = listed("branch_employers", branch, branch | {"npp": "N2", "employer": "CIPTORAKSU READYMIX PRIMA, PT"})
    assert len(composed(listed("company_reports", report), twins, N1=8, N2=5)) == 3


def test_a_few_workers_more_in_a_licence_say_nothing():
    for found, finding in ((11, "registered"), (12, "pds_tk")):
        firms = composed(
            listed("licences", {"employer": "PT MAJU JAYA", "workers": found}),
            listed("branch_employers", {"employer": "PT MAJU JAYA", "npp": "N1"}),
            N1=10,
        )
        assert firms[0]["finding"] == finding


def test_members_recorded_below_the_lowest_wage_that_the_firm_itself_reports():
    lists = (
        listed("company_reports", {"employer": "UD MAJU JAYA", "workers": 6, "monthly_income": 1_300_000}),
        listed("branch_employers", {"employer": "UD MAJU JAYA", "npp": "N1", "monthly_income": 1_350_000}),
    )
    high = 2_100_000
    cases = {
        (700_000, 1_000_000, *(high,) * 6): ("pds_upah", 2),
        (700_000, *(high,) * 5): ("registered", 1),  # one may be a slip
        (700_000, 1_000_000, *(high,) * 7): ("registered", 2),  # fewer than a quarter
        (1_100_000,) * 6: ("registered", 0),  # not clearly less
    }
    for wages, told in cases.items():
        known = registered(N1=len(wages)).with_columns(wages=pl.lit(wages, dtype=pl.List(pl.Int64)))
        firm = find(compose_employers(list(lists), known), DUTIES).row(0, named=True)
        assert (firm["finding"], firm["paid_below"]) == told, wages


def test_wages_below_what_the_firm_reports_or_below_the_minimum_for_larger_firms():
    cases = {  # mean known to the branch, lowest reported, scale
        (2_000_000, 2_400_000, "MIKRO"): "pds_upah",
        (2_600_000, 2_400_000, "MIKRO"): "registered",
        (2_600_000, None, "MENENGAH"): "pds_upah",
        (3_900_000, None, "MENENGAH"): "registered",
        (0, 2_400_000, "MIKRO"): "registered",
    }
    for (mean, lowest, scale), finding in cases.items():
        firms = composed(
            listed("company_reports", {"employer": "PT MAJU JAYA", "monthly_income": lowest}),
            listed(
                "branch_employers",
                {"employer": "PT MAJU JAYA", "npp": "N1", "monthly_income": mean, "scale": scale}
                | {"programmes": "jkk,jkm,jht,jp"},
            ),
            N1=10,
        )
        assert firms[0]["finding"] == finding, (mean, lowest, scale)


def test_micro_and_small_firms_with_a_licence_have_a_floor_of_their_own():
    cases = {  # mean known to the branch, licensed, scale
        (750_000, True, "KECIL"): "pds_upah",
        (760_000, True, "KECIL"): "registered",  # not clearly below 840,000
        (750_000, False, "KECIL"): "registered",  # a school, a village office
        (3_000_000, True, "MIKRO"): "registered",
    }
    for (mean, licensed, scale), finding in cases.items():
        branch = {"employer": "UD MAJU JAYA", "npp": "N1", "monthly_income": mean, "scale": scale}
        firms = composed(
            listed("licences", *[{"employer": "UD MAJU JAYA", "nib": "1234567890123"}] * licensed),
            listed("branch_employers", branch | {"programmes": "jkk,jkm,jht"}), N1=10,
        )  # fmt: skip
        assert firms[0]["finding"] == finding, (mean, licensed, scale)


def test_programmes_fewer_than_the_scale_asks():
    for programmes, finding in (("jkk,jkm", "pds_program"), ("jkk,jkm,jht", "registered"), (None, "registered")):
        branch = {"employer": "UD SUBUR MAKMUR", "npp": "N1", "scale": "KECIL", "programmes": programmes}
        assert composed(listed("branch_employers", branch), N1=4)[0]["finding"] == finding


def test_members_of_a_firm_in_arrears_are_registered_though_none_is_active():
    branch = listed("branch_employers", {"employer": "UD SUBUR MAKMUR", "npp": "N1", "arrears_months": 5})
    licence = listed("licences", {"employer": "UD SUBUR MAKMUR", "workers": 10})
    known = pl.DataFrame({"npp": ["N1"], "active": [0], "known": [10]})
    assert find(compose_employers([branch, licence], known), DUTIES)["finding"].to_list() == ["arrears"]


def test_an_employer_keeps_its_number_however_the_lists_come_again():
    def composed(*firms: tuple[str, str | None, str | None]) -> pl.DataFrame:
        told = [(place, *firm, "32.02.01") for place, firm in enumerate(firms, 1)]
        schema = {"employer_id": pl.Int64, "name": pl.String, "nib": pl.String, "npp": pl.String}
        return pl.DataFrame(told, schema=schema | {"district_code": pl.String}, orient="row")

    first, known = number_employers(
        composed(("PT MAJU", "1", None), ("CV LAJU", None, "N2"), ("TOKO AYU", None, None)),
        pl.DataFrame(schema=KEY_SCHEMA),
    )
    assert first["employer_id"].to_list() == [1, 2, 3]
    again, more = number_employers(
        composed(
            ("TOKO BARU", None, None), ("LAJU LAGI", None, "N2"), ("MAJU, PT", None, "N9"), ("AYU TOKO", "7", None)
        ),
        known,
    )
    assert again["employer_id"].to_list() == [4, 2, 1, 3]
    known = pl.concat([known, more])
    apart, _ = number_employers(composed(("PT MAJU", "1", None), ("PT MAJU", None, "N9"), ("X", None, None)), known)
    assert apart["employer_id"].to_list() == [1, 5, 6]  # one that was two: the stronger key keeps the number


def test_a_word_cut_short_is_the_same_word():
    branch = listed("branch_employers", {"employer": "UD NIRWAJENAR KONV. PRIMA", "npp": "N1", "workers": 3})
    same = listed("licences", {"employer": "NIRWAJENAR KONVEKSI PRIMA", "nib": "1", "workers": 7})
    other = listed("licences", {"employer": "NIRWAJENAR KOSMETIK PRIMA", "nib": "2", "workers": 7})
    assert [firm["finding"] for firm in composed(branch, same, N1=3)] == ["pds_tk"]
    assert len(composed(branch, other, N1=3)) == 2
