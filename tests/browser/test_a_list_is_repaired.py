"""Three files at once, the columns confirmed, the corrected workbook repaired and sent again, published and taken back,
by keyboard; on a phone the list is sent, looked at and fetched."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HEAD = ["NO", "NAMA", "NIK", "TANGGAL LAHIR", "L/P", "ALAMAT", "PEKERJAAN"]
WORK = 60_000  # milliseconds in which the worker reads, publishes or takes back a few small lists
PROBLEMS = ("NIK bukan 16 angka", "Tanggal lahir tidak terbaca")


def village_list(place: Path, *people: tuple[str, str, str, str]) -> Path:
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet("DATA")
        sheet.write_row(0, 0, ["DAFTAR PEKERJA RENTAN DESA CITEPUS"])
        sheet.write_row(1, 0, ["KECAMATAN PALABUHANRATU KABUPATEN SUKABUMI"])
        sheet.write_row(3, 0, HEAD)
        for number, person in enumerate(people, 1):
            sheet.write_row(3 + number, 0, [number, *person, "Kp. Cibuntu", "Nelayan"])
    return place


def faulty_list(place: Path) -> Path:
    return village_list(
        place,
        ("KOKOM JANTRALINA", "3202015204857111", "12-04-1985", "P"),
        (f"KOSIM {place.stem.upper()}ALINA", "3202", "31-02-1980", "L"),
    )


def send(page: Page, *files: Path) -> None:
    """Chooses the files; they are sent by keyboard."""
    page.goto("/daftar/")
    page.locator("#files").set_input_files([str(file) for file in files])
    page.get_by_role("button", name="Kirim").press("Enter")


def see_problems(page: Page) -> None:
    for words in PROBLEMS:
        expect(page.get_by_role("main")).to_contain_text(words, timeout=WORK)


def fetch(page: Page, folder: Path) -> Path:
    """Downloads the corrected workbook."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh berkas yang diperbaiki").press("Enter")
    place = folder / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place


def test_a_list_is_repaired(desk: Page, axe: str, tmp_path: Path):
    faulty = faulty_list(tmp_path / "satu.xlsx")
    others = [
        village_list(tmp_path / f"{name}.xlsx", (f"KANIA {name.upper()}ALINA", "", "01-05-1991", "P"))
        for name in ("dua", "tiga")
    ]
    send(desk, faulty, *others)
    for file in (faulty, *others):
        row = desk.get_by_role("row").filter(has_text=file.name)
        expect(row).to_contain_text("Menunggu dipublikasikan", timeout=WORK)
    desk.get_by_role("row").filter(has_text=faulty.name).get_by_role("link").press("Enter")
    see_problems(desk)
    desk.get_by_text("Ubah yang dipahami").press("Enter")
    desk.get_by_role("button", name="Simpan dan baca ulang").press("Enter")
    expect(desk.get_by_text("Dibaca seperti yang ditetapkan")).to_be_visible(timeout=WORK)
    see_problems(desk)

    back = fetch(desk, tmp_path)
    book = openpyxl.load_workbook(back)
    sheet = book["DATA"]
    assert sheet["H6"].value == "perlu diperbaiki" and sheet["C6"].comment is not None
    sheet["C6"], sheet["D6"] = "3202011103807114", "11-03-1980"
    book.save(back)
    send(desk, back)

    publish = desk.get_by_role("button", name=re.compile("Publikasikan"))
    expect(publish).to_be_visible(timeout=WORK)
    for words in PROBLEMS:
        expect(desk.get_by_role("main")).not_to_contain_text(words)
    expect(desk.get_by_role("main")).to_contain_text("Dibanding kiriman sebelumnya")
    publish.press("Enter")
    take_back = desk.get_by_role("button", name="Tarik kembali")
    expect(take_back).to_be_visible(timeout=WORK)
    take_back.press("Enter")
    expect(publish).to_be_visible(timeout=WORK)
    check(desk, axe)


def test_a_list_is_sent_and_fetched_on_a_phone(phone: Page, axe: str, tmp_path: Path):
    send(phone, faulty_list(tmp_path / "ponsel.xlsx"))
    see_problems(phone)
    fetch(phone, tmp_path)
    phone.get_by_text("Ubah yang dipahami").press("Enter")
    expect(phone.get_by_role("button", name="Simpan dan baca ulang")).to_be_visible()
    check(phone, axe)
