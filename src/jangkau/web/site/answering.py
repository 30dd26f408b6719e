"""What a process that answers pages sets once, after everything is loaded and before the first visitor."""

from __future__ import annotations

import gc
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# Many pages share few cores: a question that starts processes of its own, or a compiler, takes them from other pages.
_ALONE = "SET max_parallel_workers_per_gather = 0; SET jit = off"
_OBJECTS = 50_000  # between two looks for cycles; a page makes some tens of thousands, nearly all without cycles


def settle() -> None:
    """What is loaded stays, so nobody looks through it for garbage again; each connection answers with one process."""
    connection_created.connect(_answer_alone)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 10, 10)


def _answer_alone(connection: BaseDatabaseWrapper, **rest: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_ALONE)
