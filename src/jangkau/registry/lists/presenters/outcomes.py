"""What became of the rows of a list, in words: counts, and each row with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangkau.core.linkage import explain
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import SentList, State, Verdict
from jangkau.registry.lists.presenters.words import PROBLEM_WORDS, in_language
from jangkau.registry.lists.queries.outcomes import row_key
from jangkau.registry.lists.states import MAY_WAIT

# outcome -> (its name in addresses, what it is called, what it means)
OUTCOME_WORDS = {
    "linked": ("dikenal", _("Sudah dikenal"), _("orangnya sudah ada di register")),
    "new": ("baru", _("Orang baru"), _("belum ada di daftar mana pun")),
    "review": ("dilihat", _("Perlu dilihat"), _("mungkin orang yang sama")),
    "waiting": ("menunggu", _("Menunggu perbaikan"), _("belum masuk register sampai diperbaiki")),
    "sent_on": ("diteruskan", _("Diteruskan"), _("masuk register apa adanya saat daftar dipublikasikan")),
    "refused": ("ditolak", _("Ditolak"), _("tidak masuk register; alasannya dicatat")),
}
_BEFORE = ("waiting", "sent_on", "refused")  # outcomes that a list has before it is published
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
    """A row and why it ended where it did; `held`: the problems that let it wait; `said`: what the publisher said."""

    key: str
    sheet: str
    row: int
    name: str
    nik: str | None
    birth_date: date | None
    sex: str
    reason: str
    said: str
    held: list[str]
    problems: list[str]


@dataclass(frozen=True)
class HoldChoice:
    """A problem for which rows may wait."""

    code: str
    title: str
    rows: int
    held: bool


def outcome_counts(item: SentList, counts: dict[str, int]) -> list[OutcomeCount]:
    published = item.state == State.PUBLISHED
    return [
        OutcomeCount(slug, str(name), str(meaning), counts.get(outcome, 0))
        for outcome, (slug, name, meaning) in OUTCOME_WORDS.items()
        if (outcome != "sent_on" if published else outcome in _BEFORE)
    ]


def outcome_rows(item: SentList, rows: pl.DataFrame) -> list[OutcomeRow]:
    """Rows of `queries.outcomes` as they are shown."""
    niks = [column.text for column in queries.columns_in(item) if column.field == "nik"]  # damaged ones as they stand
    told = rows.with_columns(key=row_key(), nik=pl.coalesce("nik", *niks))
    return [_row(item, row) for row in told.iter_rows(named=True)]


def _row(item: SentList, row: dict[str, Any]) -> OutcomeRow:
    reason = ""
    if row["decision"] and row["decision"] not in ("held", "refused"):
        indonesian, english = explain(row["decision"])
        reason = in_language({"id": indonesian, "en": english})
    held = [code for code in row["problems"] if code in item.held and row["outcome"] == "waiting"]
    others = [code for code in row["problems"] if code not in held]
    return OutcomeRow(
        row["key"], row["sheet"] or "", row["row"], row["name"] or "", row["nik"], row["birth_date"], row["sex"] or "",
        reason, _said(row), _words(held), _words(others),
    )  # fmt: skip


def _said(row: dict[str, Any]) -> str:
    if not row["verdict"]:
        return ""
    words = {"because": row["because"], "who": row["decided_by"] or "Jangkau"}
    words["day"] = timezone.localtime(row["decided_at"]).strftime("%d-%m-%Y")
    if row["verdict"] == Verdict.REFUSED:
        return gettext("Ditolak %(who)s, %(day)s: %(because)s") % words
    return gettext("Diteruskan %(who)s, %(day)s.") % words


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
