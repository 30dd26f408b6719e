"""Angka resmi & target: what the package brings, what officers enter or send, who may, and the measure made of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from openpyxl import load_workbook

from jangkau.core.measures.published import figures_from, starting_set
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.presenters.shares import Standing
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.registry.people.actions import store_figures, store_packaged_figures, withdraw_figure
from jangkau.registry.people.models import OfficialFigure
from jangkau.registry.people.queries import official_coverage, official_figures, share_of_employed, target_gaps
from jangkau.web.dashboards.presenters.measures import measures

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/pengaturan/angka-resmi/"
ENTERED = {"kind": "eligible", "family": "UCJ", "region_code": "32.02", "segment": "pu", "on": "2026-01-31",
           "people": "450.000", "status": "verified", "source": "Surat B/12/2026"}  # fmt: skip


@pytest.fixture
def officer(db: None) -> Client:
    return signed_in("petugas", "32.02", Role.OFFICER)


def signed_in(name: str, area: str, role: str) -> Client:
    store_packaged_figures()
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=name, password="x", area_code=area, role=role), backend=BACKEND)
    return client


def words(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\xa0", " ")


def letter(kind: str, pu: int, bpu: int, on: str = "2026-06-30") -> list[dict[str, str]]:
    base = {"kind": kind, "family": "UCJ", "region_code": "32.02", "on": on, "status": "verified", "source": "Surat 1"}
    return [base | {"segment": "pu", "people": str(pu)}, base | {"segment": "bpu", "people": str(bpu)}]


@pytest.mark.django_db
def test_the_package_is_stored_once_and_what_was_taken_back_stays_away():
    assert store_packaged_figures() == len(starting_set())
    assert official_figures() and set(official_figures()) == set(starting_set())
    withdraw_figure(OfficialFigure.objects.get(percent=42).pk, by=None)
    assert store_packaged_figures() == 0
    assert 42.0 not in [f.percent for f in official_figures()]


@pytest.mark.django_db
def test_pangkalpinang_reproduces():
    store_packaged_figures()
    told = official_coverage(official_figures(), "19.71", date(2025, 6, 1))
    assert (told.percent, told.uncovered, told.active, told.eligible) == (41.23, 41_386, 29_040, 70_426)
    gaps = {gap.target.family: gap.people for gap in target_gaps(official_figures(), "19.71", date(2025, 6, 1))}
    assert gaps["UCJ Kemendagri/BPJSTK"] == 7688 and gaps["RPJMN 2025-2029"] == 0


@pytest.mark.django_db
def test_sukabumi_is_measured_only_once_a_letter_with_both_sides_is_loaded(officer):
    assert "Belum dapat diukur di sini" in words(officer.get(PAGE))
    assert all(gap.people is None for gap in target_gaps(official_figures(), "32.02", date(2026, 10, 31)))
    rows = [*letter("active", 300_000, 180_000), *letter("eligible", 500_000, 600_000, on="2026-01-31")]
    survey = {"kind": "employed", "family": "Sakernas", "region_code": "32.02", "segment": "all", "on": "2026-08-31",
              "people": "1200000", "status": "verified", "source": "BPS"}  # fmt: skip
    assert store_figures(figures_from([*rows, survey]), by=None) == 5
    told = official_coverage(official_figures(), "32.02", date(2026, 10, 31))
    assert (told.percent, told.uncovered) == (43.64, 620_000)
    assert share_of_employed(official_figures(), "32.02", date(2026, 10, 31)).percent == 40
    [gap] = [
        g.people for g in target_gaps(official_figures(), "32.02", date(2026, 10, 31)) if g.target.percent == 52.15
    ]
    assert gap == 93_650
    page = words(officer.get(PAGE))
    assert "43,64 %: 480.000 peserta dari 1.100.000" in page and "93.650 orang" in page


@pytest.mark.django_db
def test_sukabumi_stands_beside_its_province_and_neighbours(officer):
    page = words(officer.get(PAGE))
    beside = page[page.index("di samping yang lain") : page.index("tiap indikator terpisah")]
    order = [beside.index(name) for name in ("Kabupaten Sukabumi 41 %", "Jawa Barat 37,2 %", "Indonesia 42 %",
                                             "Kabupaten Garut 20 %", "Kota Sukabumi 53 %")]  # fmt: skip
    assert order == sorted(order)
    assert "kutipan, tanpa penyebut" in beside and "29.040 / 70.426" in beside and "dugaan" in beside


@pytest.mark.django_db
def test_a_figure_is_entered_corrected_and_taken_back(officer):
    for people in ("450.000", "450.000", "460.000"):
        assert officer.post(PAGE + "catat/", ENTERED | {"people": people}).status_code == 302
    rows = OfficialFigure.objects.filter(region_code="32.02", kind="eligible").order_by("pk")
    assert [(row.people, row.withdrawn_at is None) for row in rows] == [(450_000, False), (460_000, True)]
    assert all(row.entered_by.username == "petugas" for row in rows)
    officer.post(PAGE + f"{rows[1].pk}/tarik/")
    assert not [f for f in official_figures() if f.kind == "eligible" and f.region_code == "32.02"]
    acts = AuditEvent.objects.filter(subject__startswith="figure").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["figure_entered", "figure_withdrawn", "figure_entered", "figure_withdrawn"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": "banyak"}, "“banyak” tidak dapat dipakai"),
        ({"region_code": "99.99"}, "99.99"),
        ({"source": ""}, "Isi bagian ini."),
        ({"kind": "quoted", "people": "", "percent": "empat"}, "angka, misalnya 41,2"),
    ],
)
def test_a_wrong_figure_comes_back_with_a_sentence(officer, changes, said):
    before = OfficialFigure.objects.count()
    assert said in words(officer.post(PAGE + "catat/", ENTERED | changes))
    assert OfficialFigure.objects.count() == before


@pytest.mark.django_db
def test_the_workbook_goes_home_and_comes_back_whole_or_not_at_all(officer):
    book = load_workbook(BytesIO(officer.get(PAGE + "jangkau.xlsx").content))
    sheet = book.active
    assert sheet.max_row == len(starting_set()) + 1
    sheet.append(
        ["penyebut", "UCJ", "32.02", "", "pu", date(2026, 1, 31), None, 450_000, None, None, "terperiksa", "S"]
    )
    sheet.append(["target", "RPJMD", "32.02", "", "semua", "31/12/2026", "45,5", None, None, None, "pasti", "Perda"])
    before = OfficialFigure.objects.count()
    assert f"Baris {sheet.max_row}, kolom status" in words(officer.post(PAGE + "kirim/", {"file": sent(book)}))
    assert OfficialFigure.objects.count() == before
    sheet.cell(sheet.max_row, 11).value = "sekunder"
    assert officer.post(PAGE + "kirim/", {"file": sent(book)}).status_code == 302
    assert OfficialFigure.objects.count() == before + 2
    assert "RPJMD" in words(officer.get(PAGE))
    refused = officer.post(PAGE + "kirim/", {"file": SimpleUploadedFile("foto.png", b"\x89PNG....")})
    assert "gambar" in words(refused)


def sent(book) -> SimpleUploadedFile:
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("angka.xlsx", content.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize(("area", "role"), [("32.02", Role.READER), ("32.02.05", Role.OFFICER)])
def test_who_does_not_look_after_the_whole_register_only_reads(area, role):
    client = signed_in("lain", area, role)
    assert "Catat sebuah angka" not in words(client.get(PAGE))
    before = list(OfficialFigure.objects.values())
    assert client.post(PAGE + "catat/", ENTERED).status_code in (302, 403)
    assert client.post(PAGE + f"{OfficialFigure.objects.first().pk}/tarik/").status_code in (302, 403)
    assert list(OfficialFigure.objects.values()) == before


@pytest.mark.django_db
def test_the_three_measures_stand_side_by_side_computed_only_where_both_sides_are_loaded(officer):
    facts = Facts(
        on=date(2026, 10, 31), place=Place("32.02", "Kabupaten Sukabumi", "regency", "32"), ancestors=(), below=(),
        villages=(), cube=pl.DataFrame(), coverage=pl.DataFrame(),
    )  # fmt: skip
    now = Standing(1000, 400, 10, 90, 500)

    def told():
        return measures(facts, now, official_figures())

    assert told().official is None and told().employed is None
    assert told().quoted_here and told().quoted.percent == 41 and [f.percent for f in told().beside] == [37.2]
    assert "cabang" in told().official_reason and "cabang" in told().employed_reason
    store_figures(figures_from(letter("active", 300_000, 180_000)), by=None)
    assert "Sakernas" in told().employed_reason  # members alone are enough for the share of employed persons
    survey = {"kind": "employed", "family": "Sakernas", "region_code": "32.02", "segment": "all", "on": "2026-08-31",
              "people": "1200000", "status": "verified", "source": "BPS"}  # fmt: skip
    store_figures(figures_from([survey, *letter("eligible", 500_000, 600_000, on="2026-01-31")]), by=None)
    assert told().employed.percent == 40 and told().official.percent == 43.64 and not told().any_above
    assert {gap.target.percent: gap.people for gap in told().gaps}[52.15] == 93_650
    assert [f.percent for f in told().beside] == [41, 37.2]
    store_figures(figures_from(letter("active", 700_000, 600_000, on="2026-09-30")), by=None)
    assert told().official.percent > 100 and told().any_above
    page = render_to_string("dashboards/measures.html", {"measures": told()})
    assert 'class="value above"' in page and "tidak sepadan" in page
    village = measures(replace(facts, place=Place("32.02.05", "Cisolok", "district", "32.02")), now, official_figures())
    assert village.official is None and "kabupaten dan provinsi" in village.official_reason
    assert not village.quoted_here and [f.percent for f in village.beside] == [41, 37.2]
