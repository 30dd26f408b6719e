"""The invented regency keeps to what is published and to what a register must be."""

from dataclasses import fields
from datetime import date

import numpy as np
import polars as pl
import pytest

from jangkau.core.kernel import Gazetteer, Month, Nik, Refused, RegionCode, Unknown
from jangkau.core.synthetic import InventedRegency, invent
from jangkau.core.synthetic.numbers import RESIDENT_SERIALS, issue

AS_OF = date(2026, 10, 31)


def frames(regency: InventedRegency) -> dict[str, pl.DataFrame]:
    return {
        f.name: getattr(regency, f.name) for f in fields(regency) if isinstance(getattr(regency, f.name), pl.DataFrame)
    }


def test_the_same_seed_gives_the_same_regency_and_another_seed_another(gazetteer: Gazetteer) -> None:
    asked = {"area": RegionCode("32.02"), "workers": 2_000, "as_of": AS_OF}
    one, again, other = (invent(gazetteer, seed=seed, **asked) for seed in (1, 1, 2))
    assert all(frame.equals(frames(again)[name]) for name, frame in frames(one).items())
    assert not one.people["nik"].equals(other.people["nik"])


def test_every_nik_is_unique_and_says_where_when_and_whom(regency: InventedRegency) -> None:
    people = regency.people
    assert people["nik"].n_unique() == people.height
    parts = [Nik(nik).parts(AS_OF) for nik in people["nik"]]
    agree = [p.birth_date == born for p, born in zip(parts, people["birth_date"], strict=True)]
    assert [p.sex for p in parts] == people["sex"].to_list()
    assert 0.98 < sum(agree) / len(agree) < 1.0  # a few were issued with a wrong date, and say so
    assert people.filter(~pl.Series(agree))["nik_dob_differs"].all()


def test_serials_are_those_that_were_never_issued(regency: InventedRegency) -> None:
    serial = regency.people.select("commuter", serial=pl.col("nik").str.slice(12).cast(pl.Int64))
    residents, commuters = (serial.filter(pl.col("commuter") == flag)["serial"] for flag in (False, True))
    assert residents.is_between(9000, 9999).all() or residents.is_between(7000, 9999).all()
    assert commuters.is_between(8000, 8999).all()


def test_serials_go_on_at_seven_thousand_and_end_with_a_sentence() -> None:
    many = issue(np.full(1_500, 320201), np.full(1_500, 10790), RESIDENT_SERIALS)
    assert many.n_unique() == 1_500
    assert set(many.str.slice(12, 1)) == {"9", "7"}
    with pytest.raises(Refused):
        issue(np.full(2_001, 320201), np.full(2_001, 10790), RESIDENT_SERIALS)


def test_the_number_of_workers_is_the_number_asked_for(regency: InventedRegency) -> None:
    assert regency.people.filter(~pl.col("commuter")).height == 30_000 == regency.places["size"].sum()
    assert regency.people["commuter"].sum() == 1_500
    assert regency.places["size"].min() >= 20


def test_coverage_is_the_published_one(regency: InventedRegency) -> None:
    counted = regency.people.filter("counted")
    assert counted["covered"].mean() == pytest.approx(0.41, abs=0.002)
    by_segment = dict(counted.group_by("segment_work").agg(pl.col("covered").mean()).iter_rows())
    assert 0.68 < by_segment["PU"] < 0.77
    assert 0.22 < by_segment["BPU"] < 0.28
    assert (counted["segment_work"] == "PU").mean() == pytest.approx(1 / 3, abs=0.02)
    assert (counted["birth_date"] <= date(2011, 10, 31)).all()
    assert (counted["birth_date"] > date(1961, 10, 31)).all()


def test_factories_in_the_north_east_cover_more(regency: InventedRegency) -> None:
    counted = regency.people.filter("counted").with_columns(district=pl.col("village_code").str.slice(0, 8))
    share = dict(counted.group_by("district").agg(pl.col("covered").mean()).iter_rows())
    assert share["32.02.16"] > share["32.02.23"] + 0.15


def test_the_history_rises_to_the_published_figures(regency: InventedRegency) -> None:
    counted = regency.people.filter("counted").select("person_id")

    def share(month: str) -> float:
        day = Month.parse(month)
        active = regency.memberships.filter(
            (pl.col("since") <= day.first_day) & (pl.col("paid_until") >= day.plus(-3).first_day)
        )
        return counted.join(active, on="person_id", how="semi").height / counted.height

    assert share("2024-12") == pytest.approx(0.377, abs=0.012)
    assert share("2025-07") == pytest.approx(0.41, abs=0.012)
    assert share("2026-10") == pytest.approx(0.41, abs=0.002)


def test_families_share_a_card_and_twins_their_birthday(regency: InventedRegency) -> None:
    people = regency.people
    assert people.group_by("family").agg(pl.col("kk").n_unique())["kk"].max() == 1
    twins = people.filter(pl.col("twin_of").is_not_null())
    elder = people[twins["twin_of"].to_numpy() - 1]
    assert 0.01 < 2 * twins.height / 30_000 < 0.02
    for column in ("birth_date", "kk", "mother_name", "sex", "village_code"):
        assert twins[column].equals(elder[column]), column
    assert (twins["name"] != elder["name"]).all()
    assert people.filter(people.select("village_code", "name").is_duplicated()).height > 100  # namesakes


