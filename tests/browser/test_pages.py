"""Every page in a real browser: it says what it must, fits a phone, and axe finds nothing serious."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SERIOUS = {"serious", "critical"}


def check(page: Page, axe: str) -> None:
    """No serious finding, nothing wider than the screen, the banner of invented data in sight."""
    # runs in an isolated world, so that the page's own policy stays as strict as it is served
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
    session.send("Runtime.evaluate", {"expression": axe + ";0", "contextId": world})
    answer = session.send(
        "Runtime.evaluate",
        {"expression": "axe.run(document).then(r => JSON.stringify(r.violations.map(v => [v.impact, v.id, "
         "v.nodes.slice(0, 3).map(n => n.target.join(' '))])))",
         "contextId": world, "awaitPromise": True},
    )  # fmt: skip
    import json

    found = json.loads(answer["result"]["value"])
    assert [violation for violation in found if violation[0] in SERIOUS] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.get_by_text("Data rekaan")).to_be_visible()


def test_beranda(page: Page, axe: str):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\d+,\d\s%.*terlindungi"))
    expect(page.get_by_text("indikatif").first).to_be_visible()
    page.wait_for_selector("canvas")
    check(page, axe)


def test_a_district_and_a_village(page: Page, axe: str):
    page.goto("/wilayah/32.02/")
    check(page, axe)
    page.get_by_role("main").get_by_role("link", name="Cisolok").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kecamatan Cisolok")
    check(page, axe)
    page.get_by_role("main").get_by_role("link", name="Pasirbaru").first.click()
    page.wait_for_url(re.compile(r"/wilayah/32\.02\.05\.\d{4}/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pasirbaru")
    check(page, axe)


def test_daftar_and_one_list(page: Page, axe: str):
    page.goto("/daftar/")
    check(page, axe)
    page.locator("main table a[href^='/daftar/']").first.click()
    expect(page.get_by_text("Kolom yang dipahami")).to_be_visible()
    check(page, axe)


def test_pekerja_search_and_profile_without_names_in_addresses(page: Page, axe: str):
    page.goto("/pekerja/")
    check(page, axe)
    box = page.get_by_role("main").get_by_role("textbox").first
    box.fill("siti")
    box.press("Enter")
    page.wait_for_load_state()
    assert "siti" not in page.url.lower()
    check(page, axe)
    page.locator("main a[href^='/pekerja/']").first.click()
    expect(page.get_by_role("main")).to_contain_text("********")
    check(page, axe)


def test_padanan_by_keyboard(page: Page, axe: str):
    page.goto("/padanan/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Orang yang sama?")
    check(page, axe)
    status, question = page.locator("#padanan .sub"), page.locator(".pair-actions form")
    decided = int(re.match(r"\d+", status.inner_text())[0])
    asked = question.get_attribute("action")
    page.keyboard.press("l")
    expect(question).not_to_have_attribute("action", asked)
    page.keyboard.press("s")
    expect(status).to_contain_text(re.compile(rf"^{decided + 1} dari"))
    check(page, axe)
    page.get_by_role("button", name="Batalkan yang terakhir").click()
    expect(status).to_contain_text(re.compile(rf"^{decided} dari"))
    page.goto("/padanan/keputusan/")
    expect(page.get_by_role("main")).to_contain_text("dibatalkan")
    check(page, axe)


def test_language_switch(desk: Page):
    desk.goto("/")
    desk.get_by_role("button", name=re.compile("English|EN")).first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("covered")


def test_a_page_that_is_not_there(page: Page):
    answer = page.request.get("/wilayah/99.99/")
    assert answer.status == 404
    assert "wilayah" in answer.text().lower()


def test_policy_is_strict(desk: Page):
    policy = desk.request.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


@pytest.mark.parametrize("address", ["/wilayah/32.02/", "/daftar/", "/pekerja/"])
def test_pages_without_a_map_stay_small(desk: Page, address: str):
    sizes: list[int] = []
    desk.on("response", lambda response: sizes.append(int(response.headers.get("content-length") or 0)))
    desk.goto(address)
    desk.wait_for_load_state("networkidle")
    assert sum(sizes) < 300_000
