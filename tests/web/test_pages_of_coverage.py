"""Beranda and Wilayah from facts alone: the parts add up, the gap is told in people, steps exist when numbers do."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from django.utils import translation

from jangkau.core.kernel import Month
from jangkau.core.measures.changes import CHANGES
from jangkau.core.measures.published import starting_set
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.web.dashboards import presenters
from jangkau.web.dashboards.presenters import region_page
from jangkau.web.dashboards.presenters.workbook import region_workbook

VILLAGES = (
    Place("32.02.05.2001", "Cisolok", "village", "32.02.05"),
    Place("32.02.05.2002", "Pasirbaru", "village", "32.02.05"),
)
CUBE = pl.DataFrame(
    [
        ("32.02.05.2001", "pu", "L", "25-34", "teacher", "paid_up", None, 30),
        ("32.02.05.2001", "bpu", "P", "35-44", "farmer", "never", None, 50),
        ("32.02.05.2002", "bpu", "L", "35-44", "fisher", "grace", None, 10),
        ("32.02.05.2002", "bpu", "L", "55-64", "fisher", "lapsed", None, 10),
        ("32.02.05.2002", "bpu", "L", None, "fisher", "never", "deceased", 3),
    ],
    schema=["village_code", "segment", "sex", "age_band", "trade", "state", "not_counted", "people"],
    orient="row",
)
COVERAGE = pl.DataFrame(
    [
        ("32.02.05", "all", 110, 44, 10),
        ("32.02.05", "pu", 33, 33, 3),
        ("32.02.05", "bpu", 77, 11, 7),
        ("32.02.05.2001", "all", 88, 33, 8),
        ("32.02.05.2002", "all", 22, 11, 2),
    ],
    schema=["region_code", "segment", "workers", "covered", "allocated"],
    orient="row",
)
FACTS = Facts(
    on=date(2026, 10, 31),
    place=Place("32.02.05", "Cisolok", "district", "32.02"),
    ancestors=(Place("32.02", "Kabupaten Sukabumi", "regency", "32"),),
    below=VILLAGES,
    villages=VILLAGES,
    cube=CUBE,
    coverage=COVERAGE,
    names={"32.02.05": "Cisolok"},
)


def home_page(facts, told=()):
    return presenters.home_page(facts, [*starting_set(), *told])


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


def test_the_four_parts_add_up_to_the_workers_of_the_table():
    now = home_page(FACTS).standing
    assert now.workers == 110 and now.covered == 44
    assert now.paid_up + now.grace + now.lapsed + now.never == now.workers
    assert (now.paid_up, now.grace) == (33, 11)


def test_the_gap_is_told_in_people_and_in_the_year_of_its_target():
    gap = home_page(FACTS).gap
    assert gap is not None
    assert gap.people == 58 - 44  # 52.15 % of 110 is 57.4: the 58th person reaches it
    assert gap.year == 2025 and gap.asked_year == 2026
    assert gap.pace == ""


@pytest.mark.parametrize(("monthly", "words"), [(7, "Desember 2026"), (1, "Desember 2027"), (0, "tidak akan tercapai")])
def test_the_pace_of_six_months(monthly, words):
    history = [(Month(2026, 4).plus(i), 110, 44 - monthly * (6 - i)) for i in range(7)]
    assert words in home_page(replace(FACTS, history=history)).gap.pace


def test_the_outlook_starts_from_the_figure_of_the_page_and_says_how():
    history = [(Month(2024, 11).plus(i), 110, 5 + i) for i in range(24)]
    page = home_page(replace(FACTS, history=history))
    assert page.ahead is not None
    assert [row.people for row in page.ahead.rows] == [45, 46, 47, 48, 49, 50]
    assert page.ahead.rows[0].low == page.ahead.rows[0].high == pytest.approx(100 * 45 / 110)
    assert "80,0" in page.ahead.method and "13 prakiraan" in page.ahead.tested
    assert page.trend["last"] == page.ahead.rows[-1].on.isoformat()
    assert home_page(replace(FACTS, history=history[:5])).ahead is None


def test_changes_add_up_and_say_only_what_happened():
    told = dict.fromkeys(CHANGES, 0) | {"before": 40, "first": 9, "lapsed": 4, "deceased": 1, "after": 44}
    frame = pl.DataFrame([{"segment": "all", "since": date(2026, 9, 30)} | told])
    changes = region_page(replace(FACTS, changes=frame)).changes
    assert changes is not None and changes.since == date(2026, 9, 30)
    signed = {line.sign: 0 for line in changes.lines}
    for line in changes.lines:
        signed[line.sign] += line.people[0]
    assert changes.before[0] + signed["+"] - signed["\N{MINUS SIGN}"] == changes.after[0]
    assert len(changes.lines) == 3


def test_steps_stand_only_where_their_numbers_exist():
    assert [step.amount for step in home_page(FACTS).steps] == [55, 11]
    more = replace(FACTS, lists_to_publish=2, rows_to_review=9, employers_unregistered=3, workers_unregistered=40)
    assert [step.amount for step in home_page(more).steps] == [2, 9, 55, 11, 3]
    reached = replace(FACTS, visited=frozenset({"32.02.05.2001"}))
    assert home_page(reached).steps[-1].detail == "Pasirbaru"
    assert home_page(reached).map["cells"]["32.02.05.2002"]["unvisited"]


def test_official_figures_are_quoted_only_once_they_were_said():
    page = home_page(replace(FACTS, place=Place("32.02", "Kabupaten Sukabumi", "regency", "32")))
    assert page.measures.quoted.percent == 41.0 and page.measures.province.percent == 37.2
    early = home_page(replace(FACTS, on=date(2024, 11, 30), place=page.place))
    assert early.measures.quoted is None


def test_the_regencys_own_target_goes_before_that_of_the_country():
    own = replace_target(region_code="32.02", region_name="Kabupaten Sukabumi", family="RPJMD", percent=60.0)
    gap = home_page(FACTS, [own]).gap
    assert (gap.target.family, gap.people) == ("RPJMD", 66 - 44)


def replace_target(**changes):
    target = next(f for f in starting_set() if f.kind == "target" and f.on.year == 2026 and f.percent)
    return target._replace(**changes)


def test_nobody_counted_is_no_zero():
    empty = replace(FACTS, coverage=COVERAGE.clear(), cube=CUBE.clear())
    page = home_page(empty)
    assert page.is_empty and page.standing.percent is None and page.gap is None
    assert {cell["class"] for cell in page.map["cells"].values()} == {"none"}


def test_a_district_names_what_is_left_out_and_shared():
    page = region_page(FACTS)
    assert page.allocated == 10
    assert page.not_counted == (("meninggal", 3),)
    assert (page.occupations[0].name, page.occupations[0].uncovered) == ("Petani dan peternak", 50)
    assert page.place.title == "Kecamatan Cisolok" and VILLAGES[0].title == "Desa Cisolok"
    assert region_workbook(page)[:2] == b"PK"


def test_a_district_is_drawn_over_its_measured_days():
    days = [(date(2026, 8, 31), 100, 30), (date(2026, 9, 30), 0, 0), (date(2026, 10, 31), 110, 44)]
    page = region_page(replace(FACTS, measured=days), starting_set())
    assert [(point["on"], point["value"]) for point in page.trend["line"]] == [("2026-08-31", 30), ("2026-10-31", 40)]
    assert page.by_day and page.trend["dots"] == []  # nobody publishes coverage of a district
    assert region_page(replace(FACTS, measured=days[2:])).trend == {}
    regency = replace(FACTS, measured=days, place=Place("32.02", "Kabupaten Sukabumi", "regency", "32"))
    early = replace(regency, measured=[(date(2024, 11, 30), 100, 36), *days])
    assert [dot["value"] for dot in region_page(early, starting_set()).trend["dots"]] == [37.2, 37.7, 41]
