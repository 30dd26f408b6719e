"""Planned, held, forty people pasted from Excel; a meeting with five points, two of them overdue at the next."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_outreach_is_planned_and_held_with_forty_people_pasted(desk: Page, axe: str) -> None:
    desk.goto("/sosialisasi/capaian/")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("sudah dijangkau")
    desk.wait_for_selector("canvas")
    check(desk, axe)
    left = desk.locator("#belum tbody tr").first
    village = left.get_by_role("link").first.inner_text()
    left.get_by_role("link", name=re.compile("^Rencanakan")).click()
    desk.get_by_label(re.compile("^Tim")).fill("Tim 1")
    check(desk, axe)
    desk.get_by_role("button", name="Simpan").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text(village)
    desk.get_by_label(re.compile("^Biaya")).fill("1.250.000")
    desk.get_by_role("button", name="Catat hasil").click()
    expect(desk.get_by_text("Hasil kegiatan dicatat.")).to_be_visible()
    rows = [f"{n}\tPESERTA NOMOR {n}\t32020112038{n:02d}999\t{village}\t0812345678{n:02d}" for n in range(1, 41)]
    desk.get_by_label(re.compile("^Tempel dari Excel")).fill("NO\tNAMA\tNIK\tDESA\tNO HP\n" + "\n".join(rows))
    desk.get_by_role("button", name="Catat yang hadir").click()
    expect(desk.get_by_text(re.compile("^40 orang dicatat"))).to_be_visible()
    expect(desk.locator("#hadir tbody tr")).to_have_count(40)
    expect(desk.locator("#hadir tbody tr").first).to_contain_text(village)
    expect(desk.locator("#hadir")).not_to_contain_text("3202011203801999")
    check(desk, axe)
    desk.goto("/sosialisasi/capaian/")
    expect(desk.locator("#belum")).not_to_contain_text(village)


def test_what_a_meeting_agreed_comes_back_at_the_next(desk: Page, axe: str) -> None:
    desk.goto("/sosialisasi/baru/")
    desk.get_by_label("Jenis").select_option("meeting")
    desk.get_by_label("Tempat").select_option("32.02")
    desk.get_by_label(re.compile("^Judul")).fill("Rakor percepatan")
    desk.get_by_label(re.compile("^Rangkaian")).fill("Rakor UCJ")
    desk.get_by_role("button", name="Simpan").click()
    points = desk.locator("#kesepakatan fieldset")
    for number, late in enumerate((-9, -2, 5, 30, 60)):
        row = points.nth(number)
        row.get_by_label("Kesepakatan").fill(f"Butir {number + 1}")
        row.get_by_label("Penanggung jawab").fill("Kepala Bidang")
        row.get_by_label("Batas waktu").fill((TODAY + timedelta(days=late)).isoformat())
    desk.get_by_role("button", name="Catat kesepakatan").click()
    expect(desk.locator("#kesepakatan ol li")).to_have_count(5)
    check(desk, axe)
    with desk.expect_download() as paper:
        desk.get_by_role("link", name="Unduh notulen (PDF)").click()
    assert paper.value.suggested_filename.endswith(".pdf")
    desk.get_by_role("link", name="Rencanakan rapat berikutnya").click()
    desk.get_by_role("button", name="Simpan").click()
    agenda = desk.locator("#agenda")
    expect(agenda).to_contain_text("2 lewat batas waktu")
    expect(agenda.locator("tbody tr")).to_have_count(5)
    expect(agenda.locator("tbody tr").first).to_contain_text("Butir 1")
    check(desk, axe)


def test_clean_on_a_phone(phone: Page, axe: str) -> None:
    for page in ("", "baru/", "capaian/", "dampak/", "1/"):
        phone.goto(f"/sosialisasi/{page}")
        check(phone, axe)
