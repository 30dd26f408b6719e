"""An agent on a phone of 360 px: from the account that an officer opens to the own portfolio and a new member."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "kebun-teh-pagi-7"


def test_an_agent_on_a_phone(phone: Page, axe: str) -> None:
    phone.goto("/perisai/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("masih membayar")
    check(phone, axe)
    phone.get_by_role("table").first.get_by_role("link").first.click()
    expect(phone.get_by_role("heading", name="Iuran yang terkumpul")).to_be_visible()
    check(phone, axe)
    agent = phone.get_by_role("heading", level=1).inner_text()
    phone.get_by_role("link", name="Perkiraan insentif").click()
    expect(phone.get_by_text("belum diketahui").first).to_be_visible()
    check(phone, axe)
    phone.go_back()
    phone.get_by_role("link", name="Akun agen").click()
    phone.get_by_label("Nama akun").fill("agen.satu")
    phone.get_by_label(re.compile("Kata sandi pertama")).fill(PASSWORD)
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.get_by_text("melihat portofolionya sendiri")).to_be_visible()
    phone.get_by_text("Menu", exact=True).click()
    phone.get_by_role("button", name="Keluar").locator("visible=true").click()

    phone.goto("/akun/login/")
    phone.get_by_label("Nama pengguna").fill("agen.satu")
    phone.locator("input[name=password]").fill(PASSWORD)
    phone.get_by_role("button", name="Masuk", exact=True).click()
    phone.wait_for_url("**/perisai/saya/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("anggota Anda masih membayar")
    expect(phone.get_by_text(agent)).to_be_visible()
    check(phone, axe)
    phone.get_by_role("link", name=re.compile("^Hampir berhenti")).click()
    expect(phone.get_by_role("heading", name=re.compile("Dua atau tiga bulan belum dibayar"))).to_be_visible()
    phone.get_by_role("link", name=re.compile("^Semua")).click()
    check(phone, axe)
    phone.get_by_role("link", name="Anggota baru").click()
    phone.get_by_label("NIK").fill("320201150488000")
    phone.get_by_label("Nama", exact=True).fill("Rina Rekaan")
    phone.get_by_label("Tanggal lahir").fill("1988-04-15")
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.get_by_text("NIK terdiri dari 16 angka")).to_be_visible()
    check(phone, axe)
    phone.get_by_label("NIK").fill("3202011504880007")
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.get_by_text("Anggota baru dicatat.")).to_be_visible()
    phone.get_by_role("link", name=re.compile("^Semua")).click()
    expect(phone.get_by_role("heading", name="Rina Rekaan")).to_be_visible()
    assert phone.request.get("/pekerja/").status == 403  # nothing of the register but the own portfolio
