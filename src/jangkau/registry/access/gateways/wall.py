"""The second wall on PostgreSQL: while a request is answered the connection acts as a role that the database lets see
only people of the areas of whoever asks. A query that forgot its scope then finds nothing, instead of everything.
Policies stand in lists/migrations; the wall stands where JANGKAU_WEB_ROLE names the role. Commands and the worker act
as the owner of the tables, whom policies do not bind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from jangkau.registry.access.permissions import Scope

EVERYTHING = "*"


def stands() -> bool:
    """Is there a second wall?"""
    return bool(settings.JANGKAU_WEB_ROLE) and connection.vendor == "postgresql"


@contextmanager
def behind_wall() -> Iterator[None]:
    """Nobody's people are seen until `narrow` says whose; afterwards the connection is its owner's again."""
    if not stands():
        yield
        return
    _act_as(settings.JANGKAU_WEB_ROLE, "")
    try:
        yield
    finally:
        _act_as("none", "")


def narrow(scope: Scope) -> None:
    """From here on people of these areas are seen."""
    if stands():
        patterns = ",".join(f"{area},{area}.%" for area in scope.areas)
        _act_as(settings.JANGKAU_WEB_ROLE, EVERYTHING if settings.JANGKAU_AREA in scope.areas else patterns)


def _act_as(role: str, areas: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, false), set_config('jangkau.areas', %s, false)", [role, areas])


def make_role() -> None:
    """Makes the role, or gives it what newer tables need. It never rewrites the record of changes. The owner needs
    CREATEROLE the first time."""
    if not stands():
        return
    role = connection.ops.quote_name(settings.JANGKAU_WEB_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.JANGKAU_WEB_ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {role} NOLOGIN")
            cursor.execute(f"GRANT {role} TO CURRENT_USER")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(f"REVOKE UPDATE, DELETE ON access_auditevent FROM {role}")
