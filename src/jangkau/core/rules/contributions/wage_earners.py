"""PU: JKK by risk class, JKM, JHT and JP of one monthly wage, split by payer, with the reliefs of the month; the parts
of JKP that are not billed. PP 44, 45, 46/2015; PP 7/2025, 36/2025; PP 49/2020; PP 6/2025. Leaves out: conditions of
PP 49/2020 for new members (unknown)."""

from __future__ import annotations

from jangkau.core.rules.arithmetic import Rate, Truth, Whole, least, multiply, plus
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import WHEN_USED, Input
from jangkau.core.rules.parameters import Table

WAGE = Input("wage", "money", "upah sebulan", "monthly wage")
MONTH = Input("month", "month", "bulan iuran", "contribution month")
SCALES = ("micro", "small", "medium", "large")
NONE = Rate(0, 1)

PU_CONTRIBUTION = Rule(
    "pu_contribution", "Iuran penerima upah", "Contribution of a wage earner", "PP 44/2015, PP 45/2015, PP 46/2015"
)
pu = PU_CONTRIBUTION.form(
    (
        WAGE,
        Input("risk_class", "choice", "kelas risiko JKK", "JKK risk class", ("I", "II", "III", "IV", "V")),
        MONTH,
        Input("scale", "choice", "skala usaha", "scale of the enterprise", SCALES),
        Input("labour_intensive", "flag", "industri padat karya", "labour-intensive industry", default=WHEN_USED),
        Input("workers", "count", "banyaknya pekerja aktif", "number of active workers", default=WHEN_USED),
    ),
    ("jkk", "jkm", "jht_employer", "jht_worker", "jp_base", "jp_employer", "jp_worker", "employer_total",
     "worker_total", "total", "jp_deferred", "reason"),
    dated_by="month",
)  # fmt: skip


@pu.step(
    "Program yang wajib", "Programmes that are a must", unit="count", law="Perpres 109/2013 art. 6(3)", key="scale"
)
def programmes(scale: str | Whole, scale_programmes: Table) -> Whole:
    return scale_programmes.whole(scale)


@pu.step("JHT wajib", "JHT is a must", unit="flag", law="Perpres 109/2013 art. 6(3)")
def jht_due(programmes: Whole) -> Truth:
    return programmes >= 3


@pu.step("JP wajib", "JP is a must", unit="flag", law="Perpres 109/2013 art. 6(3)")
def jp_due(programmes: Whole) -> Truth:
    return programmes >= 4


@pu.step("Ada keringanan padat karya bulan itu", "A labour-intensive relief runs in the month", unit="flag")
def labour_relief_runs(labour_intensive_relief: Rate) -> bool:
    return labour_intensive_relief.fraction > 0


@pu.step(
    "Perusahaan padat karya", "The firm is labour-intensive", unit="flag", when="labour_relief_runs", otherwise=False
)
def labour_intensive_firm(labour_intensive: Truth) -> Truth:
    return labour_intensive


@pu.step("Pekerja cukup banyak", "Enough workers", unit="flag", when="labour_intensive_firm", otherwise=False)
def labour_relief_holds(workers: Whole, labour_intensive_min_workers: int) -> Truth:
    return workers >= labour_intensive_min_workers


@pu.step(
    "Keringanan JKK",
    "Relief of JKK",
    unit="share",
    law="PP 7/2025; PP 36/2025",
    when="labour_relief_holds",
    otherwise=NONE,
)
def jkk_relief(labour_intensive_relief: Rate) -> Rate:
    return labour_intensive_relief


@pu.step("Tarif JKK yang dibayar", "JKK rate to be paid", unit="share", law="PP 44/2015 art. 16", key="risk_class")
def jkk_payable_rate(risk_class: str | Whole, pu_jkk_rate: Table, jkk_relief: Rate, covid_relief: Rate) -> Rate:
    return pu_jkk_rate.rate(risk_class).times(jkk_relief.remainder()).times(covid_relief.remainder())


