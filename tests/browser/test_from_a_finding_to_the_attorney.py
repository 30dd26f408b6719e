"""A factory is not registered: the compliance officer of the branch warns it by a letter that can be checked, and looks
at the agenda; the state attorney goes on from a power of attorney; an employer answers and sends its list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@contextmanager
def signed_in(browser: Browser, site: str, who: str, width: int = 1440, lands: str = "/") -> Iterator[Page]:
    """A page of somebody of another agency; at the end no error on the console."""
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site, locale="id-ID")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/")
    page.get_by_text("Atau sebagai petugas instansi lain").click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{site}{lands}")
    yield page
    context.close()
    assert complaints == []


def test_the_branch_warns_a_firm_that_is_not_registered(browser: Browser, site: str, axe: str):
    with signed_in(browser, site, "Petugas kepatuhan cabang") as page:
        page.get_by_role("link", name="Perusahaan", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("belum memenuhi kewajiban")
        page.goto("/perusahaan/?finding=pwbd&case=none")
        check(page, axe)
        page.get_by_role("main").locator("tbody th a").first.click()
        expect(page.get_by_text("tidak ada di daftar perusahaan peserta")).to_be_visible()
        expect(page.get_by_role("heading", name="Baris daftar yang menyebutnya")).to_be_visible()
        check(page, axe)
        page.get_by_role("button", name=re.compile("^Buka perkara.*PWBD")).click()
        page.get_by_role("link", name="Lihat perkaranya").click()
        page.get_by_role("link", name="Teguran pertama").click()
        check(page, axe)
        page.get_by_role("button", name="Catat", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Teguran pertama")
        expect(page.get_by_text("10 hari kerja lagi")).to_be_visible()
        page.get_by_role("button", name="Buat surat bernomor").click()
        expect(page.get_by_role("status")).to_contain_text(re.compile(r"Surat B/SP1-\d{3}/"))
        check(page, axe)
        page.get_by_role("link", name="periksa").click()
        expect(page.get_by_role("heading", name="Surat ini asli")).to_be_visible()
        check(page, axe)
        page.goto("/perkara/jenis/compliance/?state=data_check")
        page.locator("tbody input[type=checkbox]").first.check()
        page.get_by_label("Langkah", exact=True).select_option("Catat kunjungan")
        page.get_by_role("button", name="Catat langkah").click()
        expect(page.get_by_role("status")).to_contain_text("1 perkara: Catat kunjungan.")
        page.get_by_role("link", name="Agenda bersama").first.click()
        page.get_by_label("Giliran").select_option("DPMPTSP")
        expect(page.get_by_text("Berlakukan TMP2T").first).to_be_visible()
        check(page, axe)
        page.goto("/perusahaan/tunggakan/")
        expect(page.get_by_text("praktik cabang Pekalongan 2016")).to_be_visible()
        check(page, axe)


def test_an_employer_sees_its_debt_answers_and_sends_its_list(browser: Browser, site: str, axe: str):
    with signed_in(browser, site, "Perusahaan", 360, lands="/perusahaan/saya/") as page:
        expect(page.get_by_role("heading", level=1)).to_contain_text("perlu diselesaikan")
        expect(page.get_by_role("link", name="Beranda")).to_have_count(0)
        check(page, axe)
        page.get_by_label("Jawaban Anda").first.fill("Bukti pembayaran kami lampirkan")
        bill = {"name": "kuitansi.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 rekaan"}
        page.get_by_label(re.compile("^Bukti")).first.set_input_files(bill)
        page.get_by_role("button", name=re.compile("^Kirim jawaban")).first.click()
        expect(page.get_by_role("status")).to_contain_text("Jawaban terkirim")
        wages = b"NIK;NAMA;TGL LAHIR;UPAH\n3202014101909001;SITI CONTOH;01-01-1990;2500000\n"
        page.get_by_label("Berkas daftar").set_input_files(
            {"name": "gaji.csv", "mimeType": "text/csv", "buffer": wages}
        )
        page.get_by_role("button", name="Kirim daftar").click()
        expect(page.get_by_role("status")).to_contain_text("Daftar diterima")
        expect(page.get_by_text("gaji.csv", exact=True)).to_be_visible()
        check(page, axe)
        assert page.request.get("/perusahaan/").status == 403
    with signed_in(browser, site, "Petugas kepatuhan cabang") as page:
        page.goto("/perusahaan/")
        expect(page.get_by_text("Bukti pembayaran kami lampirkan")).to_be_visible()
        page.get_by_role("region", name="Jawaban perusahaan").get_by_role("link").first.click()
        expect(page.get_by_role("link", name="kuitansi.pdf")).to_be_visible()
        page.get_by_role("link", name="Lihat perusahaan dan buktinya").click()
        page.get_by_role("link", name="Akun perusahaan").click()
        expect(page.get_by_text("contoh-perusahaan").first).to_be_visible()
        check(page, axe)


def test_the_state_attorney_goes_on_from_the_power_of_attorney(browser: Browser, site: str, axe: str):
    with signed_in(browser, site, "Jaksa pengacara negara", 360) as page:
        page.goto("/perkara/jenis/compliance/?state=skk_issued")
        check(page, axe)
        page.locator("tbody th a").first.click()
        expect(page.get_by_text(re.compile(r"^B/SKK-\d{3}/"))).to_be_visible()
        expect(page.get_by_role("link", name="Teguran pertama")).to_have_count(0)
        page.get_by_role("link", name="Kirim somasi").click()
        page.get_by_role("button", name="Catat", exact=True).click()
        expect(page.get_by_role("link", name="Sepakati angsuran")).to_have_count(1)
        page.get_by_role("button", name="Buat surat bernomor").click()
        expect(page.get_by_role("status")).to_contain_text(re.compile(r"Surat B-001/SOM/"))
        page.get_by_role("link", name="Sepakati angsuran").click()
        page.get_by_label("Nilai tagihan").fill("Rp45.000.000")
        page.get_by_label("Banyaknya angsuran").fill("3")
        page.get_by_role("button", name="Catat", exact=True).click()
        page.get_by_role("link", name="Catat pembayaran angsuran").click()
        page.get_by_label("Rupiah yang dibayar").fill("15.000.000")
        page.get_by_role("button", name="Catat", exact=True).click()
        expect(page.get_by_text("Rp15.000.000")).to_be_visible()
        check(page, axe)
        page.goto("/perusahaan/")
        expect(page.get_by_text("Iuran dibayar")).to_be_visible()
        check(page, axe)
        page.goto("/tindak-lanjut/")
        check(page, axe)
