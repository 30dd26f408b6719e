"""Tests that ask the database once more, on PostgreSQL: all of the registry, and of the other rooms those that lock,
count, sort or write in bulk. Slow ones read files and ask no database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.postgres, pytest.mark.slow]
ASKED = (
    "tests/registry", "tests/programmes/test_claims.py", "tests/programmes/test_help_desk.py",
    "tests/programmes/test_construction_works.py",
    "tests/programmes/subsidy/test_paid_once.py", "tests/programmes/agents/test_portfolios.py",
    "tests/web/test_columns_stay_apart.py", "tests/web/test_data_requests.py",
    "tests/web/api/test_once.py", "tests/web/api/test_webhooks.py",
)  # fmt: skip


def test_the_rooms_on_postgresql(cluster: str):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *ASKED, "-m", "not slow", "-q", "-p", "no:cacheprovider",
         "--no-cov"],
        cwd=ROOT, env=environment | {"DATABASE_URL": cluster}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
