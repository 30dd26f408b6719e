"""A village work is noted with its roster, workers come late, the gap closes; clean at 360 and 1440 px."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def add(page: Page, pasted: str, first: str, named: str) -> None:
    if not page.get_by_role("textbox", name="Pekerja", exact=True).is_visible():
        page.get_by_text("Tambah pekerja", exact=True).click()
    page.get_by_role("textbox", name="Pekerja", exact=True).fill(pasted)
    page.get_by_label(re.compile("^Hari pertama bekerja")).fill(first)
    page.get_by_label("Dinamai pada").fill(named)
    page.get_by_role("button", name="Tambahkan").click()


def test_a_work_its_late_workers_and_the_gap_that_closes(page: Page, axe: str) -> None:
    page.goto("/proyek-desa/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("perlindungan|terlindungi"))
    check(page, axe)
    page.get_by_role("link", name="Catat proyek").first.click()
    page.get_by_label("Kegiatan").fill("Rabat beton Gang Melati")
    page.get_by_label(re.compile("^Nilai RAB")).fill("98.750.000")
    page.get_by_label("Hari kerja pertama").fill("2026-10-12")
    page.get_by_label("Hari kerja terakhir").fill("2026-11-30")
    check(page, axe)
    page.get_by_role("button", name="Simpan").click()
    gap = page.locator("#celah")
    expect(gap).to_contain_text("20 hari kerja proyek berlalu")
    roster = (
        "NIK\tNama\tTugas\tUpah/hari\n3202011203803841\tUjang Contoh\tTukang\t140000\n\tDedi Contoh\tPekerja\t110000"
    )
    add(page, roster, "2026-10-12", "2026-10-11")
    expect(page.get_by_role("status")).to_contain_text("2 pekerja ditambahkan")
    expect(gap).to_contain_text("2 pekerja sedang bekerja tanpa perlindungan")
    step = page.locator("section", has=page.get_by_role("heading", name="Langkah berikutnya"))
    step.get_by_label("Tanggal").first.fill("2026-10-20")
    step.get_by_label("Nomor sertifikat").fill("JK-2026-001")
    step.get_by_role("button", name="Terdaftar").click()
    step.get_by_label("Tanggal").first.fill("2026-10-21")
    step.get_by_label("Nomor kuitansi").fill("KW-2026-001")
    step.get_by_role("button", name="Iuran dibayar").click()
    expect(gap).not_to_contain_text("sedang bekerja tanpa perlindungan")
    expect(gap).to_contain_text("9 hari kerja proyek berlalu sebelum perlindungan mulai")
    expect(page.get_by_role("link", name="Bukti untuk desa (PDF)")).to_be_visible()
    add(page, "Cecep Contoh\nYayan Contoh", "2026-10-26", "2026-10-29")
    expect(gap).to_contain_text("2 perubahan pekerja belum dilaporkan ke cabang")
    expect(gap).to_contain_text("2 pekerja dinamai setelah hari pertama")
    check(page, axe)
    page.get_by_role("button", name="Sudah dilaporkan").click()
    expect(gap).not_to_contain_text("belum dilaporkan")
    expect(page.locator("#pekerja")).to_contain_text("4 orang bekerja")


def test_the_other_pages_of_village_works(page: Page, axe: str) -> None:
    for address in ("celah/", "anggaran/?finding=missing", "calon-bpu/"):
        page.goto(f"/proyek-desa/{address}")
        check(page, axe)
