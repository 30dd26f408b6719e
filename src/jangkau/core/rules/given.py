"""What a calculator is given: kinds of inputs, how they are written, and what is said when one is missing or wrong.
A floating-point number is never accepted: shares and percentages are written as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

import numpy as np

from jangkau.core.kernel import Month, Refused
from jangkau.core.rules.arithmetic import Rate

ALWAYS: Final = object()  # needed in every case
WHEN_USED: Final = object()  # needed when the case gets there: `workers` only for a labour-intensive firm
FIRST_YEAR, LAST_YEAR = 1900, 2200  # people who live, and as far as a pension is planned
_DECIMAL = re.compile(r"(-?\d+)(?:\.(\d+))?\s*(%?)|(\d+)/([1-9]\d*)")


class MissingInput(Refused):
    """A calculator needs a value that was not given."""


class WrongInput(Refused):
    """A value is not what the calculator understands."""


@dataclass(frozen=True, slots=True)
class Input:
    """One value that a calculator takes. Kinds: money, count (whole, not negative), month, day, year, choice, flag,
    percent (a bare number is percent), growth (the same, may be negative), share (a bare number is a share of one),
    text, counts (whole numbers by name), names (a list of words), saving (a flag or whole rupiah)."""

    name: str
    kind: str
    indonesian: str
    english: str
    options: tuple[str, ...] = ()
    default: object = ALWAYS
    least: int = 0

    def missing(self) -> MissingInput:
        choices = f" ({' | '.join(self.options)})" if self.options else ""
        return MissingInput(
            f"Isian “{self.name}” belum ada: {self.indonesian}{choices}.",
            f"The input “{self.name}” is missing: {self.english}{choices}.",
        )

    def wrong(self, why_indonesian: str, why_english: str) -> WrongInput:
        return WrongInput(
            f"Isian “{self.name}” ({self.indonesian}): {why_indonesian}.",
            f"The input “{self.name}” ({self.english}): {why_english}.",
        )

    def read(self, value: object) -> object:
        """The value as the rules take it; raises WrongInput."""
        if isinstance(value, np.ndarray):
            return self._column(value)
        return _READERS[self.kind](self, value)

    def _column(self, column: np.ndarray) -> object:
        if self.kind == "flag" and column.dtype == np.bool_:
            return column
        if self.kind == "choice" and column.dtype.kind == "U":
            known = np.asarray(self.options)
            order = np.argsort(known)
            places = order[np.searchsorted(known, column, sorter=order).clip(0, len(known) - 1)]
            if not np.array_equal(known[places], column):
                raise self.wrong(f"pilih {' | '.join(self.options)}", f"choose {' | '.join(self.options)}")
            return places.astype(np.int64)
        if column.dtype.kind not in "iu" or (column.dtype == np.uint64 and column.size and column.max() > 2**63 - 1):
            raise self.wrong("kolom harus berisi bilangan bulat 64 bit", "the column must hold 64-bit whole numbers")
        top = len(self.options) - 1 if self.kind == "choice" else 2**63 - 1
        if column.size and (column.min() < (0 if self.kind == "choice" else self.least) or column.max() > top):
            raise self.wrong("ada nilai di luar batas", "a value is out of bounds")
        return column.astype(np.int64, copy=False)


def _whole(field: Input, value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"\d{1,20}", value.strip()):
        value = int(value)
    if isinstance(value, np.integer):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise field.wrong("tulis bilangan bulat tanpa titik atau koma", "write a whole number without separators")
    if value < field.least:
        raise field.wrong(f"paling sedikit {field.least}", f"at least {field.least}")
    return value


def _month(field: Input, value: object) -> Month:
    found = Month.parse(value) if isinstance(value, str) else value
    if not isinstance(found, Month) or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise field.wrong("tulis bulan, misalnya 2026-10", "write a month, for example 2026-10")
    return found


def _day(field: Input, value: object) -> date:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, date) or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise field.wrong("tulis tanggal, misalnya 2026-10-31", "write a day, for example 2026-10-31")
    return date(found.year, found.month, found.day)


def _year(field: Input, value: object) -> int:
    year = _whole(field, value)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise field.wrong("tulis tahun empat angka", "write a year of four digits")
    return year


def _choice(field: Input, value: object) -> str:
    if not isinstance(value, str) or value not in field.options:
        raise field.wrong(f"pilih {' | '.join(field.options)}", f"choose {' | '.join(field.options)}")
    return value


def _flag(field: Input, value: object) -> bool:
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, bool):
        return value
    raise field.wrong("tulis true atau false", "write true or false")


def _fraction(field: Input, value: object, bare: int) -> Rate:
    if isinstance(value, Fraction) and value >= 0:
        return Rate.of(value)
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    found = _DECIMAL.fullmatch(text)
    if not found or (text.startswith("-") and field.kind != "growth"):
        raise field.wrong("tulis sebagai teks, misalnya “12.5%”", "write it as text, for example “12.5%”")
    whole, decimals, sign, top, bottom = found.groups()
    if top is not None:
        return Rate.of(Fraction(int(top), int(bottom)))
    decimals = decimals or ""
    return Rate.of(Fraction(int(whole + decimals), 10 ** len(decimals) * (100 if sign else bare)))


def _percent(field: Input, value: object) -> Rate:
    return _fraction(field, value, 100)


def _share(field: Input, value: object) -> Rate:
    found = _fraction(field, value, 1)
    if found.fraction > 1:
        raise field.wrong("bagian paling besar 1 (100%)", "a share is at most 1 (100%)")
    return found


def _text(field: Input, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise field.wrong("tulis sebagai teks", "write it as text")
    return str(value).strip()


def _counts(field: Input, value: object) -> dict[str, int]:
    if not isinstance(value, Mapping) or not value:
        raise field.wrong("tulis nama: banyaknya", "write name: number")
    return {str(key): _whole(field, each) for key, each in value.items()}


def _names(field: Input, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise field.wrong("tulis daftar", "write a list")
    return tuple(_text(field, each) for each in value)


def _saving(field: Input, value: object) -> int | bool:
    return value if isinstance(value, bool) else _whole(field, value)


_READERS = {
    "money": _whole, "count": _whole, "month": _month, "day": _day, "year": _year, "choice": _choice, "flag": _flag,
    "percent": _percent, "growth": _percent, "share": _share, "text": _text, "counts": _counts, "names": _names,
    "saving": _saving,
}  # fmt: skip
