"""Single cells: numbers, dates, names, money. Nothing raises, no digit is invented."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.reading.cells import amounts, dates
from jangkau.core.reading.cells.names import read_names
from jangkau.core.reading.cells.nik import date_differs, read_niks, sex_differs
from jangkau.core.reading.columns import field_of
from jangkau.core.reading.duplicates import likeness, slip_of_hand
from jangkau.core.reading.sheets import NUMBER, column_letter

NIK = "3202014107905001"
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@pytest.mark.parametrize(
    ("cell", "nik", "problem"),
    [
        (NIK, NIK, None),
        ("'" + NIK, NIK, None),
        ("`" + NIK, NIK, None),
        ("3202 0141 0790 5001", NIK, None),
        ("32.02.01.410790.5001", NIK, None),
        (NIK + "\u00a0 ", NIK, None),
        (NIK + ".0", NIK, None),
        (None, None, "nik_missing"),
        ("-", None, "nik_missing"),
        ("0", None, "nik_missing"),
        ("x", None, "nik_missing"),
        ("belum ada", None, "nik_missing"),
        ("0" * 16, None, "nik_missing"),
        ("9" * 16, None, "nik_missing"),
        (NIK[:15], None, "nik_length"),
        (NIK + "1", None, "nik_length"),
        ("3,20201E+15", None, "nik_precision_lost"),
        ("3.20201E+15", None, "nik_precision_lost"),
        ("32O2014107905001", None, "nik_characters"),
        (NIK + " (lama)", None, "nik_characters"),
    ],
)
def test_what_can_be_recovered_of_a_nik(cell, nik, problem):
    found = read_niks(pl.Series([cell], dtype=pl.String), None)
    assert found.select("nik", "nik_problem").row(0) == (nik, problem)


def test_a_number_cell_that_ends_in_zero_has_lost_its_last_digit():
    found = read_niks(
        pl.Series(["3202014107905000", NIK, "3202014107905000"]), pl.Series([NUMBER, NUMBER, 0], dtype=pl.UInt8)
    )
    assert found["nik_problem"].to_list() == ["nik_precision_lost", None, None]
    assert found["nik_digits"].to_list()[0] == "3202014107905000"  # kept to compare rows, not to identify


@given(st.text(), st.booleans())
def test_a_nik_is_sixteen_digits_of_the_cell_or_nothing(text, number):
    found = read_niks(pl.Series([text]), pl.Series([NUMBER if number else 0], dtype=pl.UInt8))
    nik, problem = found.select("nik", "nik_problem").row(0)
    assert (nik is None) == (problem is not None)
    if nik is not None:
        assert len(nik) == 16 and nik == "".join(c for c in text.removesuffix(".0") if c.isdigit())[:16]


def test_birth_date_and_sex_inside_a_nik():
    frame = pl.DataFrame(
        {
            "nik": [NIK, NIK, None, "3202017213905001"],
            "d": [date(1990, 7, 1), date(1990, 7, 2), date(1990, 7, 1), date(1990, 7, 1)],
            "s": ["P", "L", "L", None],
        }
    )
    assert frame.select(date_differs(pl.col("nik"), pl.col("d"))).to_series().to_list() == [False, True, False, True]
    assert frame.select(sex_differs(pl.col("nik"), pl.col("s"))).to_series().to_list() == [False, True, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "12-03-1985",
        "12/3/85",
        "12.03.1985",
        "12 Maret 1985",
        "12-Mar-85",
        "12 MARET'85",
        "1985-03-12",
        "1985-03-12 00:00:00",
        "12031985",
        "19850312",
        "120385",
        "12 maret  1985.",
        "12,03,1985",
    ],
)
def test_spellings_of_one_day(text):
    assert dates.parse_day(text, 11) == date(1985, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12-13-1985",
        "31-02-1980",
        "00-00-1972",
        "1968",
        "12-1985",
        "32 Maret 1990",
        "?",
        "tidak tahu",
        "-- / -- / 1970",
        "12 Mangga 1985",
        "99999",
        "",
        "30/02/1975",
    ],
)
def test_what_is_no_day(text):
    assert dates.parse_day(text, 11) is None


@given(st.dates(date(1912, 1, 1), date(2011, 12, 31)), st.sampled_from(range(8)))
def test_every_day_is_read_back_from_every_spelling(day, form):
    month = MONTHS[day.month - 1]
    text = (
        f"{day:%d-%m-%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%y}",
        f"{day.day} {month} {day.year}",
        f"{day:%Y-%m-%d}",
        f"{day:%d%m%Y}",
        f"{day.day:02d} {month[:3].upper()} {day:%y}",
        f"{day:%d/%m/%y}",
    )[form]
    assert dates.parse_day(text, 11) == day
    assert dates.parse_place_and_day(f"Sukabumi, {text}", 11) == ("SUKABUMI", day, "ok")
    assert dates.parse_place_and_day(f"SUKABUMI {text}", 11).day == day


@given(st.integers(8000, 45000))
def test_serial_numbers_of_excel(serial):
    assert dates.parse_day(str(serial), 11, number=True).toordinal() == date(1899, 12, 30).toordinal() + serial


@given(st.text(max_size=40), st.booleans())
def test_no_text_breaks_a_reader(text, number):
    dates.parse_day(text, 11, number=number)
    dates.parse_month(text, number=number)
    found = dates.parse_birth_day(text, 11, number=number)
    assert (found.day is not None) == (found.state == "ok")
    dates.parse_place_and_day(text, 11, number=number)
    for parse in (
        amounts.rupiah,
        amounts.count,
        amounts.decile,
        amounts.programmes,
        amounts.segment,
        amounts.sex,
        amounts.ticked,
    ):
        parse(text)
    field_of(text)
    likeness(text, text[::-1])
    slip_of_hand(text, text[1:])
    assert read_names(pl.Series([text])).height == 1


@pytest.mark.parametrize(
    ("text", "place", "state"),
    [
        ("Sukabumi, tidak tahu", "SUKABUMI", "unreadable"),
        ("SUKABUMI", "SUKABUMI", "missing"),
        ("", None, "missing"),
        ("Sukabumi, ?", "SUKABUMI", "unreadable"),
        ("Sukabumi, -- / -- / 1970", "SUKABUMI", "unreadable"),
        ("-", None, "missing"),
    ],
)
def test_place_without_a_day(text, place, state):
    assert dates.parse_place_and_day(text, 11) == (place, None, state)


@pytest.mark.parametrize(
    ("text", "state"), [("-", "missing"), ("belum ada", "unreadable"), ("?", "unreadable"), ("kosong", "missing")]
)
def test_a_date_cell_without_a_date(text, state):
    assert dates.parse_birth_day(text, 11).state == state


@pytest.mark.parametrize(
    ("text", "name", "dead"),
    [
        ("ALM. Cecep  Supriadi", "CECEP SUPRIADI", True),
        ("Cecep (almh)", "CECEP", True),
        ("CECEP, ALM", "CECEP", True),
        ("Almaidah", "ALMAIDAH", False),
        ("H. Dadang, SE", "H. DADANG, SE", False),
        ("ALM", None, True),
        ("RO'UF", "RO'UF", False),
        ("123", None, False),
    ],
)
def test_names(text, name, dead):
    assert read_names(pl.Series([text])).row(0) == (name, dead)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp 3.831.926,-", 3831926),
        ("Rp3.831.926,00", 3831926),
        ("3831926.0", 3831926),
        ("2,5 juta", 2500000),
        ("500 rb", 500000),
        ("9" * 20, None),
        ("-", None),
        ("1,5", 2),
    ],
)
def test_money(text, amount):
    assert amounts.rupiah(text) == amount


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-08", date(2026, 8, 1)),
        ("8/2026", date(2026, 8, 1)),
        ("Agt 26", date(2026, 8, 1)),
        ("mangga 26", None),
        ("13/2026", None),
    ],
)
def test_months(text, month):
    assert dates.parse_month(text) == month


@given(st.integers(0, 16383))
def test_letters_of_columns(column):
    number = 0
    for letter in column_letter(column):
        number = number * 26 + ord(letter) - 64
    assert number == column + 1
