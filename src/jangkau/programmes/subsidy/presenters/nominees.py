"""Nominees as lines of a table, and as the workbook that goes out for a check and comes back with answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation

from jangkau.programmes.subsidy.models import Nominee, Scheme
from jangkau.programmes.subsidy.presenters.words import CIVIL_WORDS, FIELD_WORDS, MISSING_WORDS, REASON_WORDS
from jangkau.programmes.subsidy.states import OPEN, RoundKind, State
from jangkau.registry.people.presenters.figures import masked
from jangkau.registry.people.presenters.sheets import Sheet, workbook

NUMBER, ANSWER = "NOMOR CALON", "HASIL CEK"
_TONES = {
    State.REFUSED: "bad", State.TO_CHECK: "wait", State.NOMINATED: "wait", State.ENROLLED: "good",
    State.SELECTED: "on", State.PROPOSED: "on",
}  # fmt: skip
_COLUMNS = (
    (NUMBER, 12), ("NIK", 20), ("NAMA", 32), ("TANGGAL LAHIR", 14), ("L/P", 6), ("ALAMAT", 36), ("DESA", 22),
    ("KECAMATAN", 20), ("PEKERJAAN", 22), ("DESIL", 8), ("KEADAAN", 22), ("ALASAN", 50), (ANSWER, 28),
)  # fmt: skip


@dataclass(frozen=True)
class NomineeLine:
    who: Nominee
    tone: str
    reasons: tuple[str, ...]
    checks: tuple[str, ...]
    may_check: bool


def nominee_line(who: Nominee) -> NomineeLine:
    """A nominee with the words of its codes."""
    checks = [
        str(words[code])
        for words, code in ((FIELD_WORDS, who.field_check), (CIVIL_WORDS, who.civil_check))
        if code and code not in ("working", "valid")
    ]
    return NomineeLine(who, _TONES.get(State(who.state), ""), tuple(_reasons(who)), tuple(checks), who.state in OPEN)


def _reasons(who: Nominee) -> list[str]:
    if who.left_because:
        return [who.get_left_because_display()]
    words = REASON_WORDS | MISSING_WORDS
    return [str(words[code]) for code in (who.reasons or who.missing).split("|") if code]


def nominees_book(scheme: Scheme, found: QuerySet[Nominee], *, whole: bool) -> bytes:
    """One line each with an empty column for the answer of a check; what may be written there stands above."""
    rows = [
        (
            who.pk, who.nik if whole else masked(who.nik), who.name, who.birth_date, who.sex, who.address,
            who.village.name if who.village else "",
            who.village.parent.name if who.village and who.village.parent else "",
            who.occupation, who.decile, who.get_state_display(), "; ".join(_reasons(who)), None,
        )
        for who in found.iterator(chunk_size=5000)
    ]  # fmt: skip
    with translation.override("id"):
        above = (
            scheme.name,
            f"{ANSWER}, cek lapangan: {', '.join(str(words) for words in FIELD_WORDS.values())}",
            f"{ANSWER}, padanan Dukcapil: {', '.join(str(words) for words in CIVIL_WORDS.values())}",
        )
    return workbook(scheme.name, [Sheet("Calon", above, _COLUMNS, rows)])


def codes_of_words(kind: RoundKind) -> dict[str, str]:
    """What somebody may write as the answer of a check, to its code."""
    known = FIELD_WORDS if kind == RoundKind.FIELD_CHECK else CIVIL_WORDS
    with translation.override("id"):
        return {str(words).lower(): code for code, words in known.items()}
