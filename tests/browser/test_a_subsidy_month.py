"""A subsidy officer opens a scheme and proposes people of a list; a checker signs; the month goes to the branch. Clean
at 360 and 1440 px."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_officer_prepares_and_a_checker_signs(desk: Page, browser: Browser, site: str, axe: str) -> None:
    desk.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Bantuan iuran").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("pekerja dibiayai")
    check(desk, axe)
    desk.get_by_role("link", name="Buka skema").click()
    for label, typed in (("Nama skema", "Nelayan 2027"), ("Anggaran", "20.000.000"), ("Kuota", "20")):
        desk.get_by_label(re.compile(f"^{label}")).fill(typed)
    desk.get_by_label("Bulan iuran pertama").fill("2027-01")
    desk.get_by_label("Banyak bulan").fill("2")
    check(desk, axe)
    desk.get_by_role("button", name="Simpan").click()
    lists = desk.get_by_label("Dari daftar yang dipublikasikan")
    lists.select_option(label=lists.get_by_text(re.compile("Nelayan")).first.inner_text())
    desk.get_by_role("button", name="Usulkan").click()
    expect(desk.get_by_role("status")).to_contain_text("diusulkan")
    desk.get_by_role("button", name="Nilai syarat").click()
    expect(desk.get_by_role("link", name="Tidak memenuhi syarat")).to_be_visible()
    desk.get_by_role("button", name="Pilih menurut urutan").click()
    desk.get_by_label("Nomor SK").fill("560/9")
    check(desk, axe)
    desk.get_by_role("button", name="Susun rancangan SK").click()
    expect(desk.get_by_text("Rp10.000.000, bukan Rp42.000.000")).to_be_visible()
    expect(desk.get_by_role("button", name="Tanda tangani")).to_have_count(0)
    check(desk, axe)
    _checker_signs(browser, site, desk.url, axe)
    desk.reload()
    expect(desk.get_by_text("Sidik lampiran")).to_be_visible()
    desk.get_by_role("link", name="Nelayan 2027").click()
    desk.get_by_role("button", name="Buat tagihan Januari 2027").click()
    desk.get_by_role("link", name="Januari 2027", exact=True).click()
    check(desk, axe)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Unduh berkas untuk cabang").click()
    assert re.fullmatch(r"jangkau-tagihan-\d+-2027-01\.xlsx", download.value.suggested_filename)


def _checker_signs(browser: Browser, site: str, decree: str, axe: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=site, locale="id-ID")
    checker = context.new_page()
    checker.goto("/")
    checker.get_by_role("button", name="atau sebagai pemeriksa").click()
    checker.goto(decree)
    check(checker, axe)
    checker.get_by_role("button", name="Tanda tangani").click()
    expect(checker.get_by_role("status")).to_contain_text("ditandatangani")
    for page in ("/bantuan/", "/bantuan/berakhir/"):
        checker.goto(page)
        check(checker, axe)
    checker.goto("/bantuan/")
    checker.get_by_role("link", name="DBH-CHT 2026").click()
    check(checker, axe)
    checker.get_by_role("link", name="Lihat calon").click()
    check(checker, axe)
    context.close()
