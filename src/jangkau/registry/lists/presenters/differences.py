"""What changed since the last list of a sender, in words: counts, rows, and what stood in a cell before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangkau.core.reading.differences import CHANGES
from jangkau.registry.access.permissions import Scope, withheld
from jangkau.registry.lists.gateways.differences import difference_between, lines_of
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.presenters.words import FIELD_WORDS
from jangkau.registry.lists.queries.columns import column_of
from jangkau.registry.people.gateways.gazetteer import gazetteer

# change -> (its name in addresses, what it is called, what it means)
CHANGE_WORDS = {
    "new": ("baru", _("Baru"), _("belum ada di kiriman sebelumnya")),
    "changed": ("berubah", _("Berubah"), _("orangnya sama, isinya lain")),
    "vanished": ("hilang", _("Hilang"), _("ada di kiriman sebelumnya, kini tidak")),
    "unchanged": ("tetap", _("Tetap"), _("sama seperti sebelumnya")),
}
CHANGE_OF = {slug: change for change, (slug, _name, _meaning) in CHANGE_WORDS.items()}
_SPOKEN = {
    "village_code": "village", "district_code": "district", "deceased": _("Meninggal"), "moved_out": _("Pindah"),
}  # fmt: skip
_SECRET = frozenset({"nik", "kk", "kpj", "phone"})


@dataclass(frozen=True)
class ChangeCount:
    """How many rows changed in one way."""

    slug: str
    name: str
    meaning: str
    rows: int


@dataclass(frozen=True)
class ListDifference:
    """A list beside the one that came before it."""

    previous: SentList
    counts: list[ChangeCount]


@dataclass(frozen=True)
class CellChange:
    """One cell of a row: the field, what stood there before, what stands there now."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class DifferenceRow:
    """A row as it stands in the newer list (vanished ones: in the older), and what changed in it."""

    old_row: int | None
    new_row: int | None
    name: str
    nik: str
    birth_date: date | None
    sex: str
    rt: str
    rw: str
    occupation: str
    changed: list[CellChange]


def list_difference(previous: SentList | None, item: SentList) -> ListDifference | None:
    """The counts of a list beside the one before it; None when nothing came before."""
    if previous is None:
        return None
    counts = dict(difference_between(previous.sha256, item.sha256)["change"].value_counts().rows())
    told = [
        ChangeCount(CHANGE_WORDS[change][0], str(CHANGE_WORDS[change][1]), str(CHANGE_WORDS[change][2]), rows)
        for change in CHANGES
        for rows in (counts.get(change, 0),)
    ]
    return ListDifference(previous, told)


def changed_rows(previous: SentList, item: SentList, change: str) -> pl.DataFrame:
    """The rows with this change, in DIFFERENCE_SCHEMA."""
    return difference_between(previous.sha256, item.sha256).filter(pl.col("change") == change)


def difference_rows(
    scope: Scope, previous: SentList, item: SentList, rows: pl.DataFrame, *, whole: bool
) -> list[DifferenceRow]:
    """Rows in DIFFERENCE_SCHEMA with what stands in both lists; numbers of people are masked unless `whole`."""

    def cell(name: str, value: object) -> str:
        column = column_of(item.kind, name)
        return _shown(name, value, whole) if column is None or scope.sees(column) else withheld(column)

    old = {row["line"]: row for row in lines_of(previous.sha256, rows["old_line"]).iter_rows(named=True)}
    new = {row["line"]: row for row in lines_of(item.sha256, rows["new_line"]).iter_rows(named=True)}
    told = []
    for _change, old_line, new_line, fields in rows.iter_rows():
        before, after = old.get(old_line), new.get(new_line)
        row = after or before or {}
        changed = [
            CellChange(field_words(name), cell(name, before[name]), cell(name, after[name]))
            for name in fields
            if before and after
        ]
        told.append(
            DifferenceRow(
                old_row=before["row"] if before else None,
                new_row=after["row"] if after else None,
                name=row["name"] or row["employer"] or row["activity"] or "",
                nik=_shown("nik", row["nik"], whole) if row["nik"] else "",
                birth_date=row["birth_date"],
                sex=row["sex"] or "",
                rt=row["rt"] or "",
                rw=row["rw"] or "",
                occupation=row["occupation"] or row["position"] or "",
                changed=changed,
            )
        )
    return told


def field_words(name: str) -> str:
    """What a column of the stored rows is called on screen."""
    spoken = _SPOKEN.get(name, name)
    return str(FIELD_WORDS.get(spoken, spoken)) if isinstance(spoken, str) else str(spoken)


def _shown(name: str, value: object, whole: bool) -> str:
    if value is None:
        return gettext("kosong")
    if isinstance(value, bool):
        return gettext("ya") if value else gettext("tidak")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    text = str(value)
    if name in ("village_code", "district_code"):
        return gazetteer()[text].name if text in gazetteer() else text
    if name in _SECRET and not whole:
        return f"{text[:4]}{'*' * max(len(text) - 8, 0)}{text[-4:]}" if len(text) > 8 else "*" * len(text)
    return text
