"""What keeps the history of cases as it was, in SQLite: triggers. A migration that makes a table anew drops them, so
they are put up again after every migration; PostgreSQL keeps its own. Migrations hold copies of their day."""

from __future__ import annotations

from typing import Any

from django.db import connections

FINAL = ("transition", "note", "followupreport", "sentletter", "issuednumber")
NEVER = "what happened in a case is never changed"
STATE = """
CREATE TRIGGER IF NOT EXISTS cases_case_state BEFORE UPDATE OF state ON cases_case
WHEN NEW.state <> OLD.state AND NEW.state IS NOT
  (SELECT to_state FROM cases_transition WHERE case_id = NEW.id ORDER BY number DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'the state of a case is that of its last transition'); END
"""
CHAIN = """
CREATE TRIGGER IF NOT EXISTS cases_transition_chain BEFORE INSERT ON cases_transition
WHEN NEW.from_state <> coalesce(
  (SELECT to_state FROM cases_transition WHERE case_id = NEW.case_id ORDER BY number DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'a transition begins where the one before ended'); END
"""


def put_up(using: str = "default", **_signal: Any) -> None:
    """Puts up what is missing of the triggers; a receiver of post_migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names()) if connection.vendor == "sqlite" else set()
    wanted = [f"cases_{table}" for table in FINAL if f"cases_{table}" in tables]
    with connection.cursor() as cursor:
        for table in wanted:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_{verb} BEFORE {verb} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
                )
        if wanted:
            cursor.execute(STATE)
            cursor.execute(CHAIN)
