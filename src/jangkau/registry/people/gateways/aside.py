"""Tables of SQLite that are filled beside the register: processes of their own put rows into small database files, and
the writer copies those, page by page, inside its transaction; a row costs the writer a tenth of the time then. While
that goes on the database checks no references: those of these rows are checked by `take`, value by value."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.db import IntegrityError, connection, models

from jangkau.registry.people.gateways import bulk


@dataclass(frozen=True)
class Rows:
    """Rows of a table, in a file of a frame; the statements that make the table and its indexes; what the rows refer
    to: table, column, values."""

    frame: Path
    table: str
    statements: tuple[str, ...]
    refers: tuple[tuple[str, str, tuple[str | int, ...]], ...]

    @property
    def filled(self) -> Path:
        """The database file that holds them, once `fill` has made it."""
        return self.frame.with_suffix(".sqlite3")


def lay_aside(model: type[models.Model], frame: pl.DataFrame, place: Path) -> Rows:
    """Writes rows of the table of `model`, with their primary keys, to `place`."""
    frame.write_ipc(place)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('table', 'index') AND sql IS NOT NULL "
            "ORDER BY type DESC",
            [table],
        )
        statements = tuple(statement for (statement,) in cursor.fetchall())
        cursor.execute(f"PRAGMA foreign_key_list({connection.ops.quote_name(table)})")
        refers = tuple(
            (parent, key, tuple(frame[column].drop_nulls().unique()))
            for _, _, parent, column, key, *_ in cursor.fetchall()
            if column in frame.columns
        )
    return Rows(place, table, statements, refers)


def fill(rows: Rows) -> Path:
    """Makes the database file; in a process of its own."""
    rows.filled.unlink(missing_ok=True)
    with closing(sqlite3.connect(rows.filled, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=OFF")  # a file that is cut short is made again
        made.execute("PRAGMA synchronous=OFF")
        table, *indexes = rows.statements
        made.execute(table)
        made.execute("BEGIN")
        bulk.insert_each(made.cursor(), rows.table, pl.read_ipc(rows.frame))
        for index in indexes:
            made.execute(index)
        made.execute("COMMIT")
    rows.frame.unlink()
    return rows.filled


@contextmanager
def beside(every: Sequence[Rows]) -> Iterator[None]:
    """Opens the files of `every` beside the register, around the transaction that takes the rows; then they go."""
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for rows in every:
            cursor.execute("ATTACH DATABASE %s AS %s", [str(rows.filled), rows.filled.stem])
        try:
            yield
        finally:
            for rows in every:
                cursor.execute("DETACH DATABASE %s", [rows.filled.stem])
                rows.filled.unlink()


def take(rows: Rows) -> None:
    """Adds the rows to their table. Raises IntegrityError when one refers to what is not there."""
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, column, values in rows.refers:
            marks = ", ".join(["%s"] * len(values))
            cursor.execute(f"SELECT COUNT(*) FROM {quoted(table)} WHERE {quoted(column)} IN ({marks})", values)
            if cursor.fetchone()[0] < len(values):
                raise IntegrityError(f"rows of {rows.table} refer to what {table} does not hold")
        # with the same columns and indexes on both sides, and nothing else said, SQLite copies the pages
        cursor.execute(
            f"INSERT INTO main.{quoted(rows.table)} SELECT * FROM {quoted(rows.filled.stem)}.{quoted(rows.table)}"
        )
