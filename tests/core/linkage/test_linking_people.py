"""What the register says about a person: which source wins, field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from jangkau.core.linkage import PEOPLE_SCHEMA, compose_people, kind_rank, work_segment
from jangkau.core.linkage.tables import with_columns_of

NOBODY = pl.DataFrame(schema=PEOPLE_SCHEMA)
EXTRA = {"row_id": pl.Int64(), "rank": pl.Int64(), "position": pl.String(), "problems": pl.List(pl.String())}
SCHEMA: dict[str, Any] = {**{k: v for k, v in PEOPLE_SCHEMA.items() if k != "person_id"}, **EXTRA}
GOOD, MISTYPED = "3202011407909001", "3202011407909091"


def composed(*rows: dict[str, Any], people: pl.DataFrame = NOBODY) -> dict[str, Any]:
    lines = [
        {"row_id": n, "rank": kind_rank(row["kind"]), **{k: v for k, v in row.items() if k != "kind"}}
        for n, row in enumerate(rows)
    ]
    frame = with_columns_of(pl.DataFrame(lines, infer_schema_length=None), SCHEMA)
    links = frame.select("row_id", person_id=pl.lit(1, dtype=pl.Int64))
    found = compose_people(frame, links, people)
    assert dict(found.schema) == PEOPLE_SCHEMA and found.height == 1
    return found.to_dicts()[0]


def test_name_and_birth_date_come_from_the_higher_authority() -> None:
    person = composed(
        {"kind": "workers", "name": "ASEP SUHENDA", "birth_date": date(1990, 7, 15)},
        {"kind": "membership", "name": "ASEP SUHENDER", "birth_date": date(1990, 7, 16)},
        {"kind": "poverty", "name": "ASEP SUHENDAR", "birth_date": date(1990, 7, 14)},
    )
    assert (person["name"], person["birth_date"]) == ("ASEP SUHENDAR", date(1990, 7, 14))


def test_a_full_name_is_preferred_to_an_abbreviated_one() -> None:
    person = composed({"kind": "poverty", "name": "ASEP S."}, {"kind": "workers", "name": "ASEP SUHENDAR"})
    assert person["name"] == "ASEP SUHENDAR"


def test_the_nik_that_agrees_with_its_row_wins_then_the_one_stated_most() -> None:
    born = {"birth_date": date(1990, 7, 14), "sex": "L"}
    wrong_day = "3202011507909001"
    assert (
        composed({"kind": "poverty", "nik": wrong_day, **born}, {"kind": "workers", "nik": GOOD, **born})["nik"] == GOOD
    )
    rows = [
        {"kind": "poverty", "nik": MISTYPED, **born},
        *({"kind": k, "nik": GOOD, **born} for k in ("jakon", "workers")),
    ]
    assert composed(*rows)["nik"] == GOOD
    assert (
        composed({"kind": "poverty", "nik": MISTYPED, **born}, {"kind": "workers", "nik": GOOD, **born})["nik"]
        == MISTYPED
    )


def test_the_village_list_knows_where_somebody_lives() -> None:
    person = composed(
        {"kind": "poverty", "village_code": "32.02.01.2001", "rt": "1"},
        {"kind": "workers", "village_code": "32.02.16.2005", "rt": "3", "address": "Kp. Lama"},
        {"kind": "workers", "village_code": "32.02.16.2005", "address": "Kp. Baru"},
        {"kind": "jakon", "village_code": "32.02.29.2001", "rt": "9"},
    )
    assert (person["village_code"], person["district_code"]) == ("32.02.16.2005", "32.02.16")
    assert (person["rt"], person["address"]) == ("3", "Kp. Baru")


def test_a_list_that_says_moved_out_no_longer_tells_the_village() -> None:
    person = composed(
        {"kind": "workers", "village_code": "32.02.01.2001", "moved_out": True},
        {"kind": "poverty", "village_code": "32.02.16.2005"},
    )
    assert person["village_code"] == "32.02.16.2005" and person["moved_out"] is True and person["deceased"] is False


def test_without_any_village_the_district_stays() -> None:
    assert composed({"kind": "non_asn", "name": "A", "district_code": "32.02.16"})["district_code"] == "32.02.16"


@pytest.mark.parametrize(
    ("rows", "segment"),
    [
        ([{"kind": "membership", "segment": "pu"}, {"kind": "workers", "occupation": "Petani"}], "pu"),
        ([{"kind": "membership", "segment": "bpu"}, {"kind": "poverty", "occupation": "Pedagang"}], "bpu"),
        ([{"kind": "workers", "occupation": "Buruh pabrik garmen"}], "pu"),
        ([{"kind": "non_asn", "name": "A"}], "pu"),
        ([{"kind": "village_officials", "position": "Sekdes"}], "pu"),
        ([{"kind": "village_officials", "position": "Ketua RT 03"}], "bpu"),
        ([{"kind": "jakon", "segment": "jakon"}], "bpu"),
    ],
)
def test_segment(rows: list[dict[str, Any]], segment: str) -> None:
    assert composed(*rows)["segment"] == segment


@pytest.mark.parametrize(
    ("occupation", "segment"),
    [
        ("KARYAWAN SWASTA", "pu"),
        ("Wiraswasta", "bpu"),
        ("GURU HONORER", "pu"),
        ("Guru Ngaji", "bpu"),
        ("", "bpu"),
        (None, "bpu"),
    ],
)
def test_segment_of_an_occupation(occupation: str | None, segment: str) -> None:
    assert work_segment(occupation) == segment


def test_the_register_keeps_what_it_has_and_gains_what_it_lacks() -> None:
    before = with_columns_of(
        pl.DataFrame({"person_id": [1, 2], "name": ["ASEP SUHENDAR", "X"], "deceased": [True, False]}), PEOPLE_SCHEMA
    )
    person = composed({"kind": "workers", "name": "ASEP SUHENDER", "phone": "0812"}, people=before)
    assert (person["name"], person["phone"], person["deceased"]) == ("ASEP SUHENDAR", "0812", True)
