"""How the tests share the workers: what shares a costly set-up goes to one of them, and the longest begin first.
Properties are asked on machines that do other work, too: that examples come slowly says nothing about the code."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = (
    "tests/browser/", "tests/postgres/test_moving.py", "tests/web/test_command_line.py", "tests/web/test_backups.py",
)  # fmt: skip
LONGEST = (
    "tests/postgres/test_on_postgres.py", "tests/browser/", "tests/registry/test_harmed_lists.py",
    "tests/stories/test_killed.py", "tests/postgres/", "tests/stories/", "tests/web/test_command_line.py",
    "tests/web/test_backups.py", "tests/web/test_upgrade.py",
)  # fmt: skip

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


class InLots(LoadScopeScheduling):
    """Every test by itself but those of a lot. The mark xdist_group is not read with this pytest."""

    def _split_scope(self, nodeid: str) -> str:
        return next((lot for lot in TOGETHER if nodeid.startswith(lot)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> InLots:
    config.option.loadscopereorder = False
    return InLots(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same order in every worker."""
    items.sort(key=lambda item: next((n for n, lot in enumerate(LONGEST) if item.nodeid.startswith(lot)), len(LONGEST)))


@pytest.fixture(autouse=True)
def own_register() -> Iterator[None]:
    """A command tells later processes which register it works on; the next test begins without that."""
    before = os.environ["JANGKAU_DATA"]
    yield
    os.environ["JANGKAU_DATA"] = before
