"""The record of what happened: one chained event for each change, in the transaction of the change, and one for each
look at somebody, which never waits for the changes of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from jangkau.core.kernel.chain import START
from jangkau.registry.access.gateways.waiting import Waiting, waiting
from jangkau.registry.access.models import AuditEvent, User

AUDIT_LOCK = 320219  # any number, the same for all who write the record


@transaction.atomic(savepoint=False)  # inside the transaction of the change: with it or not at all
def record(*, by: User | None, action: str, subject: str, **detail: object) -> None:
    """Adds an audit event; called inside the transaction of the change it tells of. `detail` holds no personal data."""
    if connection.vendor == "postgresql":  # SQLite lets one transaction write at a time by itself
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AUDIT_LOCK])
    _chain(_now(by, action, subject, detail))


def record_look(*, by: User | None, action: str, subject: str, **detail: object) -> None:
    """Adds an audit event for a look at somebody, called before anything is shown. While somebody else's transaction
    (a list that is being published) keeps the record, the event waits on the disk: see `chain_looks`."""
    event = _now(by, action, subject, detail)
    with waiting() as others:
        if not _chained(others, event):
            others.add(json.dumps(event | {"at": event["at"].isoformat()}))


def chain_looks() -> None:
    """Puts the looks that waited into the record, when nobody keeps it."""
    with waiting() as others:
        if others.lines:
            _chained(others)


def _now(by: User | None, action: str, subject: str, detail: dict[str, object]) -> dict[str, Any]:
    return {"at": timezone.now(), "by_id": by and by.pk, "action": action, "subject": subject, "detail": detail}


def _chained(others: Waiting, *events: dict[str, Any]) -> bool:
    """Did they get into the record, behind those that waited?"""
    waited = [json.loads(line) for line in others.lines]
    with _record_is_free() as free:
        if not free:
            return False
        for event in waited:
            event["at"] = datetime.fromisoformat(event["at"])
            same = {name: event[name] for name in ("at", "by_id", "action", "subject")}
            if not AuditEvent.objects.filter(**same).exists():  # else a crash kept the file from being emptied
                _chain(event)
        for event in events:
            _chain(event)
    if waited:
        others.clear()
    return True


@contextmanager
def _record_is_free() -> Iterator[bool]:
    """A transaction that may write the record now; False where another one keeps it."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [AUDIT_LOCK])
            yield cursor.fetchone()[0]
        return
    with ExitStack() as begun:
        begun.enter_context(_impatient())
        try:
            begun.enter_context(transaction.atomic())
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            yield False
        else:
            yield True


@contextmanager
def _impatient() -> Iterator[None]:
    """SQLite does not wait for its only writer."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def _chain(event: dict[str, Any]) -> None:
    last = AuditEvent.objects.order_by("pk").only("pk", "digest").last()
    added = AuditEvent(id=last.pk + 1 if last else 1, **event)
    added.digest = added.digest_on(last.digest if last else START)
    added.save(force_insert=True)
