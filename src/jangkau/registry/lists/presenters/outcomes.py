"""What became of the rows of a list, in words: counts, and each row with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils.translation import gettext_lazy as _

from jangkau.core.linkage import explain
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.presenters.words import PROBLEM_WORDS, in_language
from jangkau.registry.lists.states import MAY_WAIT

# outcome -> (its name in addresses, what it is called, what it means)
OUTCOME_WORDS = {
    "linked": ("dikenal", _("Sudah dikenal"), _("orangnya sudah ada di register")),
    "new": ("baru", _("Orang baru"), _("belum ada di daftar mana pun")),
    "review": ("dilihat", _("Perlu dilihat"), _("mungkin orang yang sama")),
    "waiting": ("menunggu", _("Menunggu perbaikan"), _("belum masuk register sampai diperbaiki")),
}
OUTCOME_OF = {slug: outcome for outcome, (slug, _name, _meaning) in OUTCOME_WORDS.items()}


@dataclass(frozen=True)
class OutcomeCount:
    """How many rows ended in one way."""

    slug: str
    name: str
    meaning: str
    rows: int


@dataclass(frozen=True)
class OutcomeRow:
    """A row and why it ended where it did; `held`: the problems that let it wait."""

    sheet: str
    row: int
    name: str
    nik: str | None
    birth_date: date | None
    reason: str
    held: list[str]
    problems: list[str]


@dataclass(frozen=True)
class HoldChoice:
    """A problem for which rows may wait."""

    code: str
    title: str
    rows: int
    held: bool


def outcome_counts(counts: dict[str, int]) -> list[OutcomeCount]:
    return [
        OutcomeCount(slug, str(name), str(meaning), counts.get(outcome, 0))
        for outcome, (slug, name, meaning) in OUTCOME_WORDS.items()
    ]


def outcome_rows(item: SentList, rows: pl.DataFrame) -> list[OutcomeRow]:
    """Rows of `queries.outcomes` as they are shown."""
    told = []
    for row in rows.iter_rows(named=True):
        indonesian, english = explain(row["decision"]) if row["decision"] else ("", "")
        reason = in_language({"id": indonesian, "en": english}) if row["decision"] else ""
        held = [code for code in row["problems"] if code in item.held and row["outcome"] == "waiting"]
        others = [code for code in row["problems"] if code not in held]
        told.append(
            OutcomeRow(
                row["sheet"] or "", row["row"], row["name"] or "", row["nik"], row["birth_date"], reason,
                _words(held), _words(others),
            )
        )  # fmt: skip
    return told


def hold_choices(item: SentList) -> list[HoldChoice]:
    """The problems of a list for which its rows may wait, most rows first."""
    counted = sorted(item.problem_counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        HoldChoice(code, str(PROBLEM_WORDS[code][0]), rows, code in item.held)
        for code, rows in counted
        if code in MAY_WAIT
    ]


def _words(codes: list[str]) -> list[str]:
    return [str(PROBLEM_WORDS[code][0]) for code in codes]
