"""A PostgreSQL cluster of the tests' own on loopback, gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from bench import cluster as own


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    programs = own.binaries()
    if programs is None:
        message = "PostgreSQL server binaries are missing: install the package postgresql"
        if os.environ.get("JANGKAU_REQUIRE_POSTGRES"):
            pytest.fail(message)
        pytest.skip(message)
    with own.cluster(programs) as address:
        yield address
