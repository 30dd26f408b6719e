"""A register with a village list and a membership export, and programs with keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.registry.conftest import AS_OF, member_list, regions, register, village_list

from jangkau.registry.access.actions import create_user, issue_token
from jangkau.registry.access.models import API_PERMISSIONS, Agency, Role, User
from jangkau.registry.lists.actions import run_paths

__all__ = ["member_list", "regions", "register", "village_list"]
UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "3202015204859001", "12-04-1985", "P")


@pytest.fixture
def filled(register: Path, village_list: Callable[..., Path], member_list: Callable[..., Path]) -> Path:
    village_list([UJANG, EUIS])
    member_list([("26000000001", UJANG[1], UJANG[0], UJANG[2], "L", "BPU", "2026-10")])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return register


@pytest.fixture
def program(regions: None, db: None) -> Callable[..., Client]:
    """A program with a key: for an area, with permissions, acting for a user who sees `of`."""

    def make(area: str = "32.02", *may: str, of: str | None = None, role: str = Role.OFFICER, days: int = 30) -> Client:
        name = f"program{User.objects.count()}"
        user = create_user(username=name, password="x", area_code=of or area, role=role, agency=Agency.BRANCH)
        ends_on = date.today() + timedelta(days=days)  # noqa: DTZ011  keys end by the day of the office
        _, key = issue_token(
            name=name, user=user, area_code=area, permissions=may or API_PERMISSIONS, ends_on=ends_on, by=None
        )
        return Client(headers={"host": "localhost", "authorization": f"Bearer {key}"})

    return make
