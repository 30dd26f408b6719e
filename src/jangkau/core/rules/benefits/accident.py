"""JKK: transport, temporary inability by the day, total disability, death, home care and aids after a work accident. PP
44/2015; PP 82/2019 (accidents from 2019-12-02). Medical care has no limit in money and no rule here."""

from __future__ import annotations

from fractions import Fraction

from jangkau.core.rules.arithmetic import Rate, Whole, least, most, multiply, plus
from jangkau.core.rules.deadlines import ACCIDENT_ON
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import Input
from jangkau.core.rules.parameters import Table

WAGE = Input(
    "wage", "money", "upah terakhir yang dilaporkan (BPU: dasar iuran)", "last wage reported (BPU: base of the tier)"
)
SEGMENT = Input("segment", "choice", "segmen", "segment", ("pu", "bpu", "jakon"))
LAW = "PP 44/2015; PP 82/2019"

JKK_TEMPORARY_INABILITY = Rule(
    "jkk_temporary_inability", "Santunan sementara tidak mampu bekerja", "Temporary inability to work", LAW
)
inability = JKK_TEMPORARY_INABILITY.form(
    (WAGE, Input("days", "count", "hari tidak mampu bekerja", "days of inability"), ACCIDENT_ON),
    ("amount",),
    dated_by="accident_on",
)


@inability.step("Upah yang diganti, dalam bulan", "Wage replaced, in months", unit="months", law=LAW)
def replaced_months(
    days: int, inability_phase_months: Table, inability_share: Table, inability_month_days: int
) -> Rate:
    starts = [month * inability_month_days for month in inability_phase_months.wholes()]
    ends = [*starts[1:], max(days, starts[-1])]
    parts = zip(starts, ends, inability_share.rates(), strict=True)
    weighted = sum((max(0, min(days, end) - start) * share for start, end, share in parts), Fraction(0))
    return Rate.of(weighted / inability_month_days)


@inability.step("Santunan", "Benefit", law=LAW)
def amount(wage: Whole, replaced_months: Rate, benefit_rounding: str) -> Whole:
    return multiply(wage, replaced_months, benefit_rounding)


JKK_TOTAL_DISABILITY = Rule("jkk_total_disability", "Cacat total tetap", "Permanent total disability", LAW)
total_disability = JKK_TOTAL_DISABILITY.form(
    (SEGMENT, WAGE, ACCIDENT_ON), ("lump", "periodic", "total"), dated_by="accident_on"
)
JKK_DEATH = Rule("jkk_death", "Meninggal karena kecelakaan kerja", "Death by work accident", LAW)
death = JKK_DEATH.form((SEGMENT, WAGE, ACCIDENT_ON), ("lump", "periodic", "funeral", "total"), dated_by="accident_on")


@total_disability.step("Segmen mendapat manfaat", "The segment has the benefit", unit="flag", law=LAW, key="segment")
@death.step("Segmen mendapat manfaat", "The segment has the benefit", unit="flag", law=LAW, key="segment")
def entitled(segment: str, jkk_segments: Table) -> bool:
    return jkk_segments.whole(segment) == 1


@total_disability.step("Santunan cacat total", "Lump sum of total disability", law=LAW, when="entitled", name="lump")
def disability_lump(wage: Whole, total_disability_share: Rate, disability_wages: int, benefit_rounding: str) -> Whole:
    return multiply(wage, total_disability_share.times(Rate(disability_wages, 1)), benefit_rounding)


@death.step("Santunan menurut upah", "Lump sum by the wage", law=LAW, when="entitled")
def wage_lump(wage: Whole, jkk_death_share: Rate, disability_wages: int, benefit_rounding: str) -> Whole:
    return multiply(wage, jkk_death_share.times(Rate(disability_wages, 1)), benefit_rounding)


@death.step(
    "Santunan kematian, tidak kurang dari JKM", "Lump sum, never below JKM", law=LAW, when="entitled", name="lump"
)
def death_lump(wage_lump: Whole, jkm_lump: int) -> Whole:
    return most(wage_lump, jkm_lump)


@total_disability.step("Santunan berkala", "Periodic benefit", law=LAW, when="entitled")
@death.step("Santunan berkala", "Periodic benefit", law=LAW, when="entitled")
def periodic(periodic_benefit: int) -> int:
    return periodic_benefit


@death.step("Biaya pemakaman", "Funeral", law=LAW, when="entitled")
def funeral(funeral_benefit: int) -> int:
    return funeral_benefit


