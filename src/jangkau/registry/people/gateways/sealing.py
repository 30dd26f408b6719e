"""Whole columns of the database sealed, for upgrades from when they were open and for a change of keys. Each piece is a
transaction, so that others write between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from django.db import connection, migrations, models, transaction

from jangkau.registry.access.gateways import ciphers
from jangkau.registry.access.gateways.sealed import SealedNumber, sealed_fields
from jangkau.registry.people.gateways import bulk

PIECE = 100_000  # rows

Change = Callable[[pl.Series], pl.Series]


def seal_values_again() -> int:
    """Everything in the database that is sealed with an older key gets the newest; returns how many values."""
    fields = list(sealed_fields())
    return sum(_change(each, _renewed if isinstance(each, SealedNumber) else _renewed_texts) for each in fields)


def sealing(app: str, *columns: tuple[str, str]) -> migrations.RunPython:
    """The step of a migration that seals columns (model and field) which were open; its way back opens them."""

    def each(apps: Any, numbers: Change, texts: Change) -> None:
        for model, name in columns:
            field = apps.get_model(app, model)._meta.get_field(name)
            _change(field, numbers if isinstance(field, SealedNumber) else texts)

    def forth(apps: Any, _: object) -> None:
        each(apps, ciphers.seal_numbers, lambda plain: _each(plain, ciphers.seal_text))

    def back(apps: Any, _: object) -> None:
        each(apps, ciphers.open_numbers, lambda kept: _each(kept, ciphers.open_text))

    return migrations.RunPython(forth, back)


def _renewed(kept: pl.Series) -> pl.Series:
    return kept if ciphers.is_newest(kept).all() else ciphers.seal_numbers(ciphers.open_numbers(kept))


def _renewed_texts(kept: pl.Series) -> pl.Series:
    newest = ciphers.is_newest(kept)
    told = [one if new else ciphers.seal_text(ciphers.open_text(one)) for one, new in zip(kept, newest, strict=True)]
    return pl.Series(kept.name, told, dtype=pl.String)


def _each(values: pl.Series, change: Callable[[str], str]) -> pl.Series:
    return pl.Series(values.name, [change(value) for value in values], dtype=pl.String)


def _change(field: models.Field[Any, Any], change: Change) -> int:
    """Writes a column anew where `change` makes something else of it; nobody writes the rows of a piece meanwhile."""
    table, column, key = field.model._meta.db_table, str(field.column), str(field.model._meta.pk.column)
    asked = (
        f"SELECT {key}, {column} FROM {table} WHERE {key} > %s AND {column} IS NOT NULL ORDER BY {key} LIMIT {PIECE}"
    )
    if connection.vendor == "postgresql":  # SQLite has one writer at a time
        asked += " FOR UPDATE"
    changed, after = 0, -1
    while True:
        with transaction.atomic():
            piece = bulk.read(asked, {key: pl.Int64(), column: pl.String()}, [after], numbers=())
            if piece.is_empty():
                return changed
            told = piece.with_columns(change(piece[column]))
            told = told.filter(told[column] != piece[column])
            bulk.update_in(table, told, key)
        changed, after = changed + told.height, piece[key][-1]
