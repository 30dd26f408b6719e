"""When contributions are due, what lateness costs, by when benefits must be paid and claims filed, when warnings end.
PP 44, 45, 46/2015; PP 49/2020; PP 82/2019 art. 26; PP 86/2013; PP 37/2021 art. 40, PP 6/2025 art. 40."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from jangkau.core.kernel import Month, Refused
from jangkau.core.rules.arithmetic import Rate, Whole, multiply, plus, times
from jangkau.core.rules.calendar import months_later, next_working_day, working_days_after
from jangkau.core.rules.engine import History, Rule
from jangkau.core.rules.given import Input
from jangkau.core.rules.parameters import Table

SEGMENT = Input("segment", "choice", "segmen", "segment", ("pu", "bpu"))
MONTH = Input("month", "month", "bulan iuran", "contribution month")
ANY_MONTH = Input("month", "month", "bulan iuran", "contribution month", default=None)

DUE_DATE = Rule(
    "due_date", "Jatuh tempo iuran", "Due date of contributions", "PP 44/2015 art. 21-22; PP 49/2020 art. 4"
)
due = DUE_DATE.form((SEGMENT, MONTH), ("due_on",), dated_by="month")


@due.step("Bulan jatuh tempo", "Month of the due date", unit="month", law="PP 44/2015 art. 21-22", key="segment")
def due_month(month: Month, segment: str, due_after_months: Table) -> Month:
    return month.plus(int(due_after_months.whole(segment)))


@due.step("Tanggal menurut aturan", "Day by the rule", unit="day", law="PP 44/2015 art. 21-22", key="segment")
def nominal_due(due_month: Month, segment: str, due_day: Table) -> date:
    last = monthrange(due_month.year, due_month.month)[1]
    return date(due_month.year, due_month.month, min(int(due_day.whole(segment)), last))


@due.step("Jatuh tempo", "Due on", unit="day", law="PP 44/2015 art. 21-22")
def due_on(nominal_due: date, holidays_history: History, working_week: int) -> date:
    return next_working_day(nominal_due, holidays_history.on, working_week)


LATE_PENALTY = Rule(
    "late_penalty", "Denda keterlambatan iuran", "Penalty for late contributions", "PP 44/2015 art. 21-22"
)
late = LATE_PENALTY.form(
    (
        SEGMENT,
        Input("due", "money", "iuran yang terutang", "contribution due"),
        Input("months_late", "count", "bulan keterlambatan penuh", "whole months of delay"),
        ANY_MONTH,
    ),
    ("penalty",),
    dated_by="month",
)


@late.step("Denda", "Penalty", law="PP 44/2015 art. 21-22", key="segment")
def penalty(due: int, months_late: int, segment: str, late_penalty_rate: Table, contribution_rounding: str) -> Whole:
    rate = late_penalty_rate.rate(segment)
    return multiply(due, rate.times(Rate(months_late, 1)), contribution_rounding)


ADMINISTRATIVE_FINE = Rule(
    "administrative_fine", "Denda administratif", "Administrative fine", "UU 24/2011 art. 17; PP 86/2013"
)
fined = ADMINISTRATIVE_FINE.form(
    (
        Input(
            "contribution_due",
            "money",
            "iuran sebulan yang seharusnya dibayar",
            "contribution that should have been paid",
        ),
        Input("months", "count", "banyaknya bulan", "number of months"),
        ANY_MONTH,
    ),
    ("fine",),
    dated_by="month",
)


@fined.step("Denda administratif", "Administrative fine", law="PP 86/2013")
def fine(contribution_due: int, months: int, administrative_fine_rate: Rate, contribution_rounding: str) -> Whole:
    return multiply(contribution_due, administrative_fine_rate.times(Rate(months, 1)), contribution_rounding)


ARREARS = Rule("arrears", "Tunggakan dan dendanya", "Arrears and their penalty", "PP 44/2015 art. 21-22")
owed = ARREARS.form(
    (
        SEGMENT,
        Input("monthly", "money", "iuran sebulan", "monthly contribution"),
        Input("months_unpaid", "count", "bulan yang belum dibayar", "months unpaid"),
        ANY_MONTH,
    ),
    ("contributions", "penalty=arrears_penalty", "total"),
    dated_by="month",
)


@owed.step("Iuran tertunggak", "Contributions owed")
def contributions(monthly: int, months_unpaid: int) -> Whole:
    return times(monthly, months_unpaid)


@owed.step("Denda seluruh bulan", "Penalty of all months", law="PP 44/2015 art. 21-22", key="segment")
def arrears_penalty(
    monthly: int, months_unpaid: int, segment: str, late_penalty_rate: Table, contribution_rounding: str
) -> Whole:
    # the oldest month is late by all months, the newest by one: simple, not compounded
    late_months = months_unpaid * (months_unpaid + 1) // 2
    return multiply(monthly, late_penalty_rate.rate(segment).times(Rate(late_months, 1)), contribution_rounding)


@owed.step("Jumlah", "Total")
def total(contributions: int, arrears_penalty: int) -> Whole:
    return plus(contributions, arrears_penalty)


ARREARS_CLASS = Rule(
    "arrears_class", "Kelas piutang iuran", "Class of arrears", "praktik cabang | practice of branches"
)
classed = ARREARS_CLASS.form(
    (Input("months_unpaid", "count", "bulan yang belum dibayar", "months unpaid"), ANY_MONTH),
    ("class=arrears_class",),
    dated_by="month",
)


@classed.step("Kelas piutang", "Class of arrears", unit="code")
def arrears_class(months_unpaid: int, arrears_classes: Table) -> str:
    begun = [
        name
        for name, first in zip(arrears_classes.keys, arrears_classes.wholes(), strict=True)
        if first <= months_unpaid
    ]
    return begun[-1] if begun else "none"


BPU_STATUS = Rule(
    "bpu_status",
    "Status peserta BPU yang menunggak",
    "State of a self-employed member in arrears",
    "Perdir 22/PERDIR.02/072022",
)
standing = BPU_STATUS.form(
    (Input("last_paid", "month", "bulan iuran terakhir yang dibayar", "last month paid"), MONTH),
    ("months_unpaid", "state", "payable_until"),
    dated_by="month",
)


@standing.step("Bulan yang belum dibayar", "Months unpaid", unit="count")
def months_unpaid(last_paid: Month, month: Month) -> int:
    return max(0, month.ordinal - last_paid.ordinal)


@standing.step("Status", "State", unit="code", law="Perdir 22/PERDIR.02/072022")
def state(months_unpaid: int, bpu_grace_months: int) -> str:
    if months_unpaid == 0:
        return "paid"
    return "arrears" if months_unpaid <= bpu_grace_months else "ended"


@standing.step(
    "Tunggakan dapat dibayar sampai bulan",
    "Arrears payable until the month",
    unit="month",
    law="Perdir 22/PERDIR.02/072022",
)
def payable_until(last_paid: Month, bpu_grace_months: int) -> str:
    return str(last_paid.plus(bpu_grace_months))


ACCIDENT_ON = Input("accident_on", "day", "tanggal kecelakaan atau diagnosis", "day of the accident or diagnosis")
FILED_ON = Input("filed_on", "day", "tanggal klaim", "day of the claim")
CLAIM_EXPIRY = Rule("claim_expiry", "Kedaluwarsa klaim JKK", "Expiry of a JKK claim", "PP 82/2019 art. 26")
claim = CLAIM_EXPIRY.form((ACCIDENT_ON, FILED_ON), ("expires_on", "expired"), dated_by="accident_on")


@claim.step("Kedaluwarsa pada", "Expires on", unit="day", law="PP 82/2019 art. 26")
def expires_on(accident_on: date, claim_expiry_years: int) -> date:
    return months_later(accident_on, 12 * claim_expiry_years)


@claim.step("Sudah kedaluwarsa", "Expired", unit="flag", law="PP 82/2019 art. 26")
def expired(accident_on: date, filed_on: date, expires_on: date) -> bool:
    if filed_on < accident_on:
        raise Refused(
            "Tanggal klaim mendahului kecelakaan. Periksa kedua tanggal.",
            "The claim is before the accident. Check both days.",
        )
    return filed_on > expires_on


JKP_EXPIRY = Rule(
    "jkp_claim_expiry", "Kedaluwarsa klaim JKP", "Expiry of a JKP claim", "PP 37/2021 art. 40; PP 6/2025 art. 40"
)
jkp_claim = JKP_EXPIRY.form(
    (Input("dismissed_on", "day", "tanggal PHK", "day of dismissal"), FILED_ON),
    ("expires_on=jkp_expires_on", "expired=jkp_expired"),
    dated_by="dismissed_on",
)


@jkp_claim.step("Kedaluwarsa pada", "Expires on", unit="day", law="PP 6/2025 art. 40")
def jkp_expires_on(dismissed_on: date, jkp_claim_months: int) -> date:
    return months_later(dismissed_on, jkp_claim_months)


@jkp_claim.step("Sudah kedaluwarsa", "Expired", unit="flag", law="PP 6/2025 art. 40")
def jkp_expired(filed_on: date, jkp_expires_on: date) -> bool:
    return filed_on > jkp_expires_on


PAYMENT_DEADLINE = Rule(
    "payment_deadline",
    "Batas pembayaran manfaat",
    "Deadline to pay a benefit",
    "PP 44/2015 art. 37; Permenaker 44/2015 art. 19",
)
payment = PAYMENT_DEADLINE.form(
    (
        Input("programme", "choice", "program", "programme", ("jkk", "jkm")),
        Input("complete_on", "day", "tanggal berkas lengkap", "day the file is complete"),
        Input("amount", "money", "manfaat", "benefit", default=0),
        Input("paid_on", "day", "tanggal dibayar", "day of payment", default=None),
    ),
    ("pay_by", "days_late", "compensation"),
    dated_by="complete_on",
)


@payment.step("Dibayar paling lambat", "To be paid by", unit="day", law="PP 44/2015 art. 37", key="programme")
def pay_by(
    complete_on: date, programme: str, payment_days: Table, holidays_history: History, working_week: int
) -> date:
    return working_days_after(complete_on, int(payment_days.whole(programme)), holidays_history.on, working_week)


@payment.step("Hari terlambat", "Days late", unit="count")
def days_late(paid_on: date | None, pay_by: date) -> int:
    return max(0, (paid_on - pay_by).days) if paid_on else 0


@payment.step("Ganti rugi", "Compensation", law="PP 44/2015 art. 37")
def compensation(amount: int, days_late: int, late_payment_rate: Rate, benefit_rounding: str) -> Whole:
    return multiply(amount, late_payment_rate.times(Rate(days_late, 1)), benefit_rounding)


WARNING_DEADLINES = Rule(
    "warning_deadlines", "Batas teguran dan denda administratif", "Deadlines of warnings and fine", "PP 86/2013"
)
warning = WARNING_DEADLINES.form(
    (Input("warned_on", "day", "tanggal teguran pertama", "day of the first warning"),),
    ("first_ends_on", "second_ends_on", "fine_due_on"),
    dated_by="warned_on",
)


@warning.step("Teguran pertama berakhir", "First warning ends", unit="day", law="PP 86/2013")
def first_ends_on(warned_on: date, warning_days: int, holidays_history: History, working_week: int) -> date:
    return working_days_after(warned_on, warning_days, holidays_history.on, working_week)


@warning.step("Teguran kedua berakhir", "Second warning ends", unit="day", law="PP 86/2013")
def second_ends_on(first_ends_on: date, warning_days: int, holidays_history: History, working_week: int) -> date:
    return working_days_after(first_ends_on, warning_days, holidays_history.on, working_week)


@warning.step("Denda dibayar paling lambat", "Fine to be paid by", unit="day", law="PP 86/2013")
def fine_due_on(second_ends_on: date, fine_days: int) -> date:
    return second_ends_on + timedelta(days=fine_days)


JAKON_DEADLINES = Rule(
    "jakon_deadlines", "Batas pendaftaran proyek konstruksi", "Deadline to register a project", "Permenaker 44/2015"
)
project = JAKON_DEADLINES.form(
    (Input("ordered_on", "day", "tanggal SPK", "day of the work order"),), ("register_by",), dated_by="ordered_on"
)


@project.step("Didaftarkan paling lambat", "To be registered by", unit="day", law="Permenaker 44/2015")
def register_by(ordered_on: date, jakon_registration_days: int, holidays_history: History, working_week: int) -> date:
    return working_days_after(ordered_on, jakon_registration_days, holidays_history.on, working_week)


ROSTER_DEADLINE = Rule(
    "jakon_change_deadline",
    "Batas melaporkan perubahan pekerja proyek",
    "Deadline to report a change of workers",
    "Perdir 22/PERDIR.02/072022",
)
roster = ROSTER_DEADLINE.form(
    (Input("changed_on", "day", "tanggal berubah", "day of the change"),), ("report_by",), dated_by="changed_on"
)


@roster.step("Dilaporkan paling lambat", "To be reported by", unit="day", law="Perdir 22/PERDIR.02/072022")
def report_by(changed_on: date, jakon_change_days: int, holidays_history: History, working_week: int) -> date:
    return working_days_after(changed_on, jakon_change_days, holidays_history.on, working_week)


ACCIDENT_REPORT = Rule(
    "accident_report",
    "Batas laporan kecelakaan kerja",
    "Deadlines to report a work accident",
    "PP 44/2015; Permenaker 5/2021",
)
report = ACCIDENT_REPORT.form(
    (
        ACCIDENT_ON,
        Input("settled_on", "day", "tanggal sembuh, cacat, meninggal", "day healed, disabled, dead", default=None),
    ),
    ("first_hours", "first_by", "second_hours", "second_by", "decision_by"),
    dated_by="accident_on",
)  # fmt: skip


@report.step("Jam untuk laporan tahap I", "Hours for the stage I report", unit="count", law="PP 44/2015")
def first_hours(accident_report_hours: int) -> int:
    return accident_report_hours


@report.step("Jam untuk laporan tahap II", "Hours for the stage II report", unit="count", law="PP 44/2015")
def second_hours(accident_second_report_hours: int) -> int:
    return accident_second_report_hours


@report.step("Laporan tahap I paling lambat", "Stage I report by", unit="day", law="PP 44/2015; Permenaker 5/2021")
def first_by(accident_on: date, first_hours: int) -> date:
    return accident_on + timedelta(hours=first_hours)


@report.step("Sudah sembuh, cacat, atau meninggal", "Healed, disabled or dead", unit="flag")
def is_settled(settled_on: date | None) -> bool:
    return settled_on is not None


@report.step(
    "Laporan tahap II paling lambat",
    "Stage II report by",
    unit="day",
    law="PP 44/2015; Permenaker 5/2021",
    when="is_settled",
    otherwise=None,
)
def second_by(settled_on: date, second_hours: int) -> date:
    return settled_on + timedelta(hours=second_hours)


@report.step(
    "Ada aturan dugaan kecelakaan",
    "The rule on suspected accidents is in force",
    unit="flag",
    law="PP 49/2023 art. 25A",
)
def suspected_rule(accident_on: date, suspected_decision_days_history: History) -> bool:
    return accident_on >= suspected_decision_days_history.parameter.values[0].since


@report.step(
    "Dugaan kecelakaan diputuskan paling lambat", "A suspected accident is decided by", unit="day",
    law="PP 49/2023 art. 25A, 25B", when="suspected_rule", otherwise=None,
)  # fmt: skip
def decision_by(first_by: date, suspected_decision_days: int) -> date:
    return first_by + timedelta(days=suspected_decision_days)


CARD_DEADLINE = Rule(
    "card_deadline", "Batas penerbitan kartu PU", "Deadline to issue the card of a PU member", "PP 46/2015 art. 8(1)"
)
card = CARD_DEADLINE.form(
    (Input("complete_on", "day", "tanggal berkas lengkap dan iuran pertama", "day of file and first payment"),),
    ("issue_by",),
    dated_by="complete_on",
)


@card.step("Terbit paling lambat", "To be issued by", unit="day", law="PP 46/2015 art. 8(1)")
def issue_by(complete_on: date, card_days: int, holidays_history: History, working_week: int) -> date:
    return working_days_after(complete_on, card_days, holidays_history.on, working_week)
