"""In a real browser: an administrator opens an account and gives it a village; its owner sees that village alone."""

from __future__ import annotations

import secrets

import pytest
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


def open_account(desk: Page, axe: str) -> tuple[str, str]:
    """An operator of Citepus, opened by the administrator; name and first password."""
    name = f"asep-{secrets.token_hex(3)}"
    leave(desk)
    desk.get_by_text("Atau sebagai petugas instansi lain").click()
    desk.get_by_role("button", name="Pengelola pengguna").click()
    desk.locator(".side").get_by_role("link", name="Pengguna", exact=True).click()
    check(desk, axe)
    desk.get_by_label("Nama pengguna").fill(name)
    desk.get_by_role("button", name="Buat akun").click()
    password = desk.locator("code").inner_text()
    desk.get_by_label("Peran").select_option("village_clerk")
    desk.locator("#id_area_code").select_option("32.02.01.2003")
    desk.get_by_role("button", name="Beri hak").click()
    check(desk, axe)
    expect(desk.get_by_text("Operator desa/kelurahan").first).to_be_visible()
    leave(desk)
    return name, password


def test_a_clerk_gets_a_village_and_sees_it_alone(desk: Page, axe: str):
    name, password = open_account(desk, axe)
    enter(desk, name, password)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Citepus")
    assert desk.request.get("/wilayah/32.02.29/").status == 403
    desk.locator(".side").get_by_role("link", name=name).click()
    check(desk, axe)
