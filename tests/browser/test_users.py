"""In a real browser: an administrator opens an account and gives it a village, its owner sees that village alone; two
administrators open the wage to the other side, whose officer sees it until it is closed again."""

from __future__ import annotations

import secrets

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def leave(page: Page) -> None:
    page.locator(".side").get_by_role("button", name="Keluar").click()
    page.goto("/akun/login/")


def enter(page: Page, name: str, password: str) -> None:
    page.get_by_label("Nama pengguna").fill(name)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()


def enter_as_administrator(desk: Page) -> None:
    leave(desk)
    desk.get_by_text("Atau sebagai petugas instansi lain").click()
    desk.get_by_role("button", name="Pengelola pengguna").click()


def open_account(desk: Page, role: str, area: str) -> tuple[str, str]:
    """An account with a role, opened by the administrator; name and first password."""
    name = f"asep-{secrets.token_hex(3)}"
    desk.get_by_label("Nama pengguna").fill(name)
    desk.get_by_role("button", name="Buat akun").click()
    password = desk.locator("code").inner_text()
    desk.get_by_label("Peran").select_option(role)
    desk.locator("#id_area_code").select_option(area)
    desk.get_by_role("button", name="Beri hak").click()
    return name, password


def test_a_clerk_gets_a_village_and_sees_it_alone(desk: Page, axe: str):
    enter_as_administrator(desk)
    desk.locator(".side").get_by_role("link", name="Pengguna", exact=True).click()
    check(desk, axe)
    name, password = open_account(desk, "village_clerk", "32.02.01.2003")
    check(desk, axe)
    expect(desk.get_by_text("Operator desa/kelurahan").first).to_be_visible()
    leave(desk)
    enter(desk, name, password)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Citepus")
    assert desk.request.get("/wilayah/32.02.29/").status == 403
    desk.locator(".side").get_by_role("link", name=name).click()
    check(desk, axe)


def test_the_wage_is_opened_to_the_other_side_and_closed_again(desk: Page, phone: Page, axe: str):
    phone.goto("/pekerja/desa/32.02.01.2003/?state=paid_up&segment=pu")  # as an officer of the labour office
    phone.locator("main tbody th a").first.click()
    wage = phone.get_by_role("main").get_by_text("· upah ").first
    expect(wage).to_contain_text("milik cabang")

    enter_as_administrator(desk)
    desk.goto("/pengguna/")
    name, password = open_account(desk, "administrator", "32.02")
    desk.goto("/batas-data/")
    desk.get_by_label("Kolom", exact=True).select_option("wage")
    desk.get_by_label("Dibuka bagi").select_option("labour_office")
    desk.get_by_label("Nomor perjanjian").fill("PKS 12/2026")
    for label in ("Tanggal perjanjian", "Berlaku sejak", "Sampai dengan"):
        desk.get_by_label(label).fill(str(timezone.localdate()))
    desk.get_by_role("button", name="Usulkan").click()
    expect(desk.get_by_text("menunggu orang kedua")).to_be_visible()
    expect(desk.get_by_role("button", name="Setujui")).to_have_count(0)
    phone.reload()
    expect(wage).to_contain_text("milik cabang")

    leave(desk)
    enter(desk, name, password)
    desk.goto("/batas-data/")
    check(desk, axe)
    desk.get_by_role("button", name="Setujui").click()
    expect(desk.get_by_text("berlaku", exact=True)).to_be_visible()
    phone.reload()
    expect(wage).to_contain_text("upah Rp")

    desk.set_viewport_size({"width": 360, "height": 740})
    check(desk, axe)
    desk.get_by_role("button", name="Akhiri").click()
    expect(desk.get_by_text("diakhiri", exact=True)).to_be_visible()
    phone.reload()
    expect(wage).to_contain_text("milik cabang")
