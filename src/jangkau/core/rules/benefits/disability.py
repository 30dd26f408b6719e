"""JKK: partial disability by the table of the law, percent of 80 wages; one loss, or several in one accident (at most
70%). PP 44/2015 Lampiran III, kept by PP 82/2019. Rows marked assumed must be checked in the annex."""

from __future__ import annotations

from fractions import Fraction

from jangkau.core.rules.arithmetic import Rate, Whole, multiply
from jangkau.core.rules.benefits.accident import WAGE
from jangkau.core.rules.deadlines import ACCIDENT_ON
from jangkau.core.rules.engine import Rule
from jangkau.core.rules.given import WHEN_USED, Input, WrongInput
from jangkau.core.rules.parameters import Table
from jangkau.core.rules.words import percent as percent_text

LAW = "PP 44/2015 Lampiran III; PP 82/2019"
SCALP = "28"
HEARING = ("31", "32")
SIGHT = ("40", "41", "42", "44")
PAIRS = (("1", "2"), ("3", "4"), ("5", "6"), ("15", "16"), ("17", "18"), ("19", "20"), ("21", "22"), ("23", "24"))
SWAPPED = dict(PAIRS) | {left: right for right, left in PAIRS}
NOTHING = Rate(0, 1)

JKK_DISABILITY = Rule("jkk_disability", "Cacat sebagian", "Partial disability", LAW)
one = JKK_DISABILITY.form(
    (
        WAGE,
        Input("row", "text", "baris tabel cacat", "row of the disability table"),
        Input("function_lost", "share", "bagian fungsi yang hilang", "share of function lost", default=None),
        Input("decibels", "count", "penurunan pendengaran (dB)", "hearing lost (dB)", default=WHEN_USED),
        Input("assessed", "percent", "penilaian dokter (baris 28)", "assessment (row 28)", default=WHEN_USED),
        Input("left_handed", "flag", "kidal", "left-handed", default=False),
        ACCIDENT_ON,
    ),
    ("percent", "amount"),
    dated_by="accident_on",
)  # fmt: skip


@one.step("Baris yang dipakai", "Row used", unit="code", law=LAW)
def used_row(row: str, left_handed: bool) -> str:
    return SWAPPED.get(row, row) if left_handed else row


@one.step("Dinilai dokter", "Assessed by a doctor", unit="flag")
def is_assessed(used_row: str) -> bool:
    return used_row == SCALP


@one.step("Ada di tabel", "Stands in the table", unit="flag")
def is_listed(used_row: str) -> bool:
    return used_row != SCALP


@one.step("Penurunan pendengaran", "Hearing is reduced", unit="flag")
def is_hearing(used_row: str) -> bool:
    return used_row in HEARING


@one.step("Penurunan penglihatan", "Sight is reduced", unit="flag")
def is_sight(used_row: str) -> bool:
    return used_row in SIGHT


@one.step("Penilaian dokter", "Assessment", unit="share", law=LAW, when="is_assessed", otherwise=NOTHING)
def assessed_share(assessed: Rate, disability_assessed: Table) -> Rate:
    least, most = disability_assessed.rates()
    if not least <= assessed.fraction <= most:
        raise WrongInput(
            f"Penilaian harus antara {percent_text(least)}% dan {percent_text(most)}%.",
            f"The assessment lies between {percent_text(least)}% and {percent_text(most)}%.",
        )
    return assessed


@one.step(
    "Persentase menurut tabel",
    "Percentage by the table",
    unit="share",
    law=LAW,
    key="used_row",
    when="is_listed",
    otherwise=NOTHING,
)
def row_share(used_row: str, disability_table: Table) -> Rate:
    return disability_table.rate(used_row)


@one.step("Langkah penurunan pendengaran", "Steps of hearing lost", unit="count", law=LAW, when="is_hearing")
def hearing_steps(decibels: int, disability_step: int) -> int:
    return decibels // disability_step


