"""How long until somebody with a slow phone sees Beranda of the register that the steps before made: Chromium with a
quarter of the processor and a slow line (1.6 Mbit/s, 150 ms), nothing kept from before. Called by `python -m bench`."""

from __future__ import annotations

import shutil
import statistics
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, CDPSession, sync_playwright

from bench.load import served
from bench.outcome import Outcome
from bench.steps import User  # and Django is set up

VISITS = 5
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4  # times
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def step_paint(folder: Path, workers: int) -> Outcome:
    user, _ = User.objects.get_or_create(username="paint", defaults={"is_superuser": True})
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with served() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        site = f"http://127.0.0.1:{port}"
        context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=site)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        _visit(context, "/")  # nobody waits for the first look at a file
        floor = _visit(context, "/hidup/")[0]
        seen = [_visit(context, "/") for _ in range(VISITS)]
        browser.close()
    seconds = statistics.median(paint for paint, _, _ in seen)
    _, weight, map_weight = seen[-1]
    amount = f"{weight / 1000:.0f} kB, and the map {map_weight / 1000:.0f} kB"
    return seconds, "a page that says ok", floor, amount


def _visit(context: BrowserContext, address: str) -> tuple[float, int, int]:
    """Seconds to the first paint, bytes that travelled, and bytes of the map."""
    page = context.new_page()
    line: CDPSession = context.new_cdp_session(page)
    sizes, addresses = {}, {}
    line.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    line.on("Network.loadingFinished", lambda got: sizes.update({got["requestId"]: got["encodedDataLength"]}))
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="networkidle")
    page.wait_for_function(FIRST_PAINT)
    paint = page.evaluate(FIRST_PAINT) / 1000
    page.close()
    of_map = sum(size for request, size in sizes.items() if "/peta/" in addresses[request])
    return paint, sum(sizes.values()) - of_map, of_map
