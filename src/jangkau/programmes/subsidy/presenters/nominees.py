"""Nominees as lines of a table, and as the workbook that goes out for a check and comes back with answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise

from jangkau.programmes.subsidy.models import Nominee, NomineeStep, Scheme
from jangkau.programmes.subsidy.presenters.words import CIVIL_WORDS, FIELD_WORDS, MISSING_WORDS, REASON_WORDS
from jangkau.programmes.subsidy.queries.ending import Protection, protection
from jangkau.programmes.subsidy.states import OPEN, TELLS_DECILE, RoundKind, State
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope, taken_out, value_for, withheld
from jangkau.registry.people.presenters.figures import masked
from jangkau.registry.people.presenters.sheets import Sheet, workbook

NUMBER, ANSWER = "NOMOR CALON", "HASIL CEK"
_TONES = {
    State.REFUSED: "bad", State.TO_CHECK: "wait", State.NOMINATED: "wait", State.ENROLLED: "good",
    State.SELECTED: "on", State.PROPOSED: "on",
}  # fmt: skip
_COLUMNS = (
    (NUMBER, 12), ("NIK", 20), ("NAMA", 32), ("TANGGAL LAHIR", 14), ("L/P", 6), ("ALAMAT", 36), ("DESA", 22),
    ("KECAMATAN", 20), ("PEKERJAAN", 22), ("DESIL", 8), ("KEADAAN", 22), ("ALASAN", 50),
    ("DIBIAYAI SEJAK", 16), ("DIBIAYAI SAMPAI", 16), ("SANTUNAN PENUH SEJAK", 20), (ANSWER, 28),
)  # fmt: skip


@dataclass(frozen=True)
class NomineeLine:
    who: Nominee
    tone: str
    reasons: tuple[str, ...]
    checks: tuple[str, ...]
    may_check: bool
    protection: Protection | None
    history: tuple[tuple[date, str, str], ...]


def nominee_lines(scope: Scope, scheme: Scheme, found: Sequence[Nominee]) -> list[NomineeLine]:
    """Nominees with the words of their codes, until when they are paid for, and everything that was done to them."""
    steps: dict[int, list[tuple[date, str, str]]] = {}
    for step in NomineeStep.objects.filter(nominee__in=found).select_related("round").order_by("pk"):
        day = timezone.localtime(step.round.made_at).date()
        told = " · ".join([str(RoundKind(step.round.kind).label), str(State(step.state).label)])
        steps.setdefault(step.nominee_id, []).append((day, told, ", ".join(_words(scope, step.found))))
    paid = _protections(scheme, found)
    return [_line(scope, who, paid[who.covered_since, who.last_month], tuple(steps.get(who.pk, ()))) for who in found]


def _protections(scheme: Scheme, found: Iterable[Nominee]) -> dict[tuple[date | None, date | None], Protection | None]:
    """What those have who are covered since and paid for until the same days."""
    days = {(who.covered_since, who.last_month) for who in found}
    return {(since, last): protection(scheme, since, last) if since and last else None for since, last in days}


def _line(
    scope: Scope, who: Nominee, paid: Protection | None, history: tuple[tuple[date, str, str], ...]
) -> NomineeLine:
    checks = [
        str(words[code])
        for words, code in ((FIELD_WORDS, who.field_check), (CIVIL_WORDS, who.civil_check))
        if code and code not in ("working", "valid")
    ]
    tone = _TONES.get(State(who.state), "")
    reasons = tuple(_reasons(scope, who))
    return NomineeLine(taken_out(scope.user, who), tone, reasons, tuple(checks), who.state in OPEN, paid, history)


def _reasons(scope: Scope, who: Nominee) -> list[str]:
    if who.left_because:
        return [who.get_left_because_display()]
    return _words(scope, who.reasons or who.missing)


def reason_words(scope: Scope) -> dict[str, Promise | str]:
    """The words of reasons; one that tells the decile is withheld from who does not see that."""
    hidden = {} if scope.sees(Column.DECILE) else {TELLS_DECILE: withheld(Column.DECILE)}
    return {**REASON_WORDS, **hidden}


def _words(scope: Scope, codes: str) -> list[str]:
    words = FIELD_WORDS | CIVIL_WORDS | reason_words(scope) | MISSING_WORDS
    return [str(words.get(code, code)) for code in codes.split("|") if code]


def nominees_book(scope: Scope, scheme: Scheme, found: QuerySet[Nominee], *, whole: bool) -> bytes:
    """One line each with an empty column for the answer of a check; what may be written there stands above."""
    people = list(found)
    paid = _protections(scheme, people)
    rows = [
        (
            who.pk, who.nik if whole else masked(who.nik), who.name, who.birth_date, who.sex, who.address,
            who.village.name if who.village else "",
            who.village.parent.name if who.village and who.village.parent else "",
            who.occupation, value_for(scope.user, "decile", who.decile), who.get_state_display(),
            "; ".join(_reasons(scope, who)),
            *_days(paid[who.covered_since, who.last_month]), None,
        )
        for who in people
    ]  # fmt: skip
    with translation.override("id"):
        above = (
            scheme.name,
            f"{ANSWER}, cek lapangan: {', '.join(str(words) for words in FIELD_WORDS.values())}",
            f"{ANSWER}, padanan Dukcapil: {', '.join(str(words) for words in CIVIL_WORDS.values())}",
        )
    return workbook(scheme.name, [Sheet("Calon", above, _COLUMNS, rows)])


def _days(paid: Protection | None) -> tuple[date | None, date | None, date | None]:
    return (paid.since, paid.until, paid.full_from) if paid else (None, None, None)


def codes_of_words(kind: RoundKind) -> dict[str, str]:
    """What somebody may write as the answer of a check, to its code."""
    known = FIELD_WORDS if kind == RoundKind.FIELD_CHECK else CIVIL_WORDS
    with translation.override("id"):
        return {str(words).lower(): code for code, words in known.items()}
