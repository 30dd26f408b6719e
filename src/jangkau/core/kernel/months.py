"""A calendar month as a value: contributions are owed, paid and counted by the month."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from jangkau.core.kernel.errors import Refused

_FORM = re.compile(r"(\d{4})-(\d{2})")


class Month(NamedTuple):
    """A month of a year; compares in calendar order.

    >>> Month.parse("2026-10").plus(-3)
    Month(year=2026, month=7)
    >>> str(Month.of(date(2026, 10, 31)))
    '2026-10'
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written "YYYY-MM"; raises Refused for anything else."""
        found = _FORM.fullmatch(text.strip())
        if not found or not 1 <= int(found[2]) <= 12:
            raise Refused(
                f"“{text}” bukan bulan. Tulis tahun-bulan, misalnya 2026-10.",
                f"“{text}” is not a month. Write year-month, for example 2026-10.",
            )
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds `day`."""
        return cls(day.year, day.month)

    @property
    def ordinal(self) -> int:
        """Months since year 0: two ordinals differ by the number of months between.

        >>> Month(2026, 1).ordinal - Month(2025, 12).ordinal
        1
        """
        return self.year * 12 + self.month - 1

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Month:
        """The inverse of `ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    def plus(self, months: int) -> Month:
        """The month `months` later (earlier when negative)."""
        return Month.from_ordinal(self.ordinal + months)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date.fromordinal(self.plus(1).first_day.toordinal() - 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
