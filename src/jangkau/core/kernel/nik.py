"""NIK, the national identity number: 16 digits, of which the first twelve tell where it was first issued, the birth
date and the sex (women: day of birth + 40). A soft check, not a proof; today's address is not in it.
Source: KTP practice."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class NikParts(NamedTuple):
    """What the digits of a NIK say; `birth_date` is None when they form no date."""

    district_digits: str
    birth_date: date | None
    sex: str


class Nik(str):
    """A NIK as text: exactly 16 digits, never a number.

    >>> Nik("3202014107905001").masked
    '3202********5001'
    """

    __slots__ = ()

    def __new__(cls, digits: str) -> Nik:
        if len(digits) != 16 or not digits.isascii() or not digits.isdigit():
            raise ValueError("a NIK has exactly 16 digits")  # the value itself is never repeated
        return super().__new__(cls, digits)

    @property
    def masked(self) -> str:
        """The form shown to people who have not asked to see the whole number."""
        return f"{self[:4]}********{self[12:]}"

    def parts(self, latest: date) -> NikParts:
        """Region digits, birth date and sex ("L" or "P"). Of the two centuries the later one that does not lie
        after `latest` is taken.

        >>> Nik("3202014107905001").parts(date(2026, 10, 31))
        NikParts(district_digits='320201', birth_date=datetime.date(1990, 7, 1), sex='P')
        >>> Nik("3202019913905001").parts(date(2026, 10, 31)).birth_date is None
        True
        """
        day, month, year = int(self[6:8]), int(self[8:10]), int(self[10:12])
        sex = "P" if day > 40 else "L"
        day -= 40 if day > 40 else 0
        for century in (2000, 1900):
            try:
                born = date(century + year, month, day)
            except ValueError:
                continue
            if born <= latest:
                return NikParts(self[:6], born, sex)
        return NikParts(self[:6], None, sex)