@pu.step("Iuran JKK", "JKK contribution", law="PP 44/2015 art. 16")
def jkk(wage: Whole, jkk_payable_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(wage, jkk_payable_rate, contribution_rounding)


@pu.step("Iuran JKM", "JKM contribution", law="PP 44/2015 art. 18-19")
def jkm(wage: Whole, pu_jkm_rate: Rate, covid_relief: Rate, contribution_rounding: str) -> Whole:
    return multiply(wage, pu_jkm_rate.times(covid_relief.remainder()), contribution_rounding)


@pu.step("Iuran JHT pemberi kerja", "JHT of the employer", law="PP 46/2015 art. 16-17", when="jht_due")
def jht_employer(wage: Whole, pu_jht_employer_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(wage, pu_jht_employer_rate, contribution_rounding)


@pu.step("Iuran JHT pekerja", "JHT of the worker", law="PP 46/2015 art. 16-17", when="jht_due")
def jht_worker(wage: Whole, pu_jht_worker_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(wage, pu_jht_worker_rate, contribution_rounding)


@pu.step("Dasar iuran JP", "Base of JP", law="PP 45/2015 art. 29", when="jp_due")
def jp_base(wage: Whole, jp_ceiling: int) -> Whole:
    return least(wage, jp_ceiling)


@pu.step("Iuran JP pemberi kerja", "JP of the employer", law="PP 45/2015 art. 28-29", when="jp_due")
def jp_employer(jp_base: Whole, pu_jp_employer_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(jp_base, pu_jp_employer_rate, contribution_rounding)


@pu.step("Iuran JP pekerja", "JP of the worker", law="PP 45/2015 art. 28-29", when="jp_due")
def jp_worker(jp_base: Whole, pu_jp_worker_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(jp_base, pu_jp_worker_rate, contribution_rounding)


@pu.step("Ditanggung pemberi kerja", "Paid by the employer")
def employer_total(jkk: Whole, jkm: Whole, jht_employer: Whole, jp_employer: Whole) -> Whole:
    return plus(jkk, jkm, jht_employer, jp_employer)


@pu.step("Dipotong dari pekerja", "Paid by the worker")
def worker_total(jht_worker: Whole, jp_worker: Whole) -> Whole:
    return plus(jht_worker, jp_worker)


@pu.step("Jumlah iuran", "Total contribution")
def total(employer_total: Whole, worker_total: Whole) -> Whole:
    return plus(employer_total, worker_total)


@pu.step("Ada penundaan JP", "JP may be deferred", unit="flag", law="PP 49/2020 art. 17")
def jp_deferral_runs(covid_jp_deferral: Rate) -> bool:
    return covid_jp_deferral.fraction > 0


@pu.step("Iuran JP yang boleh ditunda", "JP that may be paid later", law="PP 49/2020 art. 17", when="jp_deferral_runs")
def jp_deferred(jp_employer: Whole, jp_worker: Whole, covid_jp_deferral: Rate, contribution_rounding: str) -> Whole:
    return plus(
        multiply(jp_employer, covid_jp_deferral, contribution_rounding),
        multiply(jp_worker, covid_jp_deferral, contribution_rounding),
    )


@pu.step("Alasan", "Reason", unit="code")
def reason(labour_relief_runs: bool, labour_intensive_firm: bool, labour_relief_holds: bool, covid_relief: Rate) -> str:
    if labour_relief_holds or covid_relief.fraction > 0:
        return "relief_applied"
    if labour_intensive_firm:
        return "too_few_workers"
    return "not_labour_intensive" if labour_relief_runs else "no_relief_in_month"


JKP_CONTRIBUTION = Rule(
    "jkp_contribution", "Bagian iuran JKP (tidak ditagih terpisah)", "Parts of JKP (not billed apart)",
    "PP 37/2021 art. 11; PP 6/2025 art. 11",
)  # fmt: skip
jkp = JKP_CONTRIBUTION.form(
    (WAGE, MONTH), ("base", "state", "from_jkk", "from_jkm", "total=jkp_total"), dated_by="month"
)


@jkp.step("Dasar iuran JKP", "Base of JKP", law="PP 37/2021; PP 6/2025")
def base(wage: Whole, jkp_wage_ceiling: int) -> Whole:
    return least(wage, jkp_wage_ceiling)


@jkp.step("Dari pemerintah", "From the state", law="PP 6/2025 art. 11")
def state(base: Whole, jkp_state_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(base, jkp_state_rate, contribution_rounding)


@jkp.step("Dari iuran JKK", "Out of JKK", law="PP 6/2025 art. 11; PP 49/2023 art. 16A")
def from_jkk(base: Whole, jkp_from_jkk_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(base, jkp_from_jkk_rate, contribution_rounding)


@jkp.step("Dari iuran JKM", "Out of JKM", law="PP 37/2021 art. 11; PP 6/2025 art. 11")
def from_jkm(base: Whole, jkp_from_jkm_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(base, jkp_from_jkm_rate, contribution_rounding)


@jkp.step("Jumlah JKP", "Total of JKP")
def jkp_total(state: Whole, from_jkk: Whole, from_jkm: Whole) -> Whole:
    return plus(state, from_jkk, from_jkm)


JP_CEILING = Rule("jp_ceiling", "Batas upah JP", "JP wage ceiling", "PP 45/2015 art. 29")
known = JP_CEILING.form((MONTH,), ("ceiling",), dated_by="month")
rolled = JP_CEILING.form(
    (
        Input("previous_ceiling", "money", "batas upah JP tahun lalu", "ceiling of last year"),
        Input("growth", "growth", "pertumbuhan PDB", "growth of GDP"),
    ),
    ("ceiling=rolled_ceiling",),
)


@known.step("Batas upah JP", "JP wage ceiling", law="PP 45/2015 art. 29")
def ceiling(jp_ceiling: int) -> int:
    return jp_ceiling


@rolled.step("Batas upah JP hasil perhitungan", "JP wage ceiling, derived", law="PP 45/2015 art. 29(3)")
def rolled_ceiling(previous_ceiling: int, growth: Rate, jp_ceiling_rounding: str, jp_ceiling_step: int) -> Whole:
    grown = Rate(growth.denominator + growth.numerator, growth.denominator)
    return multiply(previous_ceiling, grown, jp_ceiling_rounding, step=jp_ceiling_step)
