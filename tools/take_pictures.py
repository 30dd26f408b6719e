"""Takes the pictures of docs/pictures from a running demo: python tools/take_pictures.py http://127.0.0.1:8000"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGES = {"beranda": "/", "wilayah": "/wilayah/32.02.16/", "daftar": "/daftar/"}
FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1080}, base_url=address)
        page.goto("/")
        page.get_by_role("button", name="Masuk ke contoh").click()
        for name, path in PAGES.items():
            page.goto(path)
            page.wait_for_load_state("networkidle")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
        page.set_viewport_size({"width": 360, "height": 780})
        page.goto("/")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "ponsel.png", animations="disabled")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
