"""A family comes to the help desk: the person is found, the right is worked out, papers are ticked, the claim is handed
in and paid, and what was paid stands beside the estimate. Clean at 1440 and 360 px."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_from_a_finding_to_the_attorney import signed_in
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_family_comes_in(desk: Page, browser: Browser, site: str, axe: str) -> None:
    desk.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Hak belum diklaim").click()
    check(desk, axe)
    died = desk.get_by_role("table").get_by_role("link").first
    name = died.inner_text()
    died.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(name)
    desk.get_by_text("Cacat sebagian").click()  # the table of the law opens without a script
    desk.get_by_text("Kerabat yang ada").click()
    desk.get_by_label("saudara kandung").check()
    desk.get_by_role("button", name="Hitung haknya").click()
    expect(desk.get_by_role("cell", name=re.compile(r"Rp(42|10)\.000\.000")).first).to_be_visible()
    expect(desk.get_by_text("Ahli waris yang berhak lebih dahulu: saudara kandung")).to_be_visible()
    check(desk, axe)
    desk.get_by_role("checkbox", name="Kematian (JKM)").check()
    desk.get_by_role("button", name="Buka klaim yang dicentang").click()
    for paper in ("kartu peserta", "akta kematian"):
        desk.get_by_label(paper).check()
    desk.get_by_role("button", name="Simpan berkas").click()
    expect(desk.get_by_text("2 dari 9 sudah ada")).to_be_visible()
    check(desk, axe)
    desk.get_by_role("link", name="Langkah berikutnya").click()
    desk.get_by_role("link", name="Serahkan: santunan kematian").click()
    desk.get_by_role("button", name="Catat").click()
    case, handed_in = desk.url, desk.get_by_text("Serahkan: santunan kematian").first
    expect(handed_in).to_be_visible()
    with signed_in(browser, site, "Petugas kepatuhan cabang") as branch:
        branch.goto(case)
        branch.get_by_role("link", name="Catat pembayaran").click()
        branch.get_by_label("Rupiah yang dibayar").fill("5.000.000")
        branch.get_by_label("Tanggal dibayar").fill(branch.get_by_label("Tanggal", exact=True).input_value())
        branch.get_by_role("button", name="Catat").click()
    desk.reload()
    desk.get_by_role("link", name="Meja bantuan").click()
    expect(desk.get_by_text(re.compile("selisih"))).to_be_visible()
    desk.set_viewport_size({"width": 360, "height": 740})
    for page in ("/hak/klaim/", "/hak/tanpa-tanggal/", "/hak/laporan/", "/hak/beasiswa/", desk.url):
        desk.goto(page)
        check(desk, axe)