@total_disability.step("Jumlah", "Total", name="total")
def disability_total(lump: Whole, periodic: Whole) -> Whole:
    return plus(lump, periodic)


@death.step("Jumlah", "Total", name="total")
def death_total(lump: Whole, periodic: Whole, funeral: Whole) -> Whole:
    return plus(lump, periodic, funeral)


JKK_TRANSPORT = Rule("jkk_transport", "Biaya angkutan korban", "Transport of the injured", LAW)
transport = JKK_TRANSPORT.form(
    (
        Input("land", "money", "biaya angkutan darat, sungai, danau", "transport cost by land, river, lake"),
        Input("sea", "money", "biaya angkutan laut", "transport cost by sea"),
        Input("air", "money", "biaya angkutan udara", "transport cost by air"),
        ACCIDENT_ON,
    ),
    ("land=land_paid", "sea=sea_paid", "air=air_paid", "total"),
    dated_by="accident_on",
)  # fmt: skip


@transport.step("Angkutan darat, sungai, danau", "Land, river, lake", law=LAW)
def land_paid(land: Whole, transport_limit: Table) -> Whole:
    return least(land, transport_limit.whole("land"))


@transport.step("Angkutan laut", "Sea", law=LAW)
def sea_paid(sea: Whole, transport_limit: Table) -> Whole:
    return least(sea, transport_limit.whole("sea"))


@transport.step("Angkutan udara", "Air", law=LAW)
def air_paid(air: Whole, transport_limit: Table) -> Whole:
    return least(air, transport_limit.whole("air"))


@transport.step("Jumlah", "Total")
def total(land_paid: Whole, sea_paid: Whole, air_paid: Whole) -> Whole:
    return plus(land_paid, sea_paid, air_paid)


JKK_HOME_CARE = Rule("jkk_home_care", "Perawatan di rumah", "Home care", "PP 82/2019")
home_care = JKK_HOME_CARE.form(
    (
        Input("cost", "money", "biaya seluruhnya", "cost in all"),
        Input("months", "count", "lama perawatan dalam bulan", "length in months", least=1),
        ACCIDENT_ON,
    ),
    ("paid",),
    dated_by="accident_on",
)


@home_care.step("Lebih lama dari batas", "Longer than the limit", unit="flag", law="PP 82/2019")
def too_long(months: int, home_care_months: int) -> bool:
    return months > home_care_months


@home_care.step("Biaya setelah batas waktu", "Cost beyond the limit of time", when="too_long")
def beyond(cost: Whole, months: int, home_care_months: int, home_care_overrun: str, benefit_rounding: str) -> Whole:
    if home_care_overrun == "whole":
        return 0
    return cost - multiply(cost, Rate(home_care_months, months), benefit_rounding)


@home_care.step("Dibayar", "Paid", law="PP 82/2019")
def paid(cost: Whole, beyond: Whole, home_care_limit: int) -> Whole:
    return least(cost - beyond, home_care_limit)


JKK_AID = Rule("jkk_aid", "Alat bantu", "Aids", "PP 82/2019")
aid = JKK_AID.form(
    (
        Input("kind", "choice", "jenis alat", "kind of aid", ("dentures", "hearing_aid", "glasses")),
        Input("cost", "money", "biaya", "cost"),
        ACCIDENT_ON,
    ),
    ("paid=aid_paid",),
    dated_by="accident_on",
)


@aid.step("Dibayar", "Paid", law="PP 82/2019", key="kind")
def aid_paid(kind: str, cost: Whole, aid_limit: Table) -> Whole:
    return least(cost, aid_limit.whole(kind))


PROSTHESIS = Rule("jkk_prosthesis", "Protesa dan ortosa", "Prostheses and orthoses", "PP 44/2015; PP 82/2019")
prosthesis = PROSTHESIS.form(
    (
        Input("price", "money", "harga pusat rehabilitasi rumah sakit pemerintah", "price of the government centre"),
        Input("rehabilitation", "money", "biaya rehabilitasi", "cost of rehabilitation"),
        ACCIDENT_ON,
    ),
    ("paid=prosthesis_paid",),
    dated_by="accident_on",
)  # fmt: skip


@prosthesis.step("Dibayar", "Paid", law="PP 44/2015; PP 82/2019")
def prosthesis_paid(price: Whole, rehabilitation: Whole, prosthesis_addition: Rate, benefit_rounding: str) -> Whole:
    return plus(price, multiply(price, prosthesis_addition, benefit_rounding), rehabilitation)
