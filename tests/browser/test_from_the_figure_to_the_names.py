"""From the home figure to the names in a village, in a real browser: one link after the other, clean for axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_from_the_home_figure_to_the_names_in_a_village(page: Page, axe: str):
    page.goto("/")
    page.get_by_role("link", name="Buka desa").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("terlindungi")
    check(page, axe)
    page.get_by_role("link", name="Nama yang belum terlindungi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"^\d+ pekerja di"))
    check(page, axe)
    page.locator("select[name=state]").select_option("never")
    page.get_by_role("main").get_by_role("button", name="Saring").click()
    page.wait_for_url(re.compile("state=never"))
    names = page.locator("main tbody th a")
    first = names.first.inner_text()
    names.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    assert first.split()[0].lower() not in page.url.lower()


def test_every_figure_leads_to_its_definition(page: Page, axe: str):
    page.goto("/")
    page.locator("main a[href$='#official_ucj']").click()
    page.wait_for_url(re.compile("/pengertian/#official_ucj"))
    expect(page.locator("#official_ucj")).to_contain_text("Penyebut")
    check(page, axe)


def test_all_villages_stand_on_a_page_of_their_own_and_home_stays_small(desk: Page, axe: str):
    sizes, addresses = {}, {}
    line = desk.context.new_cdp_session(desk)
    line.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    line.on("Network.loadingFinished", lambda got: sizes.update({got["requestId"]: got["encodedDataLength"]}))
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    desk.goto("/", wait_until="networkidle")
    sizes = {request: size for request, size in sizes.items() if request in addresses}  # the page before may end late
    of_map = sum(size for request, size in sizes.items() if "/peta/" in addresses[request])
    assert 5_000 < of_map < 150_000  # the outlines of all 386 villages, compressed
    assert 100_000 < sum(sizes.values()) - of_map < 300_000
    desk.get_by_role("link", name=re.compile("^Semua .* desa dan kelurahan")).click()
    expect(desk.locator("main tbody tr").nth(380)).to_be_attached()
    check(desk, axe)
