"""Head and foot of a letter: who writes to whom, under which number, who signs. What nobody has filled in yet is left
as dots for the pen, or says where to fill it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.presenters.figures import day
from jangkau.web.reports.models import Letterhead

DOTS = "…" * 12
TO_FILL_IN = "(isi di Laporan, Kop surat)"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Letter:
    """The parts of a letter that are the same in every report."""

    government: str
    office: str
    address: str
    contact: str
    number: str
    subject: str
    addressee: str
    place_and_day: str
    signatory_title: str
    signatory_name: str
    signatory_rank: str
    signatory_number: str
    invented: bool


def letter(
    head: Letterhead, regency: Place, *, subject: str, number: str, dated_on: date | None, invented: bool
) -> Letter:
    """The letter of an office; `regency` names the government where the letterhead does not."""
    city = head.city or DOTS
    return Letter(
        government=head.government or f"Pemerintah {regency.name}",
        office=head.office or f"Perangkat daerah {TO_FILL_IN}",
        address=head.address,
        contact=head.contact,
        number=number or DOTS,
        subject=subject,
        addressee=head.addressee or "Bupati",
        place_and_day=f"{city}, {day(dated_on) if dated_on else DOTS}",
        signatory_title=head.signatory_title or f"Jabatan {TO_FILL_IN}",
        signatory_name=head.signatory_name or DOTS,
        signatory_rank=head.signatory_rank,
        signatory_number=head.signatory_number,
        invented=invented,
    )


def written_number(form: str, sequence: int, dated_on: date) -> str:
    """A number of the letter book: {urut} the sequence, {bulan} the month in Roman numerals, {tahun} the year.

    >>> written_number("500.15/{urut}/Disnaker/{bulan}/{tahun}", 7, date(2026, 11, 5))
    '500.15/007/Disnaker/XI/2026'
    """
    told = form or "{urut}/{bulan}/{tahun}"
    parts = {"{urut}": f"{sequence:03d}", "{bulan}": ROMAN[dated_on.month - 1], "{tahun}": str(dated_on.year)}
    for mark, text in parts.items():
        told = told.replace(mark, text)
    return told
