"""The tests of the registry once more, on PostgreSQL; its slow ones read files and ask no database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def test_the_registry_on_postgresql(cluster: str):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/registry", "-m", "not slow", "-q", "-p", "no:cacheprovider",
         "--no-cov"],
        cwd=ROOT, env=environment | {"DATABASE_URL": cluster}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
