"""The monthly report, in a real browser: asked for, made by the worker while the page waits, taken home as paper,
workbook and picture; the figure of the home page stands in it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def taken(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(f"main tbody tr:first-child a[download$='{name}']").click()
    place = folder / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place


def test_the_monthly_report_is_asked_for_and_taken_home(desk: Page, axe: str, tmp_path: Path):
    said = desk.get_by_role("heading", level=1).inner_text().replace("\N{NO-BREAK SPACE}", " ")
    percent = said.split(" pekerja")[0]
    desk.get_by_role("link", name="Laporan", exact=True).first.click()
    desk.locator("select[name=kind]").select_option("monthly")
    desk.get_by_role("button", name="Buat", exact=True).click()
    expect(desk.locator("main tbody tr:first-child a[download$='.pdf']")).to_be_visible(timeout=90_000)
    check(desk, axe)
    with pypdfium2.PdfDocument(taken(desk, ".pdf", tmp_path)) as paper:
        first = paper[0].get_textpage().get_text_range().replace("\N{NO-BREAK SPACE}", " ")
    assert percent in first and "Apa yang berubah" in first
    book = load_workbook(taken(desk, ".xlsx", tmp_path))
    assert {"Wilayah", "Desa", "Kelompok", "Perkembangan"} <= set(book.sheetnames)
    assert taken(desk, ".png", tmp_path).read_bytes().startswith(b"\x89PNG")
