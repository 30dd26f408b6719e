"""BPU: the income tier, JKK and JHT of its base, flat JKM, and the relief of PP 50/2025 with the funding sources it
leaves out. PP 44/2015 Lampiran II; PP 46/2015; PP 49/2020. An income in a gap of the table: see `bpu_gap_shift`."""

from __future__ import annotations

from datetime import date

from jangkau.core.rules.arithmetic import Rate, Truth, Whole, brackets, choose_rate, least, multiply, plus, table
from jangkau.core.rules.calendar import years_between
from jangkau.core.rules.contributions.wage_earners import MONTH, NONE
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import Input
from jangkau.core.rules.parameters import Table

FUNDING = ("own", "apbn", "apbd", "apbdes", "dbhcht", "csr", "donor")

BPU_CONTRIBUTION = Rule(
    "bpu_contribution", "Iuran bukan penerima upah", "Contribution of a self-employed member",
    "PP 44/2015 Lampiran II; PP 46/2015; PP 50/2025",
)  # fmt: skip
bpu = BPU_CONTRIBUTION.form(
    (
        Input("income", "money", "penghasilan sebulan", "monthly income"),
        MONTH,
        Input("sector", "choice", "bidang kerja", "kind of work", ("transport", "other")),
        Input("funding", "choice", "sumber dana iuran", "who pays", FUNDING),
        Input("jht", "flag", "ikut JHT", "with JHT"),
    ),
    ("tier", "base", "jkk", "jkm", "jht=jht_amount", "total", "reason", "in_gap"),
    dated_by="month",
)


@bpu.step("Kelompok menurut batas bawah", "Tier by its lower bound", unit="count", law="PP 44/2015 Lampiran II")
def floor_tier(income: Whole, bpu_tier_from: Table) -> Whole:
    return brackets(income, bpu_tier_from.wholes()) + 1


@bpu.step("Penghasilan di celah tabel", "Income in a gap of the table", unit="flag")
def in_gap(income: Whole, floor_tier: Whole, bpu_tier_to: Table) -> Truth:
    upper = bpu_tier_to.wholes()
    return (floor_tier <= len(upper)) & (income > table(upper, least(floor_tier, len(upper)) - 1))


@bpu.step("Geser kelompok", "Shift of the tier", unit="count", when="in_gap")
def gap_shift(bpu_gap_shift: int) -> int:
    return bpu_gap_shift


@bpu.step("Kelompok penghasilan", "Income tier", unit="count", law="PP 44/2015 Lampiran II")
def tier(floor_tier: Whole, gap_shift: Whole) -> Whole:
    return plus(floor_tier, gap_shift)


@bpu.step("Dasar iuran", "Base", law="PP 44/2015 Lampiran II", key="tier")
def base(tier: Whole, bpu_tier_base: Table) -> Whole:
    return table(bpu_tier_base.wholes(), tier - 1)


@bpu.step(
    "Keringanan menurut bidang kerja", "Relief by kind of work", unit="share", law="PP 50/2025 art. 4", key="sector"
)
def sector_relief(sector: str | Whole, bpu_relief: Table) -> Rate:
    return bpu_relief.rate(sector)


@bpu.step("Ada keringanan", "A relief runs", unit="flag")
def relief_runs(sector_relief: Rate) -> Truth:
    return sector_relief.numerator > 0


@bpu.step(
    "Sumber dana dikecualikan", "Funding source is excluded", unit="flag", law="PP 50/2025 art. 4", key="funding",
    when="relief_runs", otherwise=False,
)  # fmt: skip
def source_excluded(funding: str | Whole, bpu_relief_excluded: Table) -> Truth:
    return bpu_relief_excluded.whole(funding) == 1


@bpu.step("Keringanan yang berlaku", "Relief that applies", unit="share")
def relief(sector_relief: Rate, source_excluded: Truth) -> Rate:
    return choose_rate(source_excluded, NONE, sector_relief)


@bpu.step("Iuran JKK", "JKK contribution", law="PP 44/2015 Lampiran II")
def jkk(base: Whole, bpu_jkk_rate: Rate, relief: Rate, covid_relief: Rate, contribution_rounding: str) -> Whole:
    return multiply(base, bpu_jkk_rate.times(relief.remainder()).times(covid_relief.remainder()), contribution_rounding)


@bpu.step("Iuran JKM", "JKM contribution", law="PP 44/2015")
def jkm(bpu_jkm_amount: int, relief: Rate, covid_relief: Rate, contribution_rounding: str) -> Whole:
    return multiply(bpu_jkm_amount, relief.remainder().times(covid_relief.remainder()), contribution_rounding)


@bpu.step("Iuran JHT", "JHT contribution", law="PP 46/2015", when="jht")
def jht_amount(base: Whole, bpu_jht_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(base, bpu_jht_rate, contribution_rounding)


@bpu.step("Jumlah iuran", "Total contribution")
def total(jkk: Whole, jkm: Whole, jht_amount: Whole) -> Whole:
    return plus(jkk, jkm, jht_amount)


@bpu.step("Alasan", "Reason", unit="code")
def reason(relief_runs: bool, source_excluded: bool, covid_relief: Rate) -> str:
    if source_excluded:
        return "funding_source_excluded"
    return "relief_applied" if relief_runs or covid_relief.fraction > 0 else "no_relief_in_month"


BPU_AGE = Rule("bpu_age", "Batas usia mendaftar BPU", "Age limit at registration of BPU", "Perdir 22/PERDIR.02/072022")
age_form = BPU_AGE.form(
    (
        Input("birth_date", "day", "tanggal lahir", "birth date"),
        Input("registered_on", "day", "tanggal mendaftar", "day of registration"),
    ),
    ("age", "eligible"),
    dated_by="registered_on",
)


@age_form.step("Usia", "Age", unit="count")
def age(birth_date: date, registered_on: date) -> int:
    return years_between(birth_date, registered_on)


@age_form.step("Boleh mendaftar", "May register", unit="flag", law="Perdir 22/PERDIR.02/072022")
def eligible(age: int, bpu_age_limit: int) -> bool:
    return age <= bpu_age_limit
