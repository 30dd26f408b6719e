"""PMI: the sum for a contract abroad by channel and length, with JHT as a free choice. Permenaker 4/2023. Lengths other
than 6, 12 and 24 months are not known."""

from __future__ import annotations

from jangkau.core.kernel import Refused
from jangkau.core.rules.arithmetic import Whole, plus, times
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import Input
from jangkau.core.rules.parameters import Table

WHEN = Input("month", "month", "bulan mendaftar", "month of registration", default=None)
PMI_CONTRIBUTION = Rule(
    "pmi_contribution", "Iuran pekerja migran", "Contribution of a migrant worker", "Permenaker 4/2023"
)
pmi = PMI_CONTRIBUTION.form(
    (
        Input("channel", "choice", "cara berangkat", "channel", ("company", "individual")),
        Input("months", "count", "bulan kontrak", "months of contract", least=1),
        Input("jht", "saving", "ikut JHT, atau iurannya sebulan", "JHT: yes, no, or the monthly amount", default=False),
        WHEN,
    ),
    ("jkk_jkm", "jht=jht_total", "total"),
    dated_by="month",
)


@pmi.step("Iuran selama dan setelah bekerja", "During and after work", law="Permenaker 4/2023", key="months")
def contract_fee(months: int, pmi_fee: Table) -> Whole:
    return pmi_fee.whole(str(months))


@pmi.step("Iuran sebelum berangkat", "Before departure", law="Permenaker 4/2023", key="channel")
def departure_fee(channel: str, pmi_before_departure: Table) -> Whole:
    return pmi_before_departure.whole(channel)


@pmi.step("Iuran JKK dan JKM", "JKK and JKM", law="Permenaker 4/2023")
def jkk_jkm(contract_fee: int, departure_fee: int) -> Whole:
    return plus(contract_fee, departure_fee)


@pmi.step("Ikut JHT", "With JHT", unit="flag")
def jht_wanted(jht: int | bool) -> bool:
    return jht is True or int(jht) > 0


@pmi.step("Iuran JHT sebulan", "Monthly JHT", law="Permenaker 4/2023", when="jht_wanted")
def jht_monthly(jht: int | bool, pmi_jht_minimum: int) -> int:
    if jht is True:
        return pmi_jht_minimum
    if jht < pmi_jht_minimum:
        raise Refused(
            f"Iuran JHT pekerja migran paling rendah Rp{pmi_jht_minimum:,} sebulan.".replace(",", "."),
            f"JHT of a migrant worker is at least Rp{pmi_jht_minimum:,} a month.",
        )
    return int(jht)


@pmi.step("Iuran JHT", "JHT", law="Permenaker 4/2023")
def jht_total(jht_monthly: int, months: int) -> Whole:
    return times(jht_monthly, months)


@pmi.step("Jumlah iuran", "Total contribution")
def total(jkk_jkm: Whole, jht_total: Whole) -> Whole:
    return plus(jkk_jkm, jht_total)


PMI_EXTENSION = Rule(
    "pmi_extension", "Iuran perpanjangan pekerja migran", "Extension of a migrant worker", "Permenaker 4/2023"
)
extension = PMI_EXTENSION.form(
    (Input("months", "count", "bulan perpanjangan", "months of extension", least=1), WHEN),
    ("total=extended",),
    dated_by="month",
)


@extension.step("Iuran perpanjangan", "Extension", law="Permenaker 4/2023")
def extended(months: int, pmi_extension_month: int) -> Whole:
    return times(months, pmi_extension_month)
