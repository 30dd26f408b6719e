"""Rencana: which villages first for a budget or a goal, at which price, how near the best, and what is left out."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import polars as pl
import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Role
from jangkau.registry.lists.gateways import store
from jangkau.registry.people.actions import set_fact
from jangkau.web.dashboards.presenters.plan import PlanAnswer, Village, plan_answer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = date(2026, 10, 31)
BIG, SMALL = "32.02.05.2001", "32.02.05.2002"
VILLAGES = {BIG: Village("Desa Cisolok", "Cisolok"), SMALL: Village("Desa Pasirbaru", "Cisolok")}
CUBE = pl.DataFrame(
    [
        (BIG, "bpu", "fisher", "never", None, 300),
        (BIG, "bpu", "driver", "lapsed", None, 40),
        (BIG, "bpu", "fisher", "paid_up", None, 60),
        (SMALL, "bpu", "farmer", "never", None, 120),
        (SMALL, "pu", "factory_worker", "never", None, 25),
        (SMALL, "bpu", "farmer", "never", "over_age", 9),
        (None, "bpu", "farmer", "lapsed", None, 7),
    ],
    schema=["village_code", "segment", "trade", "state", "not_counted", "people"],
    orient="row",
)
COUNTED = (600, 60)
ASKED = {"region": "32.02", "budget": None, "people": None, "points": None, "trade": "", "funding": "apbd",
         "income": 1_000_000, "first_covered_on": date(2025, 1, 1), "months": 12, "most_each": None}  # fmt: skip
MONTHLY = 16_800


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


def planned(**said) -> PlanAnswer:
    return plan_answer(ASKED | said, CUBE, COUNTED, VILLAGES)


def line(found: PlanAnswer, label: str):
    return next(each.value for group in found.answer.groups for each in group.lines if each.label == label)


def test_a_budget_names_villages_people_and_points():
    found = planned(budget=100_000_000)
    assert [(row.code, row.sector, row.people) for row in found.rows] == [
        (BIG, "other", 300), (SMALL, "other", 120), (BIG, "transport", 40)
    ]  # fmt: skip
    assert found.rows[0].price == 300 * MONTHLY * 12
    assert (found.rows[-1].people_so_far, found.rows[-1].price_so_far) == (460, 460 * MONTHLY * 12)
    assert "460 pekerja di 2 desa selama 12 bulan" in found.answer.sentence
    assert line(found, "Bertambah") == "76,67 poin persen"
    assert line(found, "Selisih rencana ini").startswith("0,00")
    assert line(found, "Penuh sejak") == date(2025, 4, 1)


def test_the_exact_plan_is_taken_where_the_largest_first_falls_short():
    """300 people leave too little for the 120; the 120 and the 40 fit together, but are fewer."""
    found = planned(budget=(300 + 39) * MONTHLY * 12)
    assert [row.people for row in found.rows] == [300]
    short = planned(budget=160 * MONTHLY * 12)
    assert sum(row.people for row in short.rows) == 160 == line(short, "Terbanyak yang mungkin (hitungan tepat)")


def test_a_goal_in_people_and_in_points_tells_the_least_price():
    found = planned(people=310)
    assert sum(row.people for row in found.rows) >= 310
    assert line(found, "Tidak mungkin di bawah") == 310 * MONTHLY * 12
    assert sum(row.people for row in planned(points=20).rows) == 300  # a fifth of 600 is 120: the largest village first
    assert line(planned(people=1000), "Kurang dari tujuan") == 540


def test_a_hundred_in_each_village_and_one_kind_of_work():
    found = planned(budget=10**9, most_each=100)
    by_village = {code: sum(r.people for r in found.rows if r.code == code) for code in (BIG, SMALL)}
    assert by_village == {BIG: 100, SMALL: 100}
    assert [(r.sector, r.people) for r in planned(budget=10**9, trade="driver").rows] == [("transport", 40)]


def test_a_relief_is_priced_where_the_law_gives_it_and_told_where_it_is_excluded():
    csr = planned(budget=10**9, funding="csr", first_covered_on=date(2026, 5, 1), months=3)
    apbd = planned(budget=10**9, funding="apbd", first_covered_on=date(2026, 5, 1), months=3)
    assert csr.rows[-1].price_so_far * 2 == apbd.rows[-1].price_so_far == 460 * MONTHLY * 3
    assert any("Keringanan berlaku" in words for words in csr.answer.because)
    assert any("dikecualikan" in words for words in apbd.answer.because)


def test_two_months_warn_and_those_left_out_are_named():
    found = planned(budget=10**9, months=2)
    assert any("sebelum santunan kematian penuh" in words for words in found.answer.warnings)
    assert not planned(budget=10**9).answer.warnings
    notes = " ".join(found.answer.notes)
    assert "25 penerima upah" in notes and "7 orang" in notes and "9 orang 65 tahun" in notes


def test_no_money_and_nobody_to_plan_for_are_sentences():
    with pytest.raises(Refused, match=r"termurah Rp8\.064\.000"):
        planned(budget=1_000_000)
    with pytest.raises(Refused, match="tidak ada pekerja BPU"):
        planned(budget=10**9, trade="teacher")


@pytest.fixture
def officer(db: None, tmp_path: Path, settings: Any) -> Client:
    settings.JANGKAU_DATA = tmp_path
    folder = store.measures_folder(DAY)
    folder.mkdir(parents=True)
    CUBE.with_columns(district_code=pl.lit("32.02.05")).write_parquet(folder / "cube.parquet")
    table = [("32.02", "all", 600, 60, 0), ("32.02.05", "all", 600, 60, 0)]
    columns = ["region_code", "segment", "workers", "covered", "allocated"]
    pl.DataFrame(table, schema=columns, orient="row").write_parquet(folder / "coverage.parquet")
    set_fact("as_of", DAY.isoformat())
    client = Client(headers={"host": "localhost"})
    user = create_user(username="petugas", password="x", area_code="32.02", role=Role.OFFICER)
    client.force_login(user, backend=BACKEND)
    return client


FORM = {"region": "32.02", "budget": "100.000.000", "funding": "apbd", "income": "1.000.000", "months": "12",
        "first_covered_on": "2025-01-01"}  # fmt: skip


def shown(client: Client, **changes: str) -> str:
    response = client.get("/simulasi/rencana/?" + urlencode(FORM | changes))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\xa0", " ")


def test_the_page_without_javascript(officer):
    empty = officer.get("/simulasi/rencana/")
    assert empty.status_code == 200 and "Isi formulirnya" in empty.content.decode()
    page = shown(officer)
    assert "460 pekerja di 2 desa" in page and "Kelurahan" not in page and "76,67 poin persen" in page
    assert "keadaan 31 Oktober 2026" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": "5"}, "Isi salah satu saja"),
        ({"budget": ""}, "Isi salah satu saja"),
        ({"budget": "", "points": "banyak"}, "misalnya 2,5"),
        ({"budget": "1.000"}, "Anggaran ini belum cukup"),
        ({"region": "32.03"}, "Pilih salah satu"),
        ({"first_covered_on": "2010-01-01"}, "sejak Juli 2015"),
    ],
)
def test_every_refusal_is_a_sentence(officer, changes, said):
    assert said in shown(officer, **changes)


def test_the_annex_has_the_villages_the_way_and_the_question(officer):
    response = officer.get("/simulasi/rencana/?" + urlencode(FORM | {"workbook": "1"}))
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames == ["Rencana", "Hitungan", "Yang diisi"]
    rows = list(book["Rencana"].iter_rows(min_row=5, values_only=True))
    assert [(row[1], row[5]) for row in rows] == [(BIG, 300), (SMALL, 120), (BIG, 40)]
    assert rows[-1][8] == 460 * MONTHLY * 12
    asked = dict(book["Yang diisi"].iter_rows(values_only=True))
    assert asked["Anggaran"] == "100.000.000" and asked["Keadaan menurut nama pada"] == "2026-10-31"