def test_memberships_are_numbered_once_and_point_to_people_and_firms(regency: InventedRegency) -> None:
    members = regency.memberships
    assert members["kpj"].n_unique() == members.height
    assert members["kpj"].str.len_chars().unique().to_list() == [11]
    assert members.join(regency.people, on="person_id", how="anti").is_empty()
    employed = members.filter(pl.col("npp").is_not_null())
    assert employed.join(regency.employers, on=["employer_id", "npp"], how="anti").is_empty()
    assert (members["since"] <= members["paid_until"]).all()


def test_findings_show_in_the_figures(regency: InventedRegency) -> None:
    firms = regency.employers.filter(pl.col("workers_true") > 0)
    hidden = firms.filter(pl.col("status") == "PWBD")
    assert hidden.height and hidden["npp"].null_count() == hidden.height and hidden["members_registered"].sum() == 0
    full = firms.filter(pl.col("status").is_in(["ok", "TUNGGAKAN"]))
    assert full["members_registered"].equals(full["workers_true"])
    partly = firms.filter(pl.col("status") == "PDS_TK")
    assert partly["members_registered"].sum() < 0.7 * partly["workers_true"].sum()
    low = firms.filter((pl.col("status") == "PDS_UPAH") & (pl.col("members_registered") > 0))
    assert (low["wage_reported"] < 0.8 * low["wage_paid"]).all()
    owing = regency.memberships.join(firms.filter(pl.col("status") == "TUNGGAKAN"), on="employer_id", how="semi")
    assert owing.filter(pl.col("paid_until") >= date(2026, 7, 1)).is_empty()


def test_all_desa_but_a_few_were_visited(regency: InventedRegency) -> None:
    desa = regency.places.filter(pl.col("village_code").str.slice(9, 1) != "1")
    visited = regency.outreach.filter(pl.col("kind") == "desa")
    assert desa.join(visited, on="village_code", how="anti").height == round(3 / 381 * regency.places.height) == 2
    assert {"desa", "pabrik", "pasar"} == set(regency.outreach["kind"])


def test_rosters_and_acquisitions_point_to_people(regency: InventedRegency) -> None:
    for frame in (regency.rosters, regency.acquisitions):
        assert frame.height and frame.join(regency.people, on="person_id", how="anti").is_empty()
    assert regency.acquisitions.join(regency.agents, on="agent_id", how="anti").is_empty()
    assert (regency.acquisitions["registered"] <= AS_OF).all()


@pytest.mark.parametrize(
    ("area", "workers", "villages"),
    [
        ("33.01", 3_000, 36),
        ("32", 5_000, 250),
        ("32.72", 300, 12),
        ("32.02.16", 300, 8),
        ("32.02.16.2002", 50, 1),
        ("32.02", 1, 1),
        ("32.02", 45, 2),
    ],
)
def test_any_area_and_any_size(gazetteer: Gazetteer, area: str, workers: int, villages: int) -> None:
    made = invent(gazetteer, area=RegionCode(area), workers=workers, seed=5, as_of=AS_OF)
    residents = made.people.filter(~pl.col("commuter"))
    assert residents.height == workers
    assert made.places.height <= villages
    assert all(RegionCode(area).holds(code) for code in residents["village_code"])
    assert made.people["nik"].n_unique() == made.people.height


def test_too_few_workers_take_neighbouring_districts(gazetteer: Gazetteer) -> None:
    made = invent(gazetteer, area=RegionCode("32.02"), workers=500, seed=5, as_of=AS_OF)
    assert made.places["district_code"].unique(maintain_order=True).to_list() == ["32.02.01", "32.02.02", "32.02.03"]


def test_refusals(gazetteer: Gazetteer) -> None:
    with pytest.raises(Unknown):
        invent(gazetteer, area=RegionCode("94.01"), workers=10, seed=1, as_of=AS_OF)
    with pytest.raises(Refused):
        invent(gazetteer, area=RegionCode("32.02"), workers=0, seed=1, as_of=AS_OF)


def test_a_gazetteer_without_coordinates_neighbours_or_names_is_enough() -> None:
    bare = Gazetteer.parse("33.01.01|Satu||\n33.01.02|Dua||\n33.01.01.2001|Desa A||\n33.01.02.2001|Desa B||")
    made = invent(bare, area=RegionCode("33.01"), workers=100, seed=1, as_of=AS_OF)
    assert made.name == "33.01"
    assert made.people.filter("commuter")["village_code"].null_count() == 5
    near = Gazetteer.parse(
        "33.01|A||\n33.01.01|Satu||\n33.01.01.2001|Desa A||\n33.02|B||\n33.02.01|Dua||\n33.02.01.2001|Desa C||"
    )
    made = invent(near, area=RegionCode("33.01"), workers=100, seed=1, as_of=AS_OF)
    assert made.people.filter("commuter")["village_code"].unique().to_list() == ["33.02.01.2001"]
