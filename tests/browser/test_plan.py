"""What would it cost? From the menu to a plan, its villages and its annex; clean at 360 and 1440 px."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_what_would_it_cost(page: Page, axe: str) -> None:
    page.goto("/simulasi/")
    page.get_by_role("main").get_by_role("link", name="Rencana", exact=True).click()
    page.get_by_label(re.compile("^Anggaran")).fill("20.000.000")
    page.get_by_role("button", name="Susun rencana").click()
    answer = page.locator("#hasil")
    expect(answer.get_by_role("heading", level=2).first).to_contain_text(re.compile(r"Rp[\d.]+ melindungi \d+ pekerja"))
    expect(answer).to_contain_text("poin persen")
    expect(answer).to_contain_text("penerima upah tidak masuk rencana")
    expect(answer.get_by_text("Penuh sejak").first).to_be_visible()
    check(page, axe)
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh sebagai lampiran").click()
    assert download.value.suggested_filename == "jangkau-rencana.xlsx"
    page.get_by_label(re.compile("^Banyak bulan")).fill("2")
    page.get_by_label(re.compile("^Banyak bulan")).press("Tab")
    expect(answer).to_contain_text("sebelum santunan kematian penuh")
    answer.get_by_role("table").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/wilayah/32\.02\.\d\d\.\d{4}/"))


def test_official_figures_are_clean(page: Page, axe: str) -> None:
    page.goto("/pengaturan/angka-resmi/")
    expect(page.get_by_text("Belum dapat diukur di sini.", exact=True)).to_be_visible()
    check(page, axe)
    page.get_by_label(re.compile("^Sumber")).fill("Surat 1/2026")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    check(page, axe)
