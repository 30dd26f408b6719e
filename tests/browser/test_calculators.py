"""Klaim and Simulasi in a real browser: by keyboard alone, live while typing, at 360 and 1440 px, clean for axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    "address",
    [
        "/klaim/kecelakaan/?accident_on=2026-03-10&segment=bpu&wage=1.000.000&outcome=death&filed_on=2026-04-01",
        "/klaim/kematian/?segment=bpu&first_covered_on=2026-01-15&died_on=2026-04-14&children=2",
        "/klaim/kehilangan-pekerjaan/?wage=7000000&dismissed_on=2026-03-10&months=6",
        "/klaim/hari-tua/",
        "/simulasi/bantuan-iuran/?people=100&income=1.000.000&sector=transport&funding=apbd&months=3"
        "&first_covered_on=2026-01-01",
        "/simulasi/perusahaan/",
        "/simulasi/proyek-desa/?basis=value&amount=200.000.000&month=2026-03",
    ],
)
def test_every_calculator_is_clean(page: Page, axe: str, address: str) -> None:
    page.goto(address)
    for figure in page.locator(".lines summary").all():
        figure.click()
    check(page, axe)


def test_a_price_by_keyboard_alone(page: Page, axe: str) -> None:
    """From the menu to a price with its article, without a mouse; the answer follows what is typed."""
    page.goto("/simulasi/mandiri/")
    income = page.get_by_label("Penghasilan sebulan")
    income.focus()
    page.keyboard.type("3.000.000")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Pekerja sendiri")
    page.keyboard.press("Tab")
    page.get_by_label("Bulan iuran").fill("2026-05")
    answer = page.locator("#hasil")
    expect(answer.get_by_role("heading", level=2)).to_contain_text("Rp18.150")
    expect(page.locator("#kabar")).to_contain_text("Rp18.150")
    expect(answer).to_contain_text("Keringanan berlaku")
    page.get_by_label("Dengan JHT").focus()
    page.keyboard.press("Space")
    expect(answer.get_by_role("heading", level=2)).to_contain_text("Rp77.150")
    figure = answer.locator("summary", has_text="JHT")
    figure.focus()
    page.keyboard.press("Enter")
    expect(answer).to_contain_text("PP 46/2015")
    check(page, axe)


def test_a_refusal_leads_to_the_field(page: Page, axe: str) -> None:
    page.goto("/simulasi/penerima-upah/")
    page.get_by_label("Upah sebulan").fill("banyak")
    lacking = page.locator("#hasil")
    expect(lacking).to_contain_text("bukan jumlah rupiah")
    check(page, axe)
    lacking.get_by_role("link", name="Upah sebulan").click()
    expect(page.get_by_label("Upah sebulan")).to_be_focused()


def test_a_firm_pastes_its_wages_and_takes_the_workbook_home(desk: Page) -> None:
    desk.goto("/simulasi/perusahaan/")
    desk.get_by_label("Upah para pekerja").fill("3605000\n3605000\n4000000")
    desk.get_by_label("Bulan iuran").fill("2026-05")
    expect(desk.locator("#hasil").get_by_role("heading", level=2)).to_have_text(re.compile(r"untuk 3 pekerja"))
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Unduh").click()
    assert download.value.suggested_filename == "jangkau-perusahaan.xlsx"
