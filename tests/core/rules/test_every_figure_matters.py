"""Each figure of the law is moved by its last digit: some answer must change, or the figure is not used as written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from jangkau.core.kernel import JangkauError
from jangkau.core.rules import Parameter, parameters, rules
from jangkau.core.rules.cases import read_cases
from jangkau.core.rules.engine import HISTORY, run
from jangkau.core.rules.parameters import Book, Table, Value
from jangkau.core.rules.words import plain

CASES = read_cases((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
LAW = parameters()


def asked(rule: str, **given: object) -> dict:
    return {"rule": rule, "given": given}


def keys(name: str) -> tuple[str, ...]:
    return LAW[name].values[0].content.keys


# tables whose every row needs a case of its own, beside the worked cases
TIERS = [
    asked("bpu_contribution", income=max(0, floor + step), month="2025-10", sector="other", funding="own", jht=True)
    for floor in LAW["bpu_tier_from"].values[0].content.wholes()
    for step in (0, -1_000, -999)
]
RELIEFS = [
    asked("bpu_contribution", income=99_000_000, month=month, sector=sector, funding=funding, jht=False)
    for month in ("2015-07", "2026-01", "2026-04", "2027-01", "2027-04")
    for sector in ("transport", "other")
    for funding in ("own", "apbn", "apbd", "apbdes", "dbhcht", "csr", "donor")
]
WAGES = [
    asked(
        "pu_contribution", wage=900_000_003, risk_class="V", month=month, scale=scale, labour_intensive=True, workers=n
    )
    for month in ("2015-07", "2020-07", "2020-08", "2021-02", "2025-01", "2025-02", "2025-08", "2026-02")
    for scale in ("micro", "small", "medium", "large")
    for n in (50, 51)
]
PROJECTS = [
    asked("jakon_contribution", contract_value=9_000_000_000 + part, vat_included=False, month="2026-03")
    for part in (0, 5_000, 6_111)  # JKK ends in .0, .5 and .4999
]
LOSSES = [
    asked("jkk_disability", wage=10**7, row=row, accident_on="2026-01-05", decibels=10, function_lost=lost)
    for row in keys("disability_table")
    for lost in ("100%", "50%")
]
INABILITY = [
    asked("jkk_temporary_inability", wage=10**7, days=400, accident_on=day) for day in ("2019-12-01", "2026-01-05")
]
DUE = [
    asked("due_date", segment=segment, month=month)
    for segment in ("pu", "bpu")
    for month in ("2019-03", "2019-09", "2020-08", "2020-10", "2020-11", "2021-06", "2026-01", "2026-06", "2026-07")
]
LATE = [
    asked("late_penalty", segment=segment, due=10**9, months_late=1, month=month)
    for segment in ("pu", "bpu")
    for month in ("2016-01", "2020-09", "2022-01")
]
MINIMUM = [
    asked("minimum_wage", wage=1, region=region, month=f"{year}-06")
    for year in range(2021, 2027)
    for region in ("32", "32.02", "32.72")
]
ARREARS = [asked("arrears_class", months_unpaid=months, month="2026-10") for months in range(1, 13)]
CASH = [asked("jkp_benefit", wage=5_000_000, months=6, dismissed_on=day) for day in ("2025-02-06", "2026-01-05")]
ROWS = (
    dict.fromkeys(("bpu_tier_from", "bpu_tier_to", "bpu_tier_base"), TIERS)
    | dict.fromkeys(("bpu_relief", "bpu_relief_excluded"), RELIEFS)
    | dict.fromkeys(("labour_intensive_relief", "labour_intensive_min_workers", "scale_programmes"), WAGES)
    | dict.fromkeys(("covid_relief", "covid_jp_deferral"), WAGES)
    | dict.fromkeys(("jakon_slice_from", "jakon_jkk_rate", "jakon_jkm_rate"), PROJECTS)
    | dict.fromkeys(("inability_share", "inability_phase_months", "inability_month_days"), INABILITY)
    | dict.fromkeys(("due_day", "due_after_months"), DUE)
    | {"disability_table": LOSSES, "late_penalty_rate": LATE, "minimum_wage": MINIMUM, "jkp_share": CASH}
    | {"arrears_classes": ARREARS}
    | {"business_kinds": [asked("jkk_risk_class", kind=kind) for kind in keys("business_kinds")]}
    | {"pu_jkk_rate": [asked("jkk_risk_class", kind=f"{name}-1") for name in keys("pu_jkk_rate")]}
)


def answer(case: dict, book: Book) -> object:
    try:
        values = run(rules()[case["rule"]], case["given"], book).values
    except JangkauError as error:
        return type(error).__name__
    return {name: plain(value) for name, value in values.items()}


def reaches(case: dict, name: str) -> bool:
    quantities = [each for form in rules()[case["rule"]].forms for each in form.quantities.values()]
    return any(name in (argument, argument.removesuffix(HISTORY)) for each in quantities for argument in each.arguments)


def with_values(parameter: Parameter, place: int, value: Value) -> Book:
    values = (*parameter.values[:place], value, *parameter.values[place + 1 :])
    return Book(dict(LAW) | {parameter.name: replace(parameter, values=values)})


def mutations(parameter: Parameter):
    """Each figure with its last digit one up, and one down."""
    for place, value in enumerate(parameter.values):
        entries = value.content.entries if isinstance(value.content, Table) else [value.content]
        for position in range(0 if isinstance(value.content, tuple) else len(entries)):
            books = [with_values(parameter, place, changed(value, position, by)) for by in (1, -1)]
            yield f"{parameter.name} {value.since} {position}", books


def changed(value: Value, position: int, by: int) -> Value:
    content = value.content
    if not isinstance(content, Table):
        return replace(value, content=moved(content, by))
    entries = (*content.entries[:position], moved(content.entries[position], by), *content.entries[position + 1 :])
    return replace(value, content=replace(content, entries=entries))


def moved(entry: object, by: int) -> object:
    if isinstance(entry, str):
        return {"half_up": "down", "down": "up", "proportional": "whole"}.get(entry, entry + "x")
    if isinstance(entry, Fraction):
        return entry + by * (Fraction(1, 100) if entry > 1 else Fraction(1, 10_000))
    return entry + by


@pytest.mark.parametrize("name", sorted(LAW))
def test_changing_any_figure_by_its_last_digit_changes_an_answer(name):
    """Up or down: a fifth of four programmes means nothing. Only answers count: the trace would show any change."""
    reached = [case for case in [*ROWS.get(name, []), *CASES] if reaches(case, name)]
    before = [answer(case, LAW) for case in reached]
    for title, books in mutations(LAW[name]):
        pairs = ((answer(case, book), old) for book in books for case, old in zip(reached, before, strict=True))
        assert any(new != old for new, old in pairs), title


def test_every_holiday_moves_a_deadline():
    """Without a holiday, a file complete on the day before it must be paid a day earlier."""
    known = LAW["holidays"]
    for place, value in enumerate(known.values):
        for day in value.content:
            if day.weekday() < 5 and day > date(2015, 7, 2):
                fewer = replace(value, content=tuple(each for each in value.content if each != day))
                case = asked("payment_deadline", programme="jkm", complete_on=day - timedelta(days=1))
                assert answer(case, with_values(known, place, fewer)) != answer(case, LAW), day
