"""An empty register that is filled, killed in between and filled on, holds what one holds that was filled at once. What
rows refer to is looked up at the end."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from jangkau.registry.lists.actions.filling import begin_filling, end_filling
from jangkau.registry.lists.models import Appearance
from jangkau.registry.people.gateways import bulk

pytestmark = pytest.mark.skipif("postgresql" in os.environ.get("DATABASE_URL", ""), reason="of SQLite alone")
FILL = """
import os
import sys
from datetime import date
from pathlib import Path
import django
django.setup()
from django.db import connection
from jangkau.registry.lists.actions import portions, run_paths
portions.ROWS_TOGETHER = 2
checked = lambda: connection.cursor().execute("PRAGMA foreign_keys").fetchone()[0]

def killed_at(stage, done, total):
    if stage == "publish":
        assert not checked()
        if str(done) == sys.argv[2]:
            os._exit(9)

run_paths([Path(sys.argv[1])], as_of=date(2026, 10, 31), by=None, progress=killed_at)
assert checked()
"""
TABLES = ("people_person", "people_membership", "lists_appearance", "lists_reviewpair", "sqlite_sequence")
ENTIN = ("ENTIN SUKAESIH", "3202015204857991", "12-04-1985", "P")
ASEP = ("ASEP HIDAYAT", "3202010105907993", "01-05-1990", "L")
UJANG = ("UJANG SUKMANA", "3202011203807992", "12-03-1980", "L")


def empty(data: Path) -> Path:
    """A register as that of this test: with the regions alone."""
    data.mkdir()
    (data / "secret.key").write_text(settings.SECRET_KEY)
    (data / "jangkau.sqlite3").write_bytes(connection.connection.serialize())
    return data


def fill(lists: Path, data: Path, *, killed_at: int = 0) -> None:
    """Runs the lists into a register; all of them have one key, so that they may be compared."""
    own = {"JANGKAU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "jangkau.web.site.settings"}
    own["JANGKAU_STORE_KEY"] = str(data.parent / "store.key")
    run = [sys.executable, "-c", FILL, str(lists), str(killed_at)]
    said = subprocess.run(run, env=os.environ | own, capture_output=True, text=True, check=False)
    assert said.returncode == (9 if killed_at else 0), said.stderr


def held(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a register holds that is sound."""
    with closing(sqlite3.connect(data / "jangkau.sqlite3")) as register:
        assert register.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES[:3]:
            assert register.execute(f"PRAGMA integrity_check({table})").fetchall() == [("ok",)]
        told = {table: register.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}
        made = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
        return told | {"made": register.execute(made).fetchall()}


def test_killed_while_filled_and_filled_on(register, village_list, member_list):
    village_list([ENTIN, ASEP])
    village_list([UJANG, ASEP], "lists/Palabuhanratu/Data Pekerja Desa Citepus lagi.xlsx")
    member_list([("22000000001", nik, name, born, sex, "BPU", "2026-10") for name, nik, born, sex in (ENTIN, UJANG)])
    lists, killed, whole = register / "lists", empty(register / "killed"), empty(register / "whole")
    fill(lists, killed, killed_at=2)
    fill(lists, killed)
    fill(lists, whole)
    found = held(killed)
    assert [len(found[table]) for table in TABLES[:3]] == [3, 2, 6]
    assert found == held(whole)


def test_rows_that_refer_to_nothing_are_refused(register):
    with pytest.raises(IntegrityError, match="lists_sentlist"), transaction.atomic():
        begin_filling()
        bulk.insert(Appearance, pl.DataFrame({"line": [0], "person_id": [1], "sent_list_id": [77]}))
        end_filling()
