"""Takes the pictures of the guides from a running demo: python tools/take_pictures.py http://127.0.0.1:8000"""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
DESK, PHONE = {"width": 1440, "height": 1080}, {"width": 360, "height": 780}
OFFICER, ADMINISTRATOR = "Masuk ke contoh", "Pengelola pengguna"


def a_list_with_problems(page: Page) -> None:
    page.goto("/daftar/?kind=village_officials")
    page.locator("main table").get_by_role("link", name=re.compile("Perangkat desa")).first.click()


PICTURES: dict[str, tuple[str, dict[str, int], str | Callable[[Page], None]]] = {  # name: who, screen, where
    "beranda": (OFFICER, DESK, "/"),
    "wilayah": (OFFICER, DESK, "/wilayah/32.02.16/"),
    "daftar": (OFFICER, DESK, "/daftar/"),
    "ponsel": (OFFICER, PHONE, "/"),
    "masalah": (OFFICER, PHONE, a_list_with_problems),
    "pengguna": (ADMINISTRATOR, DESK, "/pengguna/"),
}


def take(browser: Browser, address: str, folder: Path) -> None:
    """Writes each picture as a PNG of its name."""
    for name, (who, screen, where) in PICTURES.items():
        context = browser.new_context(viewport=screen, base_url=address, locale="id-ID")  # type: ignore[arg-type]  # two numbers
        page = context.new_page()
        page.goto("/akun/login/")
        if who != OFFICER:
            page.get_by_text("Atau sebagai petugas instansi lain").click()
        page.get_by_role("button", name=who, exact=True).click()
        if isinstance(where, str):
            page.goto(where)
        else:
            where(page)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=folder / f"{name}.png", animations="disabled")
        context.close()


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        take(browser, address, FOLDER)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
