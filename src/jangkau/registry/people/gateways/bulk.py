"""Writing many rows at once: `executemany` upserts on SQLite, COPY into a temporary table and one INSERT on PostgreSQL.
Measured eight times faster than the ORM's bulk_create. Called inside the transaction of the action that writes. Numbers
of people are sealed and opened on the way (see access.gateways.sealed)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain

import polars as pl
from django.db import connection, models

from jangkau.registry.access.gateways import ciphers
from jangkau.registry.access.gateways.sealed import SealedNumber

NUMBERS = ("nik", "kk")  # what sealed columns are called
PARTS_AHEAD = 2  # of what was found in the database and is not laid out yet
VALUES = 200  # in one INSERT: of few columns many rows, which take a third of the time of one after the other
CHUNK = 2_000  # rows as Python objects at once: more, and the search for cycles among them costs as much as the work


def upsert(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Writes `frame` (columns named as the table's) into the table of `model`; rows whose primary key exists are
    replaced value by value."""
    key = model._meta.pk
    assert key is not None  # every model has one
    others = [name for name in frame.columns if name != key.column]
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    _write(model._meta.db_table, _sealed(model, frame), f' ON CONFLICT ("{key.column}") DO UPDATE SET {updates}')


def insert(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Adds the rows of `frame` to the table of `model`."""
    insert_into(model._meta.db_table, _sealed(model, frame))


def insert_into(table: str, frame: pl.DataFrame) -> None:
    """Adds the rows of `frame`, as they are kept, to a table by its name; its columns may be of an earlier version."""
    _write(table, frame, "")


def update(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Changes rows of the table of `model`: those with the `id` of a line of `frame` get its other values."""
    update_in(model._meta.db_table, _sealed(model, frame))


def update_in(name: str, frame: pl.DataFrame, key: str = "id") -> None:
    """As `update`, with values as they are kept, of a table by its name."""
    values = [name for name in frame.columns if name != key]
    table = connection.ops.quote_name(name)
    if connection.vendor == "postgresql":
        changes = ", ".join(f'"{name}" = _incoming."{name}"' for name in values)
        _copy(table, frame, f"UPDATE {table} SET {changes} FROM _incoming WHERE {table}.{key} = _incoming.{key}")
        return
    changes = ", ".join(f'"{name}" = ?' for name in values)
    _each(f"UPDATE {table} SET {changes} WHERE {key} = ?", frame.select(*values, key))


def writes_anew() -> bool:
    """Does the database write a whole row, and its place in each index, whenever one of its values changes?"""
    return connection.vendor == "postgresql"


def delete(model: type[models.Model], numbers: pl.Series) -> None:
    """Removes the rows of the table of `model` with these ids."""
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        _copy(table, numbers.alias("id").to_frame(), f"DELETE FROM {table} WHERE id IN (SELECT id FROM _incoming)")
        return
    _each(f"DELETE FROM {table} WHERE id = ?", numbers.to_frame())


def drop_indexes(model: type[models.Model], *, but: str = "") -> list[str]:
    """Drops the indexes of the table of `model` that uphold no constraint, but for the one of the column `but`; returns
    the statements that make them again. SQLite fills a table twice as fast without; on PostgreSQL, which may not change
    a table whose rows are still to be checked, they stay."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
            [model._meta.db_table],
        )
        found = [(name, statement) for name, statement in cursor.fetchall() if f'("{but}")' not in statement]
    run(f"DROP INDEX {connection.ops.quote_name(name)}" for name, _ in found)
    return [statement for _, statement in found]


def run(statements: Iterable[str]) -> None:
    """Runs statements about the tables themselves."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _write(name: str, frame: pl.DataFrame, on_conflict: str) -> None:
    if frame.is_empty():
        return
    table, columns = connection.ops.quote_name(name), ", ".join(f'"{name}"' for name in frame.columns)
    if connection.vendor == "postgresql":
        _copy(table, frame, f"INSERT INTO {table} ({columns}) SELECT {columns} FROM _incoming{on_conflict}")
        return
    together = max(1, VALUES // frame.width)
    whole = frame.height - frame.height % together
    row = f"({', '.join('?' * frame.width)})"
    for rows, part in ((together, frame.head(whole)), (1, frame.tail(frame.height - whole))):
        values = ", ".join([row] * rows)
        _each(f"INSERT INTO {table} ({columns}) VALUES {values}{on_conflict}", part, together=rows)


def _sealed(model: type[models.Model], frame: pl.DataFrame) -> pl.DataFrame:
    numbers = {field.column for field in model._meta.concrete_fields if isinstance(field, SealedNumber)}
    return frame.with_columns(ciphers.seal_numbers(frame[name]) for name in frame.columns if name in numbers)


def _each(statement: str, frame: pl.DataFrame, *, together: int = 1) -> None:
    """Runs a statement of SQLite with every row of `frame`, or with so many `together` (a multiple)."""
    connection.ensure_connection()
    driver = connection.connection.cursor()  # the plain driver: no query log, no rewriting of parameters
    with connection.wrap_database_errors:  # a broken constraint is told as the ORM tells it
        for rows in _chunks(frame.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d")), CHUNK // together * together):
            driver.executemany(statement, zip(*[chain.from_iterable(rows)] * (together * frame.width), strict=True))


def _copy(table: str, frame: pl.DataFrame, statement: str) -> None:
    """Copies `frame` into a temporary table with columns of `table` and runs a statement of PostgreSQL that uses it."""
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE _incoming ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0")
        with cursor.copy(f"COPY _incoming ({columns}) FROM STDIN") as copy:
            for rows in _chunks(frame):
                for row in rows:
                    copy.write_row(row)
        cursor.execute(statement)
        cursor.execute("DROP TABLE _incoming")


def _chunks(frame: pl.DataFrame, chunk: int = CHUNK) -> Iterator[Iterable[tuple[object, ...]]]:
    for start in range(0, frame.height, chunk):
        yield zip(*(column.to_list() for column in frame.slice(start, chunk)), strict=True)


def read(
    statement: str,
    schema: Mapping[str, pl.DataType],
    parameters: Sequence[str | int] = (),
    *,
    numbers: Sequence[str] = NUMBERS,
) -> pl.DataFrame:
    """The result of a SELECT as a frame of `schema`; columns called as `numbers` are opened. The database hands over
    each column as one JSON list, which the frame library reads in a third of the time that Python objects of a million
    rows take."""
    if not schema.keys() or any(kind.is_float() or kind == pl.Datetime for kind in schema.values()):
        found = _read_rows(statement, schema, parameters)  # a float may lose its last digit on the way through JSON
    else:
        found = _framed(_lists(statement, schema, parameters), schema)
    return _opened(found, numbers)


def _opened(frame: pl.DataFrame, numbers: Sequence[str] = NUMBERS) -> pl.DataFrame:
    return frame.with_columns(ciphers.open_numbers(frame[name]) for name in numbers if name in frame.columns)


def read_parts(
    statement: str, schema: Mapping[str, pl.DataType], parts: Iterable[Sequence[str | int]]
) -> Iterator[pl.DataFrame]:
    """As `read`, once for the parameters of each of the `parts`: while the database looks for one, the one before is
    laid out. `schema` without floats."""

    def laid_out(lists: list[str] | None) -> pl.DataFrame:
        return _opened(_framed(lists, schema))

    with ThreadPoolExecutor(1) as beside:
        waiting: deque[Future[pl.DataFrame]] = deque()
        for parameters in parts:
            waiting.append(beside.submit(laid_out, _lists(statement, schema, parameters)))
            if len(waiting) > PARTS_AHEAD:
                yield waiting.popleft().result()
        for last in waiting:
            yield last.result()


def _lists(statement: str, schema: Mapping[str, pl.DataType], parameters: Sequence[str | int]) -> list[str] | None:
    """Each column of a SELECT as a JSON list; None when nothing was found."""
    listed, written = ("json_agg", "::text") if connection.vendor == "postgresql" else ("json_group_array", "")
    names = [f"c{number}" for number in range(len(schema))]
    lists = ", ".join(f"{listed}({name}){written}" for name in names)
    with connection.cursor() as cursor:
        asked = f"WITH found({', '.join(names)}) AS ({statement}) SELECT COUNT(*), {lists} FROM found"
        cursor.execute(asked, list(parameters))
        height, *columns = cursor.fetchone()
    return columns if height else None


def _framed(lists: list[str] | None, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    if lists is None:
        return pl.DataFrame(schema=schema)
    told = zip(schema.items(), lists, strict=True)
    return pl.DataFrame([_from_json(name, kind, text) for (name, kind), text in told])


def _from_json(name: str, kind: pl.DataType, text: str) -> pl.Series:
    flag = pl.Boolean() if connection.vendor == "postgresql" else pl.Int8()
    inside = pl.String() if kind == pl.Date else flag if kind == pl.Boolean else kind
    values = pl.Series(name, [text]).str.json_decode(pl.List(inside)).explode()
    return values.str.to_date("%Y-%m-%d") if kind == pl.Date else values.cast(kind)


def _read_rows(statement: str, schema: Mapping[str, pl.DataType], parameters: Sequence[str | int]) -> pl.DataFrame:
    """As `read`, row by row, fetched in chunks."""
    frames = []
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        while rows := cursor.fetchmany(CHUNK):
            columns = zip(schema.items(), zip(*rows, strict=True), strict=True)
            frames.append(pl.DataFrame([pl.Series(name, values, kind) for (name, kind), values in columns]))
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)
