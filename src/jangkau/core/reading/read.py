"""From the bytes of one file to a ListReading: every line accounted for, every value cleaned, every problem named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import polars as pl

from jangkau.core.kernel import Gazetteer, Month, RegionCode
from jangkau.core.reading import checks, cleaning, lists, meanings
from jangkau.core.reading.cells.places import Place, Places
from jangkau.core.reading.changes import edited
from jangkau.core.reading.columns import ColumnReading
from jangkau.core.reading.fields import all_rows, raw_rows
from jangkau.core.reading.formats import read_sheets
from jangkau.core.reading.looks import in_ranges
from jangkau.core.reading.reports import problem_rows
from jangkau.core.reading.schema import NOT_PEOPLE, ROW_SCHEMA
from jangkau.core.reading.sheets import Sheet
from jangkau.core.reading.tables import SheetReading, read_structure
from jangkau.core.reading.told import NOTHING_TOLD, Told
from jangkau.core.reading.villages import locate

_OWN_VILLAGE_KINDS = ("workers", "jakon", "poverty", "village_officials", "fishers", "deaths_and_moves")
_MANY = 0.35  # share of rows naming other villages above which a list has no village of its own


@dataclass(frozen=True)
class TableReading:
    """One kind of table on one sheet; `header_row` as Excel shows it (0 when there is none)."""

    sheet: str
    header_row: int
    rows: int
    columns: tuple[ColumnReading, ...]


@dataclass(frozen=True)
class HiddenReading:
    """What a sheet hides and is read all the same: rows as people write them ("14-16, 20"), letters of columns. Known
    of xlsx and xlsm alone."""

    sheet: str
    rows: str
    columns: str


@dataclass(frozen=True)
class ListReading:
    """What one file says. `kind` is one of LIST_KINDS; `village_code`, `district_code` and `month` those of the list
    as a whole, None where it has none; `rows` in ROW_SCHEMA, every line that is not empty, in the order of the file;
    `problems` with code, sheet, row, cell, shown; `project` the header block of a village project, else empty."""

    name: str
    kind: str
    village_code: str | None
    district_code: str | None
    month: Month | None
    title: str
    tables: tuple[TableReading, ...]
    hidden_sheets: tuple[str, ...]
    hidden: tuple[HiddenReading, ...]
    rows: pl.DataFrame
    problems: pl.DataFrame
    project: dict[str, object]


def read_file(
    content: bytes,
    name: str,
    *,
    gazetteer: Gazetteer,
    area: RegionCode,
    as_of: date,
    told: Told | None = None,
    edits: pl.DataFrame | None = None,
) -> ListReading:
    """Reads one list. `name` is the path relative to what the user gave: its folders are evidence; `area` the region
    the lists are about; `as_of` the day ages and months are measured from; what was `told` wins over what is found;
    `edits` (EDIT_SCHEMA) are laid over the cells of rows of data once tables and columns are found.

    Raises Refused or Corrupt (one sentence in two languages) when the file cannot be read at all.

    >>> table = "NO;NIK;NAMA;TGL LAHIR\\n1;3202014107905001;SITI A;01-07-1990\\n"
    >>> area, today = RegionCode("32.02"), date(2026, 10, 31)
    >>> found = read_file(table.encode(), "a.csv", gazetteer=Gazetteer([]), area=area, as_of=today)
    >>> found.kind, found.rows["state"].to_list(), found.rows["name"].to_list()
    ('workers', ['not_data', 'data'], [None, 'SITI A'])
    """
    told = told or NOTHING_TOLD
    readings = [_with_edits(read_structure(sheet, told), edits) for sheet in read_sheets(content, name)]
    del content  # a long file would stay in memory beside its cells
    places = _places(gazetteer, area)
    kind = told.kind or lists.kind_of(readings, name)
    path = name.replace("\\", "/").split("/")
    titles = [title for reading in readings for title in reading.titles]
    near = lists.district_of(places, [*titles, *reversed(path)], list(reversed(path[:-1])))
    own = _told_place(told, near) or lists.village_of(places, titles, name, near)
    project = lists.project_of(readings, places, near) if kind == "jakon" else {}
    month = _month(told, [*titles[:6], name, *titles[6:]])
    raw = raw_rows(readings)
    data, own = _clean_rows(raw, readings, kind, places, own, near, as_of, gazetteer, project, told, name, month)
    problems, data = problem_rows(data, raw, readings), _kept(data)
    return ListReading(
        name=name,
        kind=kind,
        village_code=own.village,
        district_code=own.district or near,
        month=month,
        title=titles[0] if titles else "",
        tables=_tables(readings),
        hidden_sheets=tuple(r.sheet.name for r in readings if r.sheet.hidden),
        hidden=_hidden([reading.sheet for reading in readings]),
        rows=all_rows(data, readings),
        problems=problems,
        project=project,
    )


@lru_cache(4)
def _places(gazetteer: Gazetteer, area: RegionCode) -> Places:
    """Made once for all lists of an area."""
    return Places(gazetteer, area)


def _clean_rows(
    raw: pl.DataFrame,
    readings: list[SheetReading],
    kind: str,
    places: Places,
    own: Place,
    near: str | None,
    as_of: date,
    gazetteer: Gazetteer,
    project: dict[str, object],
    told: Told,
    name: str,
    month: Month | None,
) -> tuple[pl.DataFrame, Place]:
    """Cleaned and checked rows, and the list's own place after the rows had their say."""
    said = locate(raw, _near(raw, readings, places, own.district or near), places)
    own = own if told.village_code is not None else _own_place(kind, own, said)
    rows = cleaning.clean(raw, as_of)
    where = ["sheet_number", "row", "table", "part", *(["struck"] if "struck" in raw.columns else [])]
    rows = pl.concat([raw.select(where), rows, said], how="horizontal")
    rows = _settle(rows, own)
    rows = meanings.by_kind(
        rows, cleaning.column(raw, "note"), kind, project=project, subjects=_subjects(raw, readings, name), month=month
    )
    if kind in NOT_PEOPLE:
        return checks.check_others(rows), own
    village = pl.Series("own", [own.village], dtype=pl.String).new_from_index(0, rows.height)
    asked = frozenset(raw.columns)
    return checks.check_people(_plausible(rows, as_of), kind, asked, as_of, village, gazetteer), own


