"""The list of an invented regency's agents and its membership export through the loop: recruits, who still pays and the
retention curve equal the truth."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest
from tests.core.measures.test_retention import reference

from jangkau.core.kernel import RegionCode
from jangkau.core.synthetic import invent
from jangkau.core.synthetic.branch import write_memberships
from jangkau.core.synthetic.field import write_acquisitions
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.models import Agent
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.people.gateways.gazetteer import gazetteer

AS_OF = date(2026, 10, 31)
CERTAIN = 2026 * 12 + 7  # July: until then everybody's state shows


def test_recruits_and_retention_equal_the_truth(register, whole):
    regency = invent(gazetteer(), area=RegionCode("32.02"), workers=4_000, seed=17, as_of=AS_OF)
    where = regency.places.select("village_code", "village", "name_is_shared")
    enrolled = regency.acquisitions.join(regency.agents, on="agent_id", how="left", maintain_order="left")
    enrolled = enrolled.join(regency.people, on="person_id", how="left", maintain_order="left")
    enrolled = enrolled.join(where, on="village_code", how="left", maintain_order="left")
    rng = np.random.Generator(np.random.PCG64(1))
    write_acquisitions(register / "lists", enrolled, regency.seed, AS_OF, 0.0)
    write_memberships(register / "lists", regency.people, regency.memberships, regency.employers, rng, AS_OF, 0.0)
    run_paths([register / "lists"], as_of=AS_OF, by=None)

    truth = enrolled.join(regency.memberships.select("kpj", "since", "paid_until"), on="kpj", how="left")
    recruits, active = Counter(truth["agent"]), Counter(truth.filter("still_active")["agent"])
    told = {agent.name.upper(): (agent.recruits, agent.active) for agent in Agent.objects.all()}
    assert told == {name.upper(): (recruits[name], active[name]) for name in recruits}

    people = []
    for start, last in truth.select("registered", "paid_until").rows():
        first, until = start.year * 12 + start.month, last.year * 12 + last.month
        months = CERTAIN - first if until >= CERTAIN else max(until - first, 0) + 1
        if months >= 0:
            people.append((months, until < CERTAIN))
    curve = dict(queries.retention(whole).select("month", "share").rows())
    for month in (1, 3, 6, 12, 24, 36):
        assert curve[month] == pytest.approx(float(reference(people, month)[0])), month
