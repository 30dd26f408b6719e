"""The story of docs/guide/a-list-arrives.md in a browser: a clerk's list is read, published, counted, taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def clerk_list(tmp_path: Path) -> Path:
    place = tmp_path / "Data Pekerja Desa Citepus Baru.xlsx"
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet("DATA")
        sheet.write_row(0, 0, ["DAFTAR PEKERJA RENTAN DESA CITEPUS"])
        sheet.write_row(1, 0, ["KECAMATAN PALABUHANRATU KABUPATEN SUKABUMI"])
        sheet.write_row(3, 0, ["NO", "NAMA", "NIK", "TANGGAL LAHIR", "L/P", "ALAMAT", "RT", "RW", "PEKERJAAN"])
        people = [
            ("ZUBAEDAH KANTRAWANGI", "3202015204857991", "12-04-1985", "P"),
            ("ZULKIPLI KANTRAWANGI", 3202011203807990, "31-02-1980", "L"),  # a number has lost its last digit
        ]
        for number, person in enumerate(people, 1):
            sheet.write_row(3 + number, 0, [number, *person, "Kp. Cibuntu", "001", "002", "Nelayan"])
    return place


def test_a_list_arrives(desk: Page, clerk_list: Path):
    desk.goto("/daftar/")
    desk.locator("input[type=file]").first.set_input_files(str(clerk_list))
    desk.get_by_role("button", name=re.compile("Kirim")).first.click()
    publish = desk.get_by_role("button", name=re.compile("Publikasikan"))
    expect(publish).to_be_visible(timeout=30_000)
    main = desk.get_by_role("main")
    expect(main).to_contain_text("NIK kehilangan angka terakhir")
    expect(main).to_contain_text("Tanggal lahir tidak terbaca")
    expect(main).to_contain_text("NAMA")
    publish.click()
    take_back = desk.get_by_role("button", name=re.compile("Tarik kembali"))
    expect(take_back).to_be_visible(timeout=30_000)
    address = desk.url
    desk.goto("/pekerja/")
    desk.get_by_role("main").get_by_role("textbox").first.fill("kantrawangi")
    desk.get_by_role("main").get_by_role("textbox").first.press("Enter")
    expect(desk.get_by_role("main")).to_contain_text("ZUBAEDAH KANTRAWANGI")
    desk.get_by_role("link", name="ZUBAEDAH KANTRAWANGI").click()
    expect(desk.get_by_role("main")).to_contain_text("Data Pekerja Desa Citepus Baru.xlsx")
    expect(desk.get_by_role("main")).to_contain_text("Belum terlindungi")
    desk.goto(address)
    take_back.click()
    expect(publish).to_be_visible(timeout=30_000)
    desk.goto("/pekerja/")
    desk.get_by_role("main").get_by_role("textbox").first.fill("kantrawangi")
    desk.get_by_role("main").get_by_role("textbox").first.press("Enter")
    expect(desk.get_by_role("main")).not_to_contain_text("ZUBAEDAH KANTRAWANGI")
