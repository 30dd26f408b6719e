"""A real browser on a real server with an invented regency. Needs Debian's chromium; CI requires it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.openid_provider import Provider, running

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
AXE = Path(__file__).parent / "axe.min.js"


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("JANGKAU_DATA", "DATABASE_URL")}


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """The sign-in of an office that the site knows."""
    with running() as provider:
        yield provider


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[str]:
    """The address of `jangkau serve` on an invented regency of 2,000 workers; by its name, which passkeys need."""
    data = str(tmp_path_factory.mktemp("site") / "demo")
    command = [sys.executable, "-m", "jangkau.web.site"]
    made = subprocess.run(
        [*command, "demo", "--workers", "2000", "--no-serve", "--data", data],
        env=_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office = {"ISSUER": provider.issuer, "CLIENT": provider.client, "SECRET": provider.secret}
    environment = _environment() | {f"JANGKAU_OIDC_{name}": said for name, said in office.items()}
    server = subprocess.Popen([*command, "serve", "--port", str(port), "--data", data], env=environment)
    address = f"http://localhost:{port}"
    try:
        _wait_for(f"{address}/hidup/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
        else:
            return


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ends with the last test of this folder: while it runs, its thread has an event loop, in which Django asks no
    database."""
    binary = shutil.which("chromium")
    if binary is None:
        message = "chromium is missing: install the package chromium"
        if os.environ.get("JANGKAU_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=binary, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(params=[(1440, 1000), (360, 740)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str, provider: Provider) -> Iterator[Page]:
    """A signed-in page; at the end no error on the console and no request to another host but the office's sign-in."""
    width, height = request.param
    yield from _watched(browser, site, provider, width, height)


@pytest.fixture
def desk(browser: Browser, site: str, provider: Provider) -> Iterator[Page]:
    """A signed-in page of 1440 px."""
    yield from _watched(browser, site, provider, 1440, 1000)


@pytest.fixture
def phone(browser: Browser, site: str, provider: Provider) -> Iterator[Page]:
    """A signed-in page of 360 px."""
    yield from _watched(browser, site, provider, 360, 740)


def _watched(browser: Browser, site: str, provider: Provider, width: int, height: int) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": height}, base_url=site, locale="id-ID"
    )
    opened = context.new_page()
    requested: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: requested.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto("/")
    opened.get_by_role("button", name="Masuk ke contoh").click()
    opened.wait_for_url(f"{site}/")
    yield opened
    context.close()
    assert [url for url in requested if not url.startswith((site, provider.issuer, "data:", "blob:"))] == []
    assert complaints == []


@pytest.fixture
def axe() -> str:
    return AXE.read_text()
