"""JHT, JP and JKP: pension formula and bounds, retirement age, survivors, cash after dismissal, tax of JHT. PP 45/2015;
Permenaker 29/2015; PP 37/2021 and PP 6/2025; PP 68/2009. Yields of JHT since 2024 are unknown and have no rule."""

from __future__ import annotations

from datetime import date

from jangkau.core.rules.arithmetic import Rate, Whole, least, most, multiply, plus
from jangkau.core.rules.benefits.accident import WAGE
from jangkau.core.rules.calendar import months_later
from jangkau.core.rules.engine import History, Rule
from jangkau.core.rules.given import Input
from jangkau.core.rules.parameters import NoRuleInForce, Table

YEAR = Input("year", "year", "tahun", "year")
JP_RETIREMENT_AGE = Rule("jp_retirement_age", "Usia pensiun", "Retirement age", "PP 45/2015 art. 15")
in_year = JP_RETIREMENT_AGE.form((YEAR,), ("age", "year"), dated_by="year")
of_person = JP_RETIREMENT_AGE.form(
    (Input("birth_date", "day", "tanggal lahir", "birth date"),), ("age=age_reached", "year=year_reached")
)


@in_year.step("Usia pensiun tahun itu", "Retirement age of the year", unit="count", law="PP 45/2015 art. 15")
def age(jp_retirement_age: int) -> int:
    return jp_retirement_age


@of_person.step(
    "Tahun mencapai usia pensiun", "Year in which the age is reached", unit="year", law="PP 45/2015 art. 15"
)
def year_reached(birth_date: date, jp_retirement_age_history: History) -> int:
    first = jp_retirement_age_history.parameter.values[0].since.year
    year = max(birth_date.year, first)
    while (reached := year - birth_date.year) < jp_retirement_age_history.peek(date(year, 12, 31)):
        year += 1
    if reached > jp_retirement_age_history.on(date(year, 12, 31)):
        raise NoRuleInForce(
            f"Usia pensiun sudah terlewati sebelum JP dimulai pada {first}.",
            f"The age was passed before JP began in {first}.",
        )
    return year


@of_person.step("Usia pensiun", "Retirement age", unit="count", law="PP 45/2015 art. 15")
def age_reached(birth_date: date, year_reached: int) -> int:
    return year_reached - birth_date.year


JP_PENSION = Rule("jp_pension", "Pensiun bulanan", "Monthly pension", "PP 45/2015 art. 17-18")
pension = JP_PENSION.form(
    (
        Input("months", "count", "bulan iuran", "months of contributions"),
        Input("average_wage", "money", "rata-rata upah sebulan", "average monthly wage"),
        YEAR,
    ),
    ("outcome", "formula", "monthly"),
    dated_by="year",
)


@pension.step("Masa iur cukup", "Enough months", unit="flag", law="PP 45/2015")
def long_enough(months: int, jp_months: int) -> bool:
    return months >= jp_months


@pension.step("Hasil", "Outcome", unit="code", law="PP 45/2015")
def outcome(long_enough: bool) -> str:
    return "pension" if long_enough else "lump_sum"


@pension.step("Menurut rumus", "By the formula", law="PP 45/2015 art. 17")
def formula(months: int, average_wage: Whole, jp_accrual: Rate, benefit_rounding: str) -> Whole:
    return multiply(average_wage, jp_accrual.times(Rate(months, 12)), benefit_rounding)


@pension.step("Pensiun sebulan", "Monthly pension", law="PP 45/2015 art. 18", when="long_enough")
def monthly(formula: Whole, jp_bounds: Table) -> Whole:
    return most(jp_bounds.whole("least"), least(formula, jp_bounds.whole("most")))


JP_SURVIVOR = Rule(
    "jp_survivor", "Ahli waris sebelum 15 tahun", "Survivors, death before 15 years", "Permenaker 29/2015 art. 26"
)
survivor = JP_SURVIVOR.form(
    (
        Input("member_months", "count", "bulan kepesertaan", "months of membership"),
        Input("density", "percent", "kepadatan iur dalam persen", "density of contributions in percent"),
    ),
    ("outcome=survivor_outcome",),
)


@survivor.step("Hasil", "Outcome", unit="code", law="Permenaker 29/2015 art. 26")
def survivor_outcome(member_months: int, density: Rate, survivor_months: int, survivor_density: Rate) -> str:
    dense = density.fraction >= survivor_density.fraction
    return "pension_as_15_years" if member_months >= survivor_months and dense else "lump_sum"


JP_SURVIVOR_PENSION = Rule("jp_survivor_pension", "Pensiun ahli waris", "Pension of a survivor", "PP 45/2015")
inherited = JP_SURVIVOR_PENSION.form(
    (
        Input("monthly", "money", "pensiun peserta sebulan", "monthly pension of the member"),
        Input("survivor", "choice", "ahli waris", "survivor", ("spouse", "child", "parent")),
    ),
    ("amount=survivor_amount",),
)


@inherited.step("Pensiun ahli waris sebulan", "Monthly pension of the survivor", law="PP 45/2015", key="survivor")
def survivor_amount(monthly: Whole, survivor: str, survivor_share: Table, benefit_rounding: str) -> Whole:
    return multiply(monthly, survivor_share.rate(survivor), benefit_rounding)


