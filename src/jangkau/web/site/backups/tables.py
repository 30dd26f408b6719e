"""Every table of the register as Parquet pieces, and back. What is read is brought into one form, so that the digest
of a table is the same on SQLite and on PostgreSQL. Left out: what Django makes anew (permissions, content types),
sessions, and the worker's queue, which is filled again from the jobs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from django.apps import apps as installed
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from jangkau.registry.people.gateways import bulk

LEFT_OUT = {
    "auth_permission", "auth_group_permissions", "access_user_user_permissions", "django_content_type",
    "django_session", "django_tasks_database_dbtaskresult", "usersessions_usersession",
}  # fmt: skip
PIECE = 100_000  # rows read at a time
KINDS: dict[type[models.Field[Any, Any]], str] = {
    models.IntegerField: "integer", models.CharField: "text", models.TextField: "text", models.FileField: "text",
    models.BooleanField: "boolean", models.DateTimeField: "moment", models.DateField: "date", models.JSONField: "json",
    models.FloatField: "real",
}  # fmt: skip
_FRAMES: dict[str, pl.DataType] = {
    "integer": pl.Int64(), "text": pl.String(), "boolean": pl.Boolean(), "date": pl.Date(), "real": pl.Float64(),
    "moment": pl.Datetime("us"), "json": pl.String(), "decimal": pl.String(),
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table: its columns with their kinds (see KINDS; `decimal:2` has two places), and its primary key."""

    name: str
    key: str
    columns: dict[str, str]


@dataclass(frozen=True)
class Count:
    """What a table holds: rows, and the SHA-256 over all of them in the order of the primary key."""

    rows: int
    sha256: str


def tables(apps: Apps = installed) -> list[Table]:
    """The tables of this version (or of the one that `apps` holds) that belong to the register, by name."""
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return [_table(model) for name, model in sorted(found.items()) if name not in LEFT_OUT]


def _table(model: type[models.Model]) -> Table:
    assert model._meta.pk is not None  # every model has one
    columns = {str(field.column): _kind(field) for field in model._meta.concrete_fields}
    return Table(model._meta.db_table, str(model._meta.pk.column), columns)


def _kind(field: models.Field[Any, Any]) -> str:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.DecimalField):
        return f"decimal:{field.decimal_places}"
    return next(kind for family, kind in KINDS.items() if isinstance(field, family))


def pieces(table: Table) -> Iterator[pl.DataFrame]:
    """The rows of a table in the order of its primary key, a piece at a time."""
    named = [connection.ops.quote_name(column) for column in table.columns]
    key = connection.ops.quote_name(table.key)
    if table.columns[table.key] == "text" and connection.vendor == "postgresql":
        key += ' COLLATE "C"'  # by bytes, as SQLite sorts
    after: list[int | str] = []
    while True:
        where = f"WHERE {key} > %s" if after else ""
        statement = f"SELECT {', '.join(named)} FROM {table.name} {where} ORDER BY {key} LIMIT {PIECE}"
        piece = _fetched(statement, after, table)
        if piece.is_empty():
            return
        yield piece
        after = [piece[table.key][-1]]


def _fetched(statement: str, parameters: list[int | str], table: Table) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    by_column: Iterator[tuple[Any, ...]] = zip(*rows, strict=True) if rows else iter([()] * len(table.columns))
    return pl.DataFrame(
        [_series(name, kind, cells) for (name, kind), cells in zip(table.columns.items(), by_column, strict=True)]
    )


def _series(name: str, kind: str, cells: tuple[Any, ...]) -> pl.Series:
    kind, _, places = kind.partition(":")
    if kind in _ONE_FORM:
        cells = tuple(None if cell is None else _ONE_FORM[kind](cell) for cell in cells)
    if kind == "decimal":
        unit = Decimal(1).scaleb(-int(places))
        cells = tuple(None if cell is None else str(Decimal(str(cell)).quantize(unit)) for cell in cells)
    return pl.Series(name, cells, _FRAMES[kind])


def _json(cell: Any) -> str:
    return json.dumps(json.loads(cell) if isinstance(cell, str) else cell, sort_keys=True, separators=(",", ":"))


def _moment(cell: datetime) -> datetime:
    return cell.astimezone(UTC).replace(tzinfo=None) if cell.tzinfo else cell


_ONE_FORM: dict[str, Callable[[Any], Any]] = {"json": _json, "moment": _moment, "boolean": bool}


def write(table: Table, folder: Path) -> Count:
    """Writes the table into `folder`, a Parquet file a piece."""
    return _counted(
        pieces(table), lambda number, piece: piece.write_parquet(folder / f"{table.name}.{number:05}.parquet")
    )


def count(table: Table) -> Count:
    """What the table holds now."""
    return _counted(pieces(table), lambda number, piece: None)


def _counted(parts: Iterator[pl.DataFrame], keep: Callable[[int, pl.DataFrame], None]) -> Count:
    digest, rows = hashlib.sha256(), 0
    for number, piece in enumerate(parts):
        keep(number, piece)
        digest.update(piece.write_csv(include_header=False, null_value="\\N").encode())
        rows += piece.height
    return Count(rows, digest.hexdigest())


def fill(wanted: list[Table], folder: Path) -> None:
    """Adds the rows of the pieces in `folder` to empty tables, all of them or none."""
    with connection.constraint_checks_disabled(), transaction.atomic():  # checked once, when all rows stand
        for table in wanted:
            for place in sorted(folder.glob(f"{table.name}.*.parquet")):
                bulk.insert_into(table.name, _as_stored(pl.read_parquet(place)))
        connection.check_constraints()
        _count_on(wanted)


def _as_stored(piece: pl.DataFrame) -> pl.DataFrame:
    moments = pl.col(pl.Datetime)
    if connection.vendor == "postgresql":
        return piece.with_columns(moments.dt.replace_time_zone("UTC"))
    return piece.with_columns(moments.dt.to_string("%Y-%m-%d %H:%M:%S%.6f"))


def _count_on(wanted: list[Table]) -> None:
    """The database numbers new rows from the highest one on."""
    filled = {table.name for table in wanted}
    numbered = [model for model in installed.get_models(include_auto_created=True) if model._meta.db_table in filled]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), numbered):
            cursor.execute(statement)
