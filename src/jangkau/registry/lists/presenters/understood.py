"""What was understood of a list, as the form shows it that confirms or changes it: kind, village, month, and every
column of every layout with an example of what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl
from django.conf import settings
from django.utils.translation import gettext

from jangkau.core.kernel import RegionCode
from jangkau.core.reading.headers import HEADER_RULES
from jangkau.core.reading.tables import KEY_FIELDS
from jangkau.core.reading.told import layout_of
from jangkau.registry.access.permissions import Scope, withheld
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import KnownLayout, SentList
from jangkau.registry.lists.presenters.words import FIELD_WORDS
from jangkau.registry.lists.queries.columns import column_of
from jangkau.registry.people.gateways.gazetteer import gazetteer

KEYS = frozenset(KEY_FIELDS)
SEVERAL = frozenset({"ignored", "note"})  # what several columns of a table may be
_TELLABLE = frozenset(name for name, _patterns in HEADER_RULES) - {"ignored"}
_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
_LONGEST = 28


@dataclass(frozen=True)
class UnderstoodColumn:
    """One column: where it stands, what it is called in the file, an example, what it was taken for."""

    name: str  # of its field in the form
    position: int
    letter: str
    header: str
    example: str
    field: str | None

    @property
    def label(self) -> str:
        return f"{self.letter} {self.header}".strip()


@dataclass(frozen=True)
class UnderstoodLayout:
    """Tables with the same headers, on one sheet or many."""

    signature: str
    sheets: tuple[str, ...]
    columns: tuple[UnderstoodColumn, ...]


@dataclass(frozen=True)
class Understood:
    """A list as it was understood, the villages it may be of, and the confirmed layouts it was read by."""

    kind: str
    village: str
    month: str
    layouts: tuple[UnderstoodLayout, ...]
    villages: dict[str, str]  # code -> what is offered
    known: tuple[KnownLayout, ...]
    header_row: int | None  # as somebody said
    asks_header: bool  # no table was found, or one where somebody said

    def village_code(self, said: str) -> str | None:
        """The code of the village somebody typed: by the code in it, else by a name that only one village has."""
        if code := _CODE.search(said):
            return code[0] if code[0] in self.villages else None
        name = said.casefold()
        named = [code for code in self.villages if gazetteer()[code].name.casefold() == name]
        return named[0] if len(named) == 1 else None


def understood(scope: Scope, item: SentList) -> Understood:
    """What the form of a list starts from; villages are those somebody may see."""
    villages = {
        str(region.code): gettext("%(village)s, %(district)s (%(code)s)")
        % {"village": region.name, "district": gazetteer()[region.code[:8]].name, "code": region.code}
        for region in gazetteer().inside(RegionCode(settings.JANGKAU_AREA), "village")
        if scope.allows(region.code)
    }
    return Understood(
        kind=item.kind,
        village=villages.get(item.village_id or "", ""),
        month=item.month.strftime("%Y-%m") if item.month else "",
        layouts=_layouts(scope, item),
        villages=villages,
        known=tuple(KnownLayout.objects.filter(pk__in=item.told.get("layouts", [])).select_related("confirmed_by")),
        header_row=item.told.get("header_row"),
        asks_header=not item.tables or "header_row" in item.told,
    )


def field_choices(current: str | None) -> list[tuple[str, str]]:
    """What a column can hold, in words; what it holds now is always among them."""
    words = [(name, str(word)) for name, word in FIELD_WORDS.items() if name in _TELLABLE or name == current]
    return [("ignored", gettext("diabaikan")), *(pair for pair in words if pair[0] != "ignored")]


def _layouts(scope: Scope, item: SentList) -> tuple[UnderstoodLayout, ...]:
    tables: dict[str, list[dict[str, object]]] = {}
    for table in item.tables:
        tables.setdefault(layout_of([column["header"] for column in table["columns"]]), []).append(table)
    return tuple(
        UnderstoodLayout(
            signature=signature,
            sheets=tuple(dict.fromkeys(str(table["sheet"]) for table in same if table["sheet"])),
            columns=_columns(scope, item, number, same[0]),
        )
        for number, (signature, same) in enumerate(tables.items())
    )


def _columns(scope: Scope, item: SentList, number: int, table: dict[str, object]) -> tuple[UnderstoodColumn, ...]:

    def example(field: str | None, cell: str) -> str:
        column = column_of(item.kind, None if field in SEVERAL else field)
        return _shortened(cell) if column is None or scope.sees(column) else withheld(column)

    cells = _example(item, str(table["sheet"]), int(str(table["header_row"])))
    columns = table["columns"]
    assert isinstance(columns, list)
    return tuple(
        UnderstoodColumn(
            name=f"column-{number}-{position}",
            position=position,
            letter=column["letter"],
            header=column["header"],
            example=example(column["field"], cells[position]) if position < len(cells) else "",
            field=column["field"],
        )
        for position, column in enumerate(columns)
        if column["header"] or column["field"] or (position < len(cells) and cells[position])
    )


def _example(item: SentList, sheet: str, header_row: int) -> list[str]:
    """The cells of the first row of data under a header."""
    rows = store.scan_frame(store.folder_of(item.sha256) / store.ROWS).filter(
        (pl.col("state") == "data") & (pl.col("sheet").fill_null("") == sheet) & (pl.col("row") > header_row)
    )
    found = rows.select("cells").head(1).collect()
    return list(found["cells"][0]) if found.height else []


def _shortened(text: str) -> str:
    """An example short enough for a table; long numbers are masked."""
    masked = re.sub(r"\d{9,}", lambda found: f"{found[0][:4]}{'*' * (len(found[0]) - 4)}", text)
    return masked if len(masked) <= _LONGEST else f"{masked[:_LONGEST]}…"
