"""Contributions collected and incentive statements, against amounts worked out by hand; silent agents."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from jangkau.core.kernel import Refused
from jangkau.programmes.agents import queries
from jangkau.programmes.agents.actions import enter_rates, withdraw_rates
from jangkau.programmes.agents.models import Agent, AgentMonth, Rates
from jangkau.programmes.agents.presenters.statements import statement
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.access.permissions import Scope

OFFICE = "Koperasi Sagaldipa"


@pytest.fixture
def agent(agents_list, members, run) -> Agent:
    """Fifty recruits of March 2018 at Rp1,500,000 a month, one of April; two still pay, who were enrolled in 2026."""
    agents_list(
        [(OFFICE, "Andi Juliana", date(2018, 3, 5), n) for n in range(100, 150)]
        + [(OFFICE, "Andi Juliana", date(2018, 4, 5), 150)]
        + [(OFFICE, "Andi Juliana", date(2026, 8, 5), n) for n in (160, 161)]
        + [(OFFICE, "Ecin Mardiana", date(2026, 5, 5), n) for n in (170, 171)]
    )
    members(dict.fromkeys(range(100, 151), "2018-05") | dict.fromkeys((160, 161), "2026-10") | {170: "2026-07"})
    run()
    return Agent.objects.get(name="Andi Juliana")


def told(agent: Agent, month: date, whole: Scope):
    return statement(agent, AgentMonth.objects.get(agent=agent, month=month), list(queries.rates(whole)))


def test_statements_of_2018_equal_those_worked_out_by_hand(agent, whole):
    # tier 4: base 1,600,000; JKK 16,000 and JKM 6,800 make 22,800 a member
    march, april = told(agent, date(2018, 3, 1), whole), told(agent, date(2018, 4, 1), whole)
    assert (march.recruits, march.payers, march.contributions) == (50, 50, 1_140_000)
    assert march.amounts == {
        "acquisition": 500_000, "contribution": 85_500, "total": 585_500, "agent": 526_950, "office": 58_550,
    }  # fmt: skip
    assert (april.recruits, april.contributions) == (1, 51 * 22_800)
    # 7.5 % of 1,162,800 are 87,210; 90 % of that 78,489
    assert april.amounts == {
        "acquisition": 0, "contribution": 87_210, "total": 87_210, "agent": 78_489, "office": 8_721}  # fmt: skip
    assert march.rates is None and any("kompas" in step or "perjanjian" in step for step in march.steps)
    assert not AgentMonth.objects.filter(agent=agent, month=date(2018, 6, 1)).exists()


def test_months_without_known_rates_say_so_until_an_office_enters_rates(agent, whole):
    october = told(agent, date(2026, 10, 1), whole)
    assert october.result is None and "2018" in october.reason and october.contributions
    fields = {
        "office": None, "since": date(2026, 1, 1), "until": None, "acquisition_amount": 300_000,
        "acquisition_members": 2, "contribution_rate": "5%", "agent_share": "80%", "source": "Surat cabang 12/2026",
    }  # fmt: skip
    entered = enter_rates(whole, fields, by=None)
    with pytest.raises(Refused):
        enter_rates(whole, fields, by=None)
    with pytest.raises(Refused):
        enter_rates(Scope(("32.02.01",), may_write=True), fields, by=None)
    august = told(agent, date(2026, 8, 1), whole)
    twentieth = (august.contributions * 5 + 50) // 100
    assert august.rates == entered and august.recruits == 2
    assert august.amounts["total"] == 300_000 + twentieth
    assert august.amounts["agent"] == (august.amounts["total"] * 80 + 50) // 100
    own = enter_rates(whole, fields | {"office": agent.office, "agent_share": "70%"}, by=None)
    assert told(agent, date(2026, 8, 1), whole).rates == own  # the office's own go before those of all
    assert told(agent, date(2018, 3, 1), whole).rates is None  # what is known goes before both
    for rates in (own, entered):
        withdraw_rates(whole, rates, by=None)
    assert told(agent, date(2026, 8, 1), whole).result is None
    assert Rates.objects.count() == 2
    assert AuditEvent.objects.filter(action__startswith="incentive_rates").count() == 4


def test_the_pages_of_incentives(agent, signed_in):
    client = signed_in(None)
    page = client.get(f"/perisai/agen/{agent.pk}/insentif/?bulan=2018-03").content.decode()
    assert "Rp526.950" in page and "dugaan" not in page.split("<table")[0].split("chosen-heading")[1]
    assert client.get(f"/perisai/agen/{agent.pk}/insentif/?bulan=2011-03").status_code == 404
    form = {"since": "2026-01", "acquisition_amount": "300000", "acquisition_members": "2", "contribution_rate": "5,5%",
            "agent_share": "80 %", "source": "Surat cabang"}  # fmt: skip
    assert "Tulis sebagai persen" in client.post("/perisai/tarif/", form | {"agent_share": "8"}).content.decode()
    assert client.post("/perisai/tarif/", form).status_code == 302
    page = client.get(f"/perisai/agen/{agent.pk}/insentif/?bulan=2026-08").content.decode()
    assert "Surat cabang" in page and '<span class="tag warn">dugaan</span>' in page
    book = client.get(f"/perisai/agen/{agent.pk}/insentif/?unduh").content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert next(row[7:9] for row in rows if row[0] == "Maret 2018") == [526_950.0, 58_550.0]
    book = client.get("/perisai/insentif/unduh/?month=2018-03").content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert next(row[7:10] for row in rows if row[:2] == [OFFICE, "Andi Juliana"])[:2] == [585_500.0, 526_950.0]
    book = client.get("/perisai/insentif/unduh/?month=2026-05").content
    assert "Ecin Mardiana" in str(CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python())
    assert client.get("/perisai/insentif/unduh/?month=mei").url == "/perisai/tarif/"
    assert client.post(f"/perisai/tarif/{Rates.objects.get().pk}/tarik/").status_code == 302


def test_an_agent_who_is_silent_for_three_months_is_named(agent, whole, signed_in):
    ecin = Agent.objects.get(name="Ecin Mardiana")
    assert ecin.last_active_month == date(2026, 7, 1)
    assert list(queries.silent(whole, date(2026, 7, 1))) == [ecin]
    page = signed_in(None).get("/perisai/").content.decode()
    assert "1 agen diam" in page and "dugaan: aturan 2018" in page
