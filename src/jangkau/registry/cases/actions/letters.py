"""Letters are written from a case: numbered for ever, set on paper, kept under their hash; the letterhead they are
written on; and numbers of the same books for other papers."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import translation

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import Agency, User
from jangkau.registry.access.permissions import Scope, acts_for, require_write
from jangkau.registry.cases import queries
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import Case, IssuedNumber, Letterhead, SentLetter
from jangkau.registry.cases.presenters.letters import letter_paper, written_number
from jangkau.registry.cases.states import LetterKind, case_type
from jangkau.registry.people.gateways.paper import Press, bound

STYLE = ("jangkau.registry.cases", "cases/paper/letter.css")
CODE_BYTES = 8


@transaction.atomic
def write_letter(case: Case, kind: str, *, dated_on: date, by: User | None, press: Press | None = None) -> SentLetter:
    """Writes a letter of a case and gives it the next number of its kind and year. Raises Refused when the case does
    not stand where this letter is written, when it is another agency's, or when the letterhead is empty. `press` is
    handed in where many are written."""
    declared = case_type(case.kind)
    form = declared.letters.get(kind)
    if form is None or case.state not in form.stages:
        raise Refused(
            "Surat ini tidak dibuat dalam keadaan perkara sekarang. Catat dulu langkahnya.",
            "This letter is not written where the case stands. Record the step first.",
        )
    if not acts_for(by, form.agencies):
        whose = str(Agency(form.agencies[0]).label)
        raise Refused(f"Surat ini dibuat oleh {whose}.", f"This letter is written by {whose}.")
    agency = by.agency if by and by.agency in form.agencies else form.agencies[0]
    head = lock_letterhead(case.region_id or settings.JANGKAU_AREA, queries.letterhead_agency(agency))
    sequence = _next_sequence(head, kind, dated_on)
    number = written_number(head.number_form, sequence, dated_on, form.mark)
    code = secrets.token_hex(CODE_BYTES)
    content = _set(case, form, head, number=number, dated_on=dated_on, code=code, press=press)
    written = SentLetter.objects.create(
        code=code, kind=kind, case=case, region_id=case.region_id, letter_book=head.area_code, agency=head.agency,
        sequence=sequence, number=number, subject=form.subject, office=head.office, dated_on=dated_on,
        sha256=papers.keep(content), size=len(content), written_by=by,
    )  # fmt: skip
    record(by=by, action="letter_written", subject=f"case {case.pk}", kind=kind, number=number, sha256=written.sha256)
    return written


def lock_letterhead(code: str, agency: str = "") -> Letterhead:
    """The letterhead that gives the next number, held until the transaction ends: one at a time takes a number. Raises
    Refused when it is empty."""
    head = queries.letterhead(code, agency)
    if head.pk is None:
        raise Refused(
            "Kop surat belum diisi, jadi belum ada bentuk nomornya. Isi dulu kop suratnya.",
            "The letterhead is empty, so there is no form for the number. Fill in the letterhead first.",
        )
    return Letterhead.objects.select_for_update().get(pk=head.pk)


@transaction.atomic
def take_number(code: str, series: str, *, agency: str = "", on: date, by: User | None) -> str:
    """The next number of a series of the year (a decree, a power of attorney) from the letterhead of an agency in an
    area; `series` is also the mark in the number. Given once and never again. Raises Refused when the letterhead is
    empty."""
    head = lock_letterhead(code, queries.letterhead_agency(agency))
    given = IssuedNumber.objects.filter(
        letter_book=head.area_code, agency=head.agency, series=series, dated_on__year=on.year
    )
    last = given.aggregate(last=Max("sequence"))["last"]
    sequence = head.first_number if last is None else last + 1
    number = written_number(head.number_form, sequence, on, series)
    IssuedNumber.objects.create(
        letter_book=head.area_code, agency=head.agency, series=series, sequence=sequence, number=number, dated_on=on,
        issued_by=by,
    )  # fmt: skip
    record(by=by, action="number_issued", subject=f"letterhead {head.area_code}", series=series, number=number)
    return number


@transaction.atomic
def save_letterhead(scope: Scope, code: str, fields: dict[str, Any], *, agency: str = "") -> Letterhead:
    """Keeps the letterhead of an agency in an area."""
    require_write(scope)
    if not scope.allows(code):
        raise Refused("Wilayah ini di luar wilayah Anda.", "This region lies outside your areas.")
    head, _ = Letterhead.objects.update_or_create(
        area_code=code, agency=agency, defaults=fields | {"changed_by": scope.user}
    )
    record(by=scope.user, action="letterhead_changed", subject=f"letterhead {code}", agency=agency)
    return head


def _next_sequence(head: Letterhead, kind: str, dated_on: date) -> int:
    book = SentLetter.objects.filter(
        letter_book=head.area_code, agency=head.agency, kind=kind, dated_on__year=dated_on.year
    )
    last = book.aggregate(last=Max("sequence"))["last"]
    return head.first_number if last is None else last + 1


def _set(
    case: Case, form: LetterKind, head: Letterhead, *, number: str, dated_on: date, code: str, press: Press | None
) -> bytes:
    with translation.override("id"):
        paper = letter_paper(
            case, form, head, number=number, dated_on=dated_on, address=f"{settings.JANGKAU_ADDRESS}/surat/{code}/"
        )
        html = render_to_string(form.template, {"paper": paper})
    return bound([(press or Press(*STYLE)).sheets(html)])
