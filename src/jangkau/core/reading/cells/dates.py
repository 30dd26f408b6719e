"""Which day did the officer mean? Day comes first, months in Indonesian or English, two-digit years by what is
possible, Excel's serial numbers. Nothing is guessed: 12-13-1985, 31-02-1980 and a bare year are unreadable."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "mrt": 3, "apr": 4, "mei": 5, "may": 5, "mey": 5, "jun": 6, "jul": 7,
    "agu": 8, "agt": 8, "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d\d:\d\d.*)?")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/., ]\s*(\d{1,2})\s*[-/., ]\s*(\d{4}|'?\d{2})(?: \d\d:\d\d.*)?")
_GLUED = re.compile(r"(\d{2})[-/.]?(\d{2})[-/.]?((?:19|20)\d{2})")  # a separator forgotten
_WORDS = re.compile(r"(\d{1,2})[\s\-/.,]*([A-Za-z]{3,10})[\s\-/.,]*(\d{4}|'?\d{2})")
_PACKED = re.compile(r"\d{8}|\d{6}")
_SERIAL = re.compile(r"\d{4,5}(?:\.0+)?")
_NOTHING = re.compile(r"[\s\-\u2013\u2014_./]*|0+|n/?a|nihil|null|none|kosong|\(?kosong\)?", re.IGNORECASE)
_UNKNOWN = re.compile(r"\?|\b(?:tidak|tdk|tak|belum|blm|lupa|kurang|gak|ga|teu)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DAY_ZERO = date(1899, 12, 30)  # Excel's serial 0, with its invented 29 February 1900 already counted


class PlaceAndDate(NamedTuple):
    """`state` is "ok", "missing" or "unreadable"; `day` is None unless it is "ok"."""

    place: str | None
    day: date | None
    state: str


def month_number(word: str) -> int | None:
    """1-12 for the name of a month, whole or short, Indonesian or English; None for other words.

    >>> [month_number(w) for w in ("Maret", "NOPEMBER", "agt", "Pebruari", "March", "Mangga")]
    [3, 11, 8, 2, 3, None]
    """
    found = _MONTHS.get(word[:3].lower())
    return found if found and (len(word) <= 4 or _looks_like_month(word.lower())) else None


def _looks_like_month(word: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:j[a-z]n[a-z]*i|[fp]eb[a-z]*|mar[ecth]+|apr[a-z]*|jun[aei]*|jul[aiy]*|agus[a-z]*|august|"
            r"sept?[a-z]*|o[kc]t[a-z]*|no[vp][a-z]*|des[a-z]*|dec[a-z]*|january?)",
            word,
        )
    )


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has no such day.

    >>> calendar_day(1980, 2, 31) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(digits: str, latest_short: int) -> int:
    """A year of four digits; of two digits those up to `latest_short` lie in this century.

    >>> full_year("11", 11), full_year("12", 11), full_year("'85", 11), full_year("1962", 11)
    (2011, 1912, 1985, 1962)
    """
    digits = digits.lstrip("'")
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= latest_short else 1900)


@lru_cache(50_000)
def parse_day(text: str, latest_short: int, *, number: bool = False) -> date | None:
    """The day that `text` means, None when it means none. `latest_short`: the largest two-digit year of this century;
    `number`: the cell held a number, so that five digits are a serial.

    >>> str(parse_day("12 Maret 1985", 11)), str(parse_day("24/11/86", 11)), str(parse_day("32897", 11, number=True))
    ('1985-03-12', '1986-11-24', '1990-01-24')
    >>> [parse_day(t, 11) for t in ("12-13-1985", "1968", "00-00-1972", "32 Maret 1990")]
    [None, None, None, None]
    """
    text = text.strip(" ,.;:")
    if found := _ISO.fullmatch(text):
        return calendar_day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return calendar_day(full_year(found[3], latest_short), int(found[2]), int(found[1]))
    if found := _GLUED.fullmatch(text):
        return calendar_day(int(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(text):
        month = month_number(found[2])
        return calendar_day(full_year(found[3], latest_short), month, int(found[1])) if month else None
    if _SERIAL.fullmatch(text) and (number or len(text) == 5):
        serial = int(float(text))
        return _DAY_ZERO + timedelta(days=serial) if 5000 <= serial <= 73000 else None
    if _PACKED.fullmatch(text) or (number and re.fullmatch(r"\d{5}|\d{7}", text)):
        return _packed(text.zfill(len(text) + len(text) % 2), latest_short)
    return None


def _packed(digits: str, latest_short: int) -> date | None:
    """ddmmyyyy, yyyymmdd or ddmmyy without separators."""
    if len(digits) == 8:
        return calendar_day(int(digits[4:]), int(digits[2:4]), int(digits[:2])) or (
            calendar_day(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if digits[:2] in ("19", "20") else None
        )
    return calendar_day(full_year(digits[4:], latest_short), int(digits[2:4]), int(digits[:2]))


def parse_place_and_day(text: str, latest_short: int, *, number: bool = False) -> PlaceAndDate:
    """A birth cell: "Sukabumi, 12-03-1985", the place alone, the date alone, or words that say nobody knows.

    >>> parse_place_and_day("SUKABUMI 29 APRIL 1981", 11)
    PlaceAndDate(place='SUKABUMI', day=datetime.date(1981, 4, 29), state='ok')
    >>> parse_place_and_day("Sukabumi, tidak tahu", 11).state, parse_place_and_day("SUKABUMI", 11).state
    ('unreadable', 'missing')
    """
    digit = _DIGIT.search(text)
    if digit:
        place, rest = text[: digit.start()], text[digit.start() :]
        day = parse_day(rest, latest_short, number=number)
        if day is None and (broken := re.search(r"[-/ ]*[-/][-/ ]*$", place)):  # "-- / -- / 1970"
            place, rest = place[: broken.start()], text[broken.start() :]
            day = parse_day(rest, latest_short, number=number)
        return PlaceAndDate(clean_place(place), day, "ok" if day else "unreadable")
    if unknown := _UNKNOWN.search(text):
        return PlaceAndDate(clean_place(text[: unknown.start()]), None, "unreadable")
    return PlaceAndDate(clean_place(text), None, "missing")


def parse_birth_day(text: str, latest_short: int, *, number: bool = False) -> PlaceAndDate:
    """A cell of a column that holds dates alone: words in it that are no date are unreadable, not a place.

    >>> [parse_birth_day(t, 11).state for t in ("05-07-1998", "?", "-", "segera")]
    ['ok', 'unreadable', 'missing', 'unreadable']
    """
    if _NOTHING.fullmatch(text):
        return PlaceAndDate(None, None, "missing")
    found = parse_place_and_day(text, latest_short, number=number)
    if found.state == "missing":
        return PlaceAndDate(None, None, "unreadable")
    return found


@lru_cache(20_000)
def clean_place(text: str) -> str | None:
    """A place of birth in upper case, None for a dash or nothing.

    >>> clean_place("Sukabumi , "), clean_place(" - ")
    ('SUKABUMI', None)
    """
    place = " ".join(text.strip(" ,.;:-/").upper().split())
    return place or None


def parse_month(text: str, *, number: bool = False) -> date | None:
    """The first day of a month written 2026-08, 08/2026, 202608, Agustus 2026 or as a full date.

    >>> [str(parse_month(t)) for t in ("2026-08", "08/2026", "202608", "Agustus 2026", "31-08-2026", "2026-13")]
    ['2026-08-01', '2026-08-01', '2026-08-01', '2026-08-01', '2026-08-01', 'None']
    """
    text = text.strip()
    if found := re.fullmatch(r"(\d{4})[-/. ]?(\d{1,2})", text):
        return calendar_day(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{4})", text):
        return calendar_day(int(found[2]), int(found[1]), 1)
    if found := re.fullmatch(r"([A-Za-z]+)[\s\-/.]*(\d{4}|'?\d{2})", text):
        month = month_number(found[1])
        return calendar_day(full_year(found[2], 99), month, 1) if month else None
    day = parse_day(text, 99, number=number)
    return day.replace(day=1) if day else None
