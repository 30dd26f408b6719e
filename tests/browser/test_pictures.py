"""The pictures of the guides can be taken anew from the pages as they are; each is shown, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tools.take_pictures import PICTURES, take

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]


def test_the_pictures_of_the_guides_are_those_that_can_be_taken(browser: Browser, site: str, tmp_path: Path):
    take(browser, site, tmp_path)
    taken = {picture.name for picture in tmp_path.iterdir()}
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    shown = {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text())}
    kept = {picture.name for picture in (ROOT / "docs" / "pictures").iterdir()}
    assert taken == shown == kept == {f"{name}.png" for name in PICTURES}
