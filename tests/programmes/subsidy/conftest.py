"""A register with an invented regency in it, and the people who run a scheme. Everybody is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.registry.conftest import member_list, regions, register, village_list, whole

from jangkau.core.kernel import RegionCode
from jangkau.core.linkage import PEOPLE_SCHEMA
from jangkau.core.synthetic import invent
from jangkau.core.synthetic.regency import InventedRegency
from jangkau.programmes.subsidy.actions.schemes import save_scheme
from jangkau.programmes.subsidy.models import Scheme
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.people.actions import replace_memberships, set_fact, store_people
from jangkau.registry.people.gateways.gazetteer import gazetteer

__all__ = ["member_list", "regions", "register", "village_list", "whole"]
AS_OF = date(2026, 10, 31)
AREA = "32.02"


@pytest.fixture
def maker(register) -> Scope:
    return scope_of(create_user(username="penyusun", password="x", area_code=AREA))


@pytest.fixture
def checker(register) -> Scope:
    return scope_of(create_user(username="pemeriksa", password="x", area_code=AREA))


@pytest.fixture
def opened(maker: Scope) -> Callable[..., Scheme]:
    """Opens a scheme of three places for four months from November 2026 unless told otherwise."""

    def open_scheme(**told: Any) -> Scheme:
        usual = {
            "name": "DBH-CHT 2026", "kind": "dbhcht", "area_id": AREA, "first_month": date(2026, 11, 1), "months": 4,
            "budget": 10**9, "places": 3, "reserve": 2, "income": 1_000_000, "youngest": 15, "oldest": 64,
        }  # fmt: skip
        return save_scheme(maker, Scheme(), usual | told)

    return open_scheme


@pytest.fixture(scope="session")
def regency() -> InventedRegency:
    return invent(gazetteer(), area=RegionCode(AREA), workers=20_000, seed=1, as_of=AS_OF)


def settle(regency: InventedRegency, people: pl.Series) -> None:
    """Brings some people of the regency and their memberships into the register, as lists would have."""
    named = regency.people.filter(pl.col("person_id").is_in(people.implode()))
    known = [name for name in PEOPLE_SCHEMA if name in named.columns]
    empty = {name: pl.lit(None, dtype=dtype) for name, dtype in PEOPLE_SCHEMA.items() if name not in known}
    told = named.select(*known, **empty).with_columns(
        deceased=pl.lit(False), moved_out=pl.lit(False), district_code=pl.col("village_code").str.slice(0, 8)
    )
    store_people(told.select(pl.col(name).cast(dtype) for name, dtype in PEOPLE_SCHEMA.items()))
    members = regency.memberships.filter(pl.col("person_id").is_in(people.implode()))
    replace_memberships(
        1, members.select("person_id", "kpj", "since", "paid_until", segment=pl.col("segment").str.to_lowercase())
    )
    set_fact("as_of", AS_OF.isoformat())
    set_fact("last_person_id", int(regency.people["person_id"].max()))
