"""The signals find the portfolios that were made doubtful, and few others, on seeds that nobody looked at before."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.measures.signals import KINDS, MEMBER_SCHEMA, RECRUIT_SCHEMA, signals
from jangkau.core.synthetic import invent
from jangkau.core.synthetic.doubts import portfolios

AS_OF = date(2026, 10, 31)
KEY = ["agent_id", "kind", "id"]


@pytest.mark.parametrize("seed", [101, 404, 707, 808])
def test_planted_cases_are_found_and_few_others(gazetteer: Gazetteer, seed: int) -> None:
    regency = invent(gazetteer, area=RegionCode("32.02"), workers=60_000, seed=seed, as_of=AS_OF)
    recruits, members, truth = portfolios(regency)
    found = signals(
        recruits.select(list(RECRUIT_SCHEMA)), members.select(list(MEMBER_SCHEMA)), as_of=AS_OF, age_limit=65
    )
    concerned = found.select("agent_id", "kind", id="recruits").explode("id")
    hits = concerned.join(truth, on=KEY, how="inner").height
    assert truth["kind"].n_unique() == len(KINDS)
    assert hits / concerned.height >= 0.9  # precision
    assert hits / truth.height >= 0.9  # recall
    for kind, told in truth.group_by("kind"):
        seen = concerned.filter(pl.col("kind") == kind[0])
        right = seen.join(told, on=KEY, how="inner").height
        assert right / told.height >= 0.9 and right >= seen.height - 1, kind
    agents = concerned.select("agent_id", "kind").unique()
    true_agents = truth.select("agent_id", "kind").unique()
    both = agents.join(true_agents, on=["agent_id", "kind"], how="inner").height
    assert both / agents.height >= 0.9 and both / true_agents.height >= 0.9


def test_the_rest_of_the_regency_is_not_touched(regency) -> None:
    before = regency.acquisitions.clone(), regency.memberships.clone()
    portfolios(regency)
    assert regency.acquisitions.equals(before[0]) and regency.memberships.equals(before[1])


def test_honest_portfolios_raise_nothing(regency) -> None:
    """Families on one phone, a neighbour who helps three, a member who died after a year."""
    honest = pl.DataFrame(
        {
            "id": range(12), "agent_id": [1] * 12, "person_id": range(12), "kk": [f"{n // 4}" for n in range(12)],
            "nik": [f"320201{n + 1:02d}0180{9000 + n}" for n in range(12)], "phone": ["0812345678"] * 12,
            "birth_date": [date(1980, 1, n + 1) for n in range(12)], "died_on": [date(2026, 5, 1)] * 12,
            "registered_on": [date(2025, 1, 5)] * 12, "paid_until": [date(2025, 1 + n % 8, 1) for n in range(12)],
            "kpj": [f"25{n:09d}" for n in range(12)], "account": [None] * 12,
        },
        schema=RECRUIT_SCHEMA,
    )  # fmt: skip
    members = honest.select("person_id", "kpj", since=pl.col("registered_on"), paid_until="paid_until")
    assert signals(honest, members, as_of=AS_OF, age_limit=65).is_empty()
    assert signals(honest.clear(), members.clear(), as_of=AS_OF, age_limit=65).is_empty()
