"""Numbers, days and shares as people write them, in both languages."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from jangkau.registry.people.presenters import figures


@pytest.mark.parametrize(
    ("language", "write", "value", "written"),
    [
        ("id", figures.people, 1150000, "1.150.000"),
        ("en", figures.people, 1150000, "1,150,000"),
        ("id", figures.people, None, "\N{EN DASH}"),
        ("id", figures.percent, 41.0, "41,0\N{NO-BREAK SPACE}%"),
        ("en", figures.percent, 41.25, "41.3%"),
        ("id", figures.as_published, 52.15, "52,15\N{NO-BREAK SPACE}%"),
        ("id", figures.as_published, 41.0, "41\N{NO-BREAK SPACE}%"),
        ("id", figures.rupiah, 16800, "Rp16.800"),
        ("id", figures.day, date(2025, 7, 14), "14 Juli 2025"),
        ("en", figures.day, date(2025, 7, 14), "14 July 2025"),
        ("id", figures.short_month, date(2026, 10, 31), "Okt 26"),
        ("id", figures.masked, "3202014107905001", "3202********5001"),
        ("id", figures.masked, "32020141", "********"),
        ("id", figures.chance, 0.9999, "99,9\N{NO-BREAK SPACE}%"),
        ("id", figures.chance, 1.0, "100\N{NO-BREAK SPACE}%"),
    ],
)
def test_written(language, write, value, written):
    with translation.override(language):
        assert write(value) == written


@pytest.mark.parametrize(
    ("value", "found"),
    [(None, "none"), (0, "0"), (19.99, "0"), (20, "1"), (35, "2"), (50, "3"), (65, "4"), (100, "4"), (100.1, "over")],
)
def test_a_class_holds_its_lower_bound(value, found):
    assert figures.coverage_class(value) == found


def test_bars_carry_no_inline_style_and_never_leave_their_box():
    page = Template("{% load figures %}{% share high %}{% share none %}{% whole parts %}{% meter 3 12 %}")
    parts = [("paid", 1), ("arrears", 0), ("lapsed", 0), ("never", 3)]
    with translation.override("id"):
        made = page.render(Context({"high": 190.0, "none": None, "parts": parts}))
    assert "style" not in made
    assert 'width="100.0%"' in made and "190,0" in made and "terlalu tinggi" in made
    assert "tidak ada data" in made
    assert '<rect class="part-never" x="25.00%" width="75.00%"' in made
    assert 'aria-valuenow="3"' in made and 'aria-valuemax="12"' in made