def _kept(data: pl.DataFrame) -> pl.DataFrame:
    """Without what only the checks needed: beside the cells of a long list it fills the memory."""
    return data.select("sheet_number", *(name for name in ROW_SCHEMA if name in data.columns))


def _with_edits(reading: SheetReading, edits: pl.DataFrame | None) -> SheetReading:
    """The same tables over the sheet with its edits."""
    if edits is None or not edits.height:
        return reading
    [sheet] = edited([reading.sheet], edits)
    return replace(reading, sheet=sheet, tables=[replace(table, sheet=sheet) for table in reading.tables])


def _tables(readings: list[SheetReading]) -> tuple[TableReading, ...]:
    return tuple(
        TableReading(reading.sheet.name, table.header_row, len(table.indexes), tuple(table.columns))
        for reading in readings
        for table in reading.tables
    )


def _hidden(sheets: list[Sheet]) -> tuple[HiddenReading, ...]:
    return tuple(
        HiddenReading(sheet.name, in_ranges(sheet.hidden_rows), ", ".join(sheet.hidden_columns))
        for sheet in sheets
        if not sheet.hidden and (sheet.hidden_rows or sheet.hidden_columns)
    )


def _month(told: Told, texts: list[str]) -> Month | None:
    return lists.month_of(texts) if told.month is None else told.month or None


def _subjects(raw: pl.DataFrame, readings: list[SheetReading], name: str) -> pl.Series:
    """What the sheet of every row is about, else what the file is about: deaths alone, moves alone, or null."""
    whole = meanings.subject_of([name])
    subjects = [meanings.subject_of([r.sheet.name, *r.titles]) or whole for r in readings]
    return pl.Series(subjects, dtype=pl.String)[raw["sheet_number"]]


def _told_place(told: Told, near: str | None) -> Place | None:
    """The list's own place as it was told; None when nothing was said."""
    if told.village_code is None:
        return None
    return Place(told.village_code, told.village_code[:8]) if told.village_code else Place(None, near)


def _settle(rows: pl.DataFrame, own: Place) -> pl.DataFrame:
    """`village_code` and `district_code`: what the row says, else the list's own where nothing contradicts it."""
    unknown = pl.col("place_problem").is_not_null()
    home = pl.lit(own.village, dtype=pl.String)
    away = pl.col("said_district") != home.str.head(8)
    rows = rows.with_columns(
        village_code=pl.when(~unknown).then(pl.coalesce("said_village", pl.when(~away.fill_null(False)).then(home)))
    )
    district = pl.when(~unknown).then(pl.lit(own.district, dtype=pl.String))
    return rows.with_columns(district_code=pl.coalesce(pl.col("village_code").str.head(8), "said_district", district))


def _plausible(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """A birth after the day of reading or more than 110 years before it is no birth date."""
    wrong = (pl.col("birth_date") > as_of) | (pl.col("birth_date") < as_of.replace(year=as_of.year - 110, day=1))
    wrong = wrong.fill_null(False)
    return rows.with_columns(
        birth_state=pl.when(wrong).then(pl.lit("implausible")).otherwise("birth_state"),
        birth_date=pl.when(~wrong).then("birth_date"),
    )


def _near(raw: pl.DataFrame, readings: list[SheetReading], places: Places, near: str | None) -> pl.Series:
    """For every row the district that its sheet is about (title or name of the sheet), else the list's."""
    by_sheet = [
        lists.district_of(places, [*reading.titles, reading.sheet.name], [reading.sheet.name]) or near
        for reading in readings
    ]
    return pl.Series("near", by_sheet, dtype=pl.String)[raw["sheet_number"]]


def _own_place(kind: str, own: Place, said: pl.DataFrame) -> Place:
    """The list's own place, unless the kind has none or the rows name many others."""
    if kind not in _OWN_VILLAGE_KINDS:
        return Place(None, None)
    named = said["said_village"].drop_nulls()
    if len(named) and own.village:
        away = (named != own.village).sum()
        return own if away <= max(2, _MANY * said.height) else Place(None, own.district)
    if len(named) > max(2, 0.6 * said.height) and not own.village:
        top = named.value_counts(sort=True).row(0)
        if top[1] >= 0.8 * len(named):
            return Place(top[0], top[0][:8])
    return own