JKP_BENEFIT = Rule("jkp_benefit", "Manfaat tunai JKP", "Cash benefit of JKP", "PP 37/2021 art. 21; PP 6/2025 art. 21")
jkp = JKP_BENEFIT.form(
    (
        WAGE,
        Input("months", "count", "bulan tanpa pekerjaan", "months without work"),
        Input("dismissed_on", "day", "tanggal PHK", "day of dismissal"),
    ),
    ("base", "monthly=first_month", "total=jkp_total"),
    dated_by="dismissed_on",
)  # fmt: skip


@jkp.step("Dasar manfaat", "Base", law="PP 6/2025 art. 21")
def base(wage: Whole, jkp_benefit_ceiling: int) -> Whole:
    return least(wage, jkp_benefit_ceiling)


@jkp.step("Manfaat bulan pertama", "Benefit of the first month", law="PP 6/2025 art. 21")
def first_month(base: Whole, jkp_share: Table, benefit_rounding: str) -> Whole:
    return multiply(base, jkp_share.rate("1"), benefit_rounding)


@jkp.step("Jumlah paling banyak enam bulan", "Total of at most six months", law="PP 6/2025 art. 21")
def jkp_total(base: Whole, months: int, jkp_share: Table, benefit_rounding: str) -> Whole:
    return plus(0, *(multiply(base, Rate.of(share), benefit_rounding) for share in jkp_share.rates()[:months]))


JHT_PAYOUT = Rule("jht_payout", "Pembayaran JHT dan pajaknya", "Payment of JHT and its tax", "PP 46/2015; PP 68/2009")
payout = JHT_PAYOUT.form((Input("balance", "money", "saldo JHT", "balance of JHT"),), ("tax", "net"))


@payout.step("Pajak final", "Final tax", law="PP 68/2009")
def tax(balance: Whole, jht_tax_free: int, jht_tax_rate: Rate, benefit_rounding: str) -> Whole:
    return multiply(most(balance - jht_tax_free, 0), jht_tax_rate, benefit_rounding)


@payout.step("Diterima", "Received")
def net(balance: Whole, tax: Whole) -> Whole:
    return balance - tax


JHT_PARTIAL = Rule("jht_partial", "Klaim sebagian JHT", "Partial claim of JHT", "PP 46/2015")
partial = JHT_PARTIAL.form(
    (
        Input("balance", "money", "saldo JHT", "balance of JHT"),
        Input("purpose", "choice", "keperluan", "purpose", ("other", "housing")),
        Input("member_years", "count", "tahun kepesertaan", "years of membership"),
    ),
    ("eligible=partial_eligible", "amount=partial_amount"),
)


@partial.step("Berhak", "Eligible", unit="flag", law="PP 46/2015")
def partial_eligible(member_years: int, jht_partial_years: int) -> bool:
    return member_years >= jht_partial_years


@partial.step("Paling banyak", "At most", law="PP 46/2015", when="partial_eligible", key="purpose")
def partial_amount(balance: Whole, purpose: str, jht_partial_share: Table) -> Whole:
    return multiply(balance, jht_partial_share.rate(purpose), "down")


JKP_ELIGIBLE = Rule("jkp_eligible", "Syarat masa iur JKP", "Contributions needed for JKP", "PP 37/2021; PP 6/2025")
entitlement = JKP_ELIGIBLE.form(
    (
        Input(
            "contribution_months",
            "count",
            "bulan iur dalam 24 bulan terakhir",
            "months of contributions in the last 24",
        ),
        Input("dismissed_on", "day", "tanggal PHK", "day of dismissal"),
    ),
    ("eligible=jkp_entitled",),
    dated_by="dismissed_on",
)


@entitlement.step("Masa iur cukup", "Enough contributions", unit="flag", law="PP 37/2021; PP 6/2025")
def jkp_entitled(contribution_months: int, jkp_contribution_months: int) -> bool:
    return contribution_months >= jkp_contribution_months


JHT_FULL = Rule("jht_full", "Klaim penuh JHT", "Full claim of JHT", "Permenaker 4/2022")
full = JHT_FULL.form(
    (
        Input("birth_date", "day", "tanggal lahir", "birth date"),
        Input("stopped_on", "day", "tanggal berhenti bekerja", "day work ended", default=None),
    ),
    ("claim_from",),
)


@full.step("Umur klaim tercapai", "Age is reached", unit="day", law="Permenaker 4/2022")
def age_on(birth_date: date, jht_full_age: int) -> date:
    return months_later(birth_date, 12 * jht_full_age)


@full.step("Sudah berhenti bekerja", "Work has ended", unit="flag")
def has_stopped(stopped_on: date | None) -> bool:
    return stopped_on is not None


@full.step(
    "Akhir masa tunggu", "End of the wait", unit="day", law="Permenaker 4/2022", when="has_stopped", otherwise=None
)
def wait_ends_on(stopped_on: date, jht_wait_months: int) -> date:
    return months_later(stopped_on, jht_wait_months)


@full.step("Dapat diklaim sejak", "May be claimed from", unit="day", law="Permenaker 4/2022")
def claim_from(age_on: date, wait_ends_on: date | None) -> date:
    return min(age_on, wait_ends_on) if wait_ends_on else age_on
