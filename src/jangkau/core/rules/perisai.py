"""What agents of Perisai are owed for a month, and when an agent counts as inactive. Rates are known for 2018 alone, as
the press told them; for other months nothing is computed unless somebody lays rates over the parameters (a scenario).
That agent and office share the whole incentive is how the press is read: no text of the agreement is known."""

from __future__ import annotations

from datetime import date

from jangkau.core.kernel import Month
from jangkau.core.rules.arithmetic import Rate, Truth, Whole, multiply, plus
from jangkau.core.rules.contributions.wage_earners import MONTH
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import Input

PERISAI_INCENTIVE = Rule(
    "perisai_incentive", "Insentif agen Perisai", "Incentive of a Perisai agent", "perjanjian Perisai, 2018"
)
incentive = PERISAI_INCENTIVE.form(
    (
        MONTH,
        Input("new_members", "count", "anggota baru bulan itu", "new members of the month"),
        Input("contributions", "money", "iuran anggota sendiri bulan itu", "contributions of own members"),
    ),
    ("acquisition", "contribution=contribution_part", "total", "agent", "office"),
    dated_by="month",
)


@incentive.step("Anggota baru cukup banyak", "Enough new members", unit="flag")
def enough(new_members: Whole, perisai_acquisition_members: int) -> Truth:
    return new_members >= perisai_acquisition_members


@incentive.step("Insentif akuisisi", "Acquisition incentive", when="enough")
def acquisition(perisai_acquisition_amount: int) -> Whole:
    return perisai_acquisition_amount


@incentive.step("Insentif iuran", "Contribution incentive")
def contribution_part(contributions: Whole, perisai_contribution_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(contributions, perisai_contribution_rate, contribution_rounding)


@incentive.step("Jumlah insentif", "Total incentive")
def total(acquisition: Whole, contribution_part: Whole) -> Whole:
    return plus(acquisition, contribution_part)


@incentive.step("Bagian agen", "Part of the agent")
def agent(total: Whole, perisai_agent_share: Rate, contribution_rounding: str) -> Whole:
    return multiply(total, perisai_agent_share, contribution_rounding)


@incentive.step("Bagian kantor (wadah)", "Part of the office (wadah)")
def office(total: Whole, agent: Whole) -> Whole:
    return total - agent


PERISAI_INACTIVITY = Rule(
    "perisai_inactivity", "Agen Perisai tidak aktif", "Inactive Perisai agent", "perjanjian Perisai, 2018"
)
inactivity = PERISAI_INACTIVITY.form(
    (
        MONTH,
        Input("last_month", "month", "bulan terakhir dengan anggota baru atau iuran", "last month with a new member or"
              " a contribution"),
    ),
    ("silent_months", "inactive", "return_from"),
    dated_by="month",
)  # fmt: skip


@inactivity.step("Bulan berturut-turut tanpa keduanya", "Months in a row without either", unit="months")
def silent_months(month: Month, last_month: Month) -> int:
    return max(0, month.ordinal - last_month.ordinal)


@inactivity.step("Tidak aktif", "Inactive", unit="flag")
def inactive(silent_months: int, perisai_inactive_months: int) -> bool:
    return silent_months >= perisai_inactive_months


@inactivity.step("Boleh kembali sejak", "May return from", unit="day", when="inactive", otherwise=None)
def return_from(last_month: Month, perisai_inactive_months: int, perisai_return_months: int) -> date:
    return last_month.plus(perisai_inactive_months + perisai_return_months).first_day
