"""JKM: lump sum, periodic benefit and funeral; the smaller sum of self-employed members in their first months and
the day from which the full sum holds; scholarship; heirs. PP 82/2019; Permenaker 5/2021; PP 44/2015 art. 37."""

from __future__ import annotations

from datetime import date

from jangkau.core.kernel import Refused
from jangkau.core.rules.arithmetic import Whole, least, plus, times
from jangkau.core.rules.benefits.accident import SEGMENT
from jangkau.core.rules.calendar import months_later
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import WHEN_USED, Input
from jangkau.core.rules.parameters import Table

JKM_BENEFIT = Rule("jkm_benefit", "Manfaat JKM", "JKM benefit", "PP 44/2015; PP 82/2019; Permenaker 5/2021")
jkm = JKM_BENEFIT.form(
    (
        SEGMENT,
        Input("first_covered_on", "day", "hari pertama terlindungi", "first covered day"),
        Input("died_on", "day", "tanggal meninggal", "day of death"),
    ),
    ("lump", "periodic", "funeral", "total", "full_from", "counting_open"),
    dated_by="died_on",
)


@jkm.step("Segmen mendapat manfaat", "The segment has the benefit", unit="flag", law="PP 82/2019", key="segment")
def entitled(segment: str, jkk_segments: Table) -> bool:
    return jkk_segments.whole(segment) == 1


@jkm.step("Santunan penuh sejak", "Full sum from", unit="day", law="Permenaker 5/2021", key="segment")
def full_from(segment: str, first_covered_on: date, died_on: date, first_months: Table) -> date:
    if died_on < first_covered_on:
        raise Refused(
            "Peserta meninggal sebelum hari pertama terlindungi. Periksa kedua tanggal.",
            "The member died before the first covered day. Check both days.",
        )
    return months_later(first_covered_on, int(first_months.whole(segment)))


@jkm.step("Meninggal setelah tanggal penuh", "Died when the full sum held", unit="flag", law="Permenaker 5/2021")
def is_full(entitled: bool, died_on: date, full_from: date) -> bool:
    return entitled and died_on >= full_from


@jkm.step("Meninggal dalam bulan-bulan pertama", "Died in the first months", unit="flag", law="Permenaker 5/2021")
def is_early(entitled: bool, is_full: bool) -> bool:
    return entitled and not is_full


@jkm.step("Santunan sekaligus", "Lump sum", law="PP 82/2019", when="is_full")
def lump(jkm_lump: int) -> int:
    return jkm_lump


@jkm.step("Santunan berkala", "Periodic benefit", law="PP 82/2019", when="is_full")
def periodic(periodic_benefit: int) -> int:
    return periodic_benefit


@jkm.step("Biaya pemakaman penuh", "Full funeral benefit", law="PP 82/2019", when="is_full")
def full_funeral(funeral_benefit: int) -> int:
    return funeral_benefit


@jkm.step(
    "Satu-satunya manfaat bulan pertama", "The one sum of the first months", law="Permenaker 5/2021", when="is_early"
)
def early_sum(first_months_benefit: int) -> int:
    return first_months_benefit


@jkm.step("Biaya pemakaman", "Funeral", law="PP 82/2019; Permenaker 5/2021")
def funeral(full_funeral: Whole, early_sum: Whole) -> Whole:
    return plus(full_funeral, early_sum)


@jkm.step("Jumlah", "Total")
def total(lump: Whole, periodic: Whole, funeral: Whole) -> Whole:
    return plus(lump, periodic, funeral)


@jkm.step("Ada masa tunggu", "There is a waiting time", unit="flag")
def waits(first_covered_on: date, full_from: date) -> bool:
    return full_from > first_covered_on


@jkm.step("Cara menghitung belum pasti", "The way of counting is open", unit="flag", when="waits", otherwise=False)
def counting_open(died_on: date, full_from: date, first_months_doubt_days: int) -> bool:
    return abs((died_on - full_from).days) <= first_months_doubt_days


SCHOLARSHIP = Rule("scholarship", "Beasiswa anak", "Scholarship", "PP 82/2019; Permenaker 5/2021")
scholarship = SCHOLARSHIP.form(
    (
        Input("cause", "choice", "sebab", "cause", ("jkk", "jkm")),
        Input("children", "count", "banyaknya anak", "number of children"),
        Input("months_contributed", "count", "bulan iuran", "months of contributions", default=WHEN_USED),
        Input("event_on", "day", "tanggal kejadian", "day of the event", default=None),
    ),
    ("eligible", "per_child", "maximum"),
    dated_by="event_on",
)


@scholarship.step("Bulan iuran yang diperlukan", "Months needed", unit="count", law="PP 82/2019", key="cause")
def months_needed(cause: str, scholarship_months: Table) -> Whole:
    return scholarship_months.whole(cause)


@scholarship.step("Perlu masa iur", "Months are needed", unit="flag")
def needs_months(months_needed: int) -> bool:
    return months_needed > 0


@scholarship.step("Masa iur cukup", "Enough months", unit="flag", law="PP 82/2019", when="needs_months", otherwise=True)
def enough_months(months_contributed: int, months_needed: int) -> bool:
    return months_contributed >= months_needed


@scholarship.step("Berhak", "Eligible", unit="flag", law="PP 82/2019")
def eligible(children: int, enough_months: bool) -> bool:
    return enough_months and children > 0


@scholarship.step("Paling banyak tiap anak", "Most for each child", law="PP 82/2019")
def per_child(scholarship_amount: Table, scholarship_years: Table) -> Whole:
    levels = zip(scholarship_amount.wholes(), scholarship_years.wholes(), strict=True)
    return plus(*(times(amount, years) for amount, years in levels))


@scholarship.step("Paling banyak seluruhnya", "Most in all", law="PP 82/2019", when="eligible")
def maximum(children: int, per_child: Whole, scholarship_children: int) -> Whole:
    return times(per_child, least(children, scholarship_children))


HEIRS = Rule("heirs", "Urutan ahli waris", "Heirs in order", "PP 44/2015 art. 37")
heirs = HEIRS.form(
    (Input("present", "names", "kerabat yang ada", "relatives there are"),), ("order", "heirs=first_heirs")
)


@heirs.step(
    "Urutan yang berhak",
    "Rank entitled (6: funeral to who arranged it, the rest to the Fund)",
    unit="count",
    law="PP 44/2015 art. 37",
)
def order(present: tuple[str, ...], heir_order: Table) -> int:
    return min((int(heir_order.whole(each)) for each in present), default=max(heir_order.wholes()) + 1)


@heirs.step("Yang berhak", "Entitled", unit="words", law="PP 44/2015 art. 37")
def first_heirs(present: tuple[str, ...], order: int, heir_order: Table) -> str:
    return ", ".join(each for each in present if heir_order.whole(each) == order)


SCHOLARSHIP_END = Rule("scholarship_end", "Akhir beasiswa seorang anak", "End of a child's scholarship", "PP 82/2019")
end = SCHOLARSHIP_END.form((Input("birth_date", "day", "tanggal lahir anak", "birth date of the child"),), ("ends_on",))


@end.step("Berakhir paling lambat", "Ends at the latest on", unit="day", law="PP 82/2019")
def ends_on(birth_date: date, scholarship_age: int) -> date:
    return months_later(birth_date, 12 * scholarship_age)