@one.step("Langkah penurunan penglihatan", "Steps of sight lost", unit="count", law=LAW, when="is_sight")
def sight_steps(function_lost: Rate | None, disability_step: int) -> int:
    if function_lost is None:
        raise JKK_DISABILITY.forms[0].inputs["function_lost"].missing()
    return int(function_lost.fraction * 100 // disability_step)


@one.step("Persentase cacat", "Percentage of disability", unit="share", law=LAW)
def share(
    assessed_share: Rate, row_share: Rate, is_hearing: bool, is_sight: bool, hearing_steps: int, sight_steps: int,
    function_lost: Rate | None, disability_most: Rate,
) -> Rate:  # fmt: skip
    if is_hearing or is_sight:
        found = row_share.fraction * (hearing_steps + sight_steps)
    else:
        found = row_share.fraction * (function_lost.fraction if function_lost else 1)
    return Rate.of(min(found + assessed_share.fraction, disability_most.fraction))


@one.step("Persentase", "Percent", unit="words")
def percent(share: Rate) -> str:
    return percent_text(share.fraction)


@one.step("Santunan", "Benefit", law=LAW)
def amount(wage: Whole, share: Rate, disability_wages: int, benefit_rounding: str) -> Whole:
    return multiply(wage, share.times(Rate(disability_wages, 1)), benefit_rounding)


JKK_DISABILITIES = Rule(
    "jkk_disabilities", "Beberapa cacat dalam satu kecelakaan", "Several losses in one accident", LAW
)
several = JKK_DISABILITIES.form(
    (
        WAGE,
        Input("losses", "names", "baris tabel, misalnya [15, “17:50%”]", "rows of the table, as in [15, “17:50%”]"),
        ACCIDENT_ON,
    ),
    ("percent=several_percent", "amount=several_amount"),
    dated_by="accident_on",
)


@several.step("Jumlah persentase, paling tinggi 70%", "Sum of percentages, at most 70%", unit="share", law=LAW)
def several_share(losses: tuple[str, ...], disability_table: Table, disability_most: Rate) -> Rate:
    found = Fraction(0)
    lost_input = JKK_DISABILITY.forms[0].inputs["function_lost"]
    for loss in losses:
        row, _, lost = loss.partition(":")
        if row in (SCALP, *HEARING, *SIGHT):
            raise WrongInput(
                f"Baris {row} dinilai tersendiri: pakai jkk_disability.",
                f"Row {row} is assessed alone: use jkk_disability.",
            )
        part = lost_input.read(lost) if lost else Rate(1, 1)
        assert isinstance(part, Rate)
        found += disability_table.rate(row).times(part).fraction
    return Rate.of(min(found, disability_most.fraction))


@several.step("Persentase", "Percent", unit="words")
def several_percent(several_share: Rate) -> str:
    return percent_text(several_share.fraction)


@several.step("Santunan", "Benefit", law=LAW)
def several_amount(wage: Whole, several_share: Rate, disability_wages: int, benefit_rounding: str) -> Whole:
    return multiply(wage, several_share.times(Rate(disability_wages, 1)), benefit_rounding)


HEARING_LOSS = Rule(
    "hearing_loss", "Penurunan daya dengar kedua telinga", "Hearing loss of both ears", "PER.25/MEN/XII/2008"
)
ears = HEARING_LOSS.form(
    (
        Input("better", "count", "ambang dengar telinga yang lebih baik (dB)", "mean threshold of the better ear (dB)"),
        Input("worse", "count", "ambang dengar telinga yang lebih buruk (dB)", "mean threshold of the worse ear (dB)"),
    ),
    ("percent=hearing_percent",),
)


@ears.step("Penurunan", "Loss", unit="share", law="PER.25/MEN/XII/2008")
def hearing_share(
    better: int, worse: int, hearing_weight: Rate, hearing_threshold: int, hearing_better_ear: int
) -> Rate:
    if worse < better:
        raise WrongInput("Telinga yang lebih buruk berambang lebih tinggi.", "The worse ear has the higher threshold.")
    one_ear, other_ear = (max(0, ear - hearing_threshold) * hearing_weight.fraction for ear in (better, worse))
    return Rate.of(min(Fraction(1), (hearing_better_ear * one_ear + other_ear) / (hearing_better_ear + 1)))


@ears.step("Persentase", "Percent", unit="words")
def hearing_percent(hearing_share: Rate) -> str:
    return percent_text(hearing_share.fraction)
