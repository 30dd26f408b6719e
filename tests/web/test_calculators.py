"""Klaim and Simulasi without JavaScript: what is typed comes back as an answer, a refusal, or a workbook."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.test import Client
from openpyxl import load_workbook

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ACCIDENT = {"accident_on": "2026-03-10", "segment": "bpu", "wage": "1.000.000", "outcome": "death"}
DEATH = {"segment": "bpu", "first_covered_on": "2026-01-15", "died_on": "2026-04-14", "children": "0"}
FISHER = {"income": "3.000.000", "sector": "other", "funding": "own", "month": "2025-10"}
WORKER = {"wage": "3.605.000", "risk_class": "III", "scale": "medium", "month": "2026-05", "workers": "10"}
BUDGET = {"people": "3382", "income": "1.000.000", "sector": "other", "funding": "apbd", "months": "4",
          "first_covered_on": "2026-05-01"}  # fmt: skip
FIRM = {"wages": "3605000\n3.605.000\nRp20.000.000\n", "risk_class": "III", "scale": "large", "month": "2026-03",
        "arrears_months": "3"}  # fmt: skip


@pytest.fixture
def officer(db: None) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(
        create_user(username="petugas", password="x", area_code="32.02", role=Role.OFFICER), backend=BACKEND
    )
    return client


def shown(client: Client, address: str, asked: dict[str, str]) -> str:
    """The page as text, without tags."""
    response = client.get(f"{address}?{urlencode(asked)}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize(
    ("address", "asked", "figures"),
    [
        ("/klaim/kecelakaan/", ACCIDENT, ["Rp70.000.000", "Rp48.000.000", "Ahli waris"]),
        ("/klaim/kecelakaan/", ACCIDENT | {"outcome": "partial", "row": "1"}, ["Rp32.000.000"]),
        ("/klaim/kecelakaan/", ACCIDENT | {"outcome": "healed", "days": "30", "land": "6.000.000"},
         ["Rp6.000.000", "Rp1.000.000", "Rp5.000.000"]),
        ("/klaim/kematian/", DEATH, ["Rp10.000.000", "15 April 2026"]),
        ("/klaim/kematian/", DEATH | {"first_covered_on": "2021-01-15", "children": "2", "months_contributed": "60"},
         ["Rp42.000.000", "Rp174.000.000"]),
        ("/klaim/kehilangan-pekerjaan/", {"wage": "7000000", "dismissed_on": "2026-03-10", "months": "6"},
         ["Rp18.000.000", "Rp3.000.000"]),
        ("/klaim/hari-tua/", {"birth_date": "1969-08-17", "months": "240", "average_wage": "6.000.000", "year": "2025"},
         ["Rp1.200.000", "2029"]),
        ("/simulasi/penerima-upah/", WORKER, ["Rp356.535", "Rp32.085", "Rp108.150"]),
        ("/simulasi/mandiri/", FISHER | {"jht": "on"}, ["Rp95.300", "Rp59.000"]),
        ("/simulasi/migran/", {"channel": "company", "months": "24"}, ["Rp370.000"]),
        ("/simulasi/proyek-desa/", {"basis": "value", "amount": "200.000.000", "month": "2026-03"},
         ["Rp430.000", "Rp380.000", "Rp50.000"]),
        ("/simulasi/bantuan-iuran/", BUDGET, ["Rp227.270.400", "1 Agustus 2026", "tidak berlaku"]),
    ],
)  # fmt: skip
def test_a_question_is_answered(officer: Client, address: str, asked: dict[str, str], figures: list[str]) -> None:
    page = shown(officer, address, asked)
    for figure in figures:
        assert figure in page, figure


def test_the_bill_of_an_employer_adds_up_and_arrears_are_fined(officer: Client) -> None:
    page = re.sub(r"<[^>]+>", " ", officer.post("/simulasi/perusahaan/", FIRM).content.decode())
    one, dear = 356_535, 20_000_000 * 89 // 10_000 + 60_000 + 740_000 + 400_000 + 221_726 + 110_863
    monthly = 2 * one + dear
    for amount in (monthly, 3 * monthly, 3 * monthly + round(monthly * 0.12)):
        assert f"Rp{amount:,}".replace(",", ".") in page
    assert "2 upah di bawah upah minimum Rp3.831.926" in page


def test_every_figure_opens_its_way(officer: Client) -> None:
    page = officer.get("/simulasi/penerima-upah/?" + urlencode(WORKER)).content.decode()
    assert "PP 44/2015" in page and "PP 46/2015" in page
    assert "asumsi" in page  # the rounding
    assert page.count("<details><summary>") >= 8


@pytest.mark.parametrize(
    ("address", "asked", "said"),
    [
        ("/simulasi/penerima-upah/", WORKER | {"wage": "banyak"}, "bukan jumlah rupiah"),
        ("/simulasi/penerima-upah/", WORKER | {"wage": ""}, "Isi bagian ini"),
        ("/simulasi/penerima-upah/", WORKER | {"month": "2027-03"}, "Belum dapat dihitung"),
        ("/simulasi/mandiri/", FISHER | {"sector": "x"}, "Pilih salah satu"),
        ("/klaim/kecelakaan/", ACCIDENT | {"outcome": "partial"}, "Pilih cacatnya"),
        ("/klaim/kematian/", DEATH | {"first_covered_on": "2026-05-01"}, "Belum dapat dihitung"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_says_why(officer: Client, address: str, asked: dict[str, str], said: str) -> None:
    assert said in shown(officer, address, asked)


def test_a_wrong_wage_in_a_long_column_is_named_by_its_line(officer: Client) -> None:
    page = officer.post("/simulasi/perusahaan/", FIRM | {"wages": "3000000\nUJANG\n"})
    assert "Baris 2" in page.content.decode()


def test_while_typing_only_the_answer_is_sent(officer: Client) -> None:
    response = officer.get("/simulasi/penerima-upah/?" + urlencode(WORKER), headers={"HX-Request": "true"})
    part = response.content.decode()
    assert "<html" not in part and "Rp356.535" in part


def test_the_answer_is_a_workbook(officer: Client) -> None:
    response = officer.get("/simulasi/bantuan-iuran/?" + urlencode(BUDGET | {"workbook": "1"}))
    assert response["Content-Disposition"] == 'attachment; filename="jangkau-bantuan-iuran.xlsx"'
    figures, asked = load_workbook(BytesIO(response.content)).worksheets
    values = {row[1]: row[2] for row in figures.iter_rows(min_row=5, max_col=3, values_only=True)}
    assert values["Seluruhnya"] == 227_270_400
    assert ("Banyak pekerja", "3382") in list(asked.values)


def test_the_screen_speaks_english(officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    page = shown(officer, "/simulasi/bantuan-iuran/", BUDGET)
    assert "Rp227,270,400" in page and "does not apply" in page and "Bulan demi bulan" not in page
