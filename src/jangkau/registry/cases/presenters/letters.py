"""Head and foot of a letter: who writes to whom, under which number, who signs. What nobody has filled in yet is left
as dots for the pen, or says where to fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.utils.safestring import mark_safe

from jangkau.core.kernel import RegionCode
from jangkau.registry.cases.models import Case, Letterhead
from jangkau.registry.cases.states import LetterKind, case_type
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.queries import register_fact

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
    head: Letterhead, regency: str, *, subject: str, number: str, dated_on: date | None, invented: bool
) -> Letter:
    """The letter of an office; `regency` names the government where the letterhead does not."""
    city = head.city or DOTS
    return Letter(
        government=head.government or f"Pemerintah {regency}",
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


@dataclass(frozen=True)
class LetterPaper:
    """All that the template of a letter writes out. `facts`: what is known of the case, the latest last; `taken`: the
    day of each step; `qr` leads to `address`, where anybody may see whether the letter is genuine."""

    letter: Letter
    case: Case
    topic: str
    place: str
    facts: Mapping[str, Any]
    taken: Mapping[str, date]
    due_on: date | None
    basis: tuple[str, ...]
    address: str
    qr: str


def letter_paper(
    case: Case, kind: LetterKind, head: Letterhead, *, number: str, dated_on: date, address: str
) -> LetterPaper:
    """The paper of one letter."""
    regency, place = _names(case)
    told = letter(
        head, regency, subject=kind.subject, number=number, dated_on=dated_on, invented=bool(register_fact("invented"))
    )
    facts: dict[str, Any] = dict(case.facts)
    taken: dict[str, date] = {}
    for row in case.transitions.order_by("number"):
        facts |= row.facts
        taken[row.step] = row.on
    if kind.computes:
        facts |= kind.computes(facts, dated_on)
    return LetterPaper(
        letter=replace(told, addressee=kind.to or f"Pimpinan {case.subject_label}"),
        case=case,
        topic=str(case_type(case.kind).topics.get(case.topic, case.topic)),
        place=place,
        facts=facts,
        taken=taken,
        due_on=case.due_on,
        basis=kind.basis,
        address=address,
        qr=mark_safe(segno.make(address, error="m").svg_inline(scale=2.2, border=0)),
    )


def _names(case: Case) -> tuple[str, str]:
    """The regency and the place of a case, by name."""
    code = RegionCode(settings.JANGKAU_AREA[:5])
    regency = gazetteer()[code].name
    return regency, case.region.name if case.region else regency


def written_number(form: str, sequence: int, dated_on: date, mark: str = "") -> str:
    """A number of the letter book: {urut} the sequence, {jenis} the mark of its kind, {bulan} the month in Roman
    numerals, {tahun} the year. Where the form has no place for the mark it stands before the sequence.

    >>> written_number("500.15/{urut}/Disnaker/{bulan}/{tahun}", 7, date(2026, 11, 5))
    '500.15/007/Disnaker/XI/2026'
    >>> written_number("500.15/{urut}/{tahun}", 7, date(2026, 11, 5), "SP1")
    '500.15/SP1-007/2026'
    """
    told = form or "{urut}/{bulan}/{tahun}"
    before = f"{mark}-" if mark and "{jenis}" not in told else ""
    parts = {
        "{urut}": f"{before}{sequence:03d}",
        "{jenis}": mark,
        "{bulan}": ROMAN[dated_on.month - 1],
        "{tahun}": str(dated_on.year),
    }
    for mark_of, text in parts.items():
        told = told.replace(mark_of, text)
    return told
