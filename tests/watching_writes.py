"""Every write has its event in the record: looked at in every request that any test makes, and in every transaction of
every job and command that a test runs in its own process, on SQLite and on PostgreSQL, in whatever thread."""

from __future__ import annotations

import functools
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse

WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.I)
BOUND = re.compile(r"\s*(BEGIN|COMMIT|RELEASE|ROLLBACK TO|ROLLBACK|SAVEPOINT)\b", re.I)
EVENT = "access_auditevent"
WITHOUT_EVENT = {  # table: why a write of it is nothing that happened to the register
    "django_session": "who is signed in, kept by Django",
    "usersessions_usersession": "the same, to be shown to its user",
    "socialaccount_socialaccount": "when its user last came from the office; who comes in is recorded",
    "access_user": "Django notes the last sign-in",
    "api_keptanswer": "what a repeated request is answered; what the request did is recorded by it",
    "django_tasks_database_dbtaskresult": "the queue of the worker; what a job does is recorded by the job",
}
IN_WORK = WITHOUT_EVENT | {
    "lists_job": "how far work got; that it was asked for is recorded",
    "people_registerfact": "what the register keeps in mind; what happened beside it has its event",
}


def unrecorded(written: set[str], without: dict[str, str]) -> list[str]:
    """The tables that were written to although nothing was added to the record."""
    return [] if EVENT in written else sorted(written - without.keys())


class EveryWriteHasItsEvent:
    """Raises AssertionError for a request that wrote to a table and added nothing to the record."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        written: set[str] = set()

        def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if found := WRITE.match(str(sql)):
                written.add(found.group(1))
            return execute(sql, *rest)

        with connection.execute_wrapper(watch):
            response = self.get_response(request)
        if found := unrecorded(written, WITHOUT_EVENT):
            raise AssertionError(f"{request.method} {request.path} wrote {found} and recorded nothing")
        return response


class WatchedWork(AppConfig):
    """Puts the watch around every job and every command of the process."""

    name, label = "tests.watching_writes", "watching_writes"

    def ready(self) -> None:
        from jangkau.registry.lists.actions import jobs
        from jangkau.web.site import cli

        jobs._do = _watched(jobs._do, lambda job, work: f"job {job.kind}")
        module = sys.modules["jangkau.web.site.cli.main"]
        cli.main = module.main = _watched(module.main, lambda arguments=None: f"command {(arguments or [''])[0]}")


def _watched(act: Callable[..., Any], name: Callable[..., str]) -> Callable[..., Any]:
    @functools.wraps(act)
    def watched(*given: Any) -> Any:
        with watching(name(*given)):
            return act(*given)

    return watched


_begun = threading.local()  # is work of this thread being watched? The outermost sees what the others do


@contextmanager
def watching(name: str) -> Iterator[None]:
    """Raises AssertionError at the end when a transaction of this thread wrote and recorded nothing."""
    if hasattr(_begun, "by"):
        yield
        return
    found: list[str] = []
    transactions: list[set[str]] = []  # what each of the open ones wrote, the outermost first

    def see(statement: str) -> None:
        if bound := BOUND.match(statement):
            _bounded(bound.group(1).upper(), transactions, end)
        elif written := WRITE.match(statement):
            (transactions[-1].add if transactions else lambda table: end({table}))(written.group(1))

    def end(written: set[str]) -> None:
        if tables := unrecorded(written, IN_WORK):
            found.append(f"{name} wrote {tables} and recorded nothing")

    _begun.by = name
    try:
        with _statements_of_sqlite(see) if connection.vendor == "sqlite" else _statements_of_django(see):
            yield
    finally:
        del _begun.by
    assert not found, found


@contextmanager
def _statements_of_sqlite(see: Callable[[str], None]) -> Iterator[None]:
    """Every statement of this thread's connection, as SQLite itself tells them."""
    mine = threading.get_ident()

    def look(**rest: object) -> None:
        if threading.get_ident() == mine:
            connection.connection.set_trace_callback(see)

    connection_created.connect(look)
    if connection.connection is not None:
        look()
    try:
        yield
    finally:
        connection_created.disconnect(look)
        if connection.connection is not None:
            connection.connection.set_trace_callback(None)


@contextmanager
def _statements_of_django(see: Callable[[str], None]) -> Iterator[None]:
    """Every statement that goes through Django's cursor (a COPY does not; what takes its rows from there does), and its
    transactions, which PostgreSQL's driver begins and ends by itself."""

    def told(execute: Callable[..., Any], sql: object, *rest: Any) -> Any:
        see(str(sql))
        return execute(sql, *rest)

    def said(act: Callable[..., Any], words: Callable[..., str]) -> Callable[..., Any]:
        def acted(*given: Any, **named: Any) -> Any:
            see(words(*given))
            return act(*given, **named)

        return acted

    words: dict[str, Callable[..., str]] = {
        "commit": lambda: "COMMIT", "rollback": lambda: "ROLLBACK",
        "set_autocommit": lambda on, *rest: "" if on else "BEGIN",
    }  # fmt: skip
    for name, spoken in words.items():
        setattr(connection, name, said(getattr(connection, name), spoken))
    try:
        with connection.execute_wrapper(told):
            yield
    finally:
        for name in words:
            delattr(connection, name)


def _bounded(bound: str, transactions: list[set[str]], end: Callable[[set[str]], None]) -> None:
    """A transaction, or a part of one, begins or ends. What a part wrote belongs to the whole."""
    if bound in ("BEGIN", "SAVEPOINT"):
        transactions.append(set())
    elif bound == "ROLLBACK":
        transactions.clear()
    elif bound == "ROLLBACK TO":
        transactions[-1].clear()
    elif transactions:
        written = transactions.pop()
        if transactions:
            transactions[-1] |= written
        else:
            end(written)
