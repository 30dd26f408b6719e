"""A register of the first version, with what people put into it, comes to this version without a loss; one that a
newer version wrote is left alone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from jangkau.core.kernel import Refused
from jangkau.registry.access.gateways.ciphers import open_number
from jangkau.web.site.cli import register

pytestmark = pytest.mark.slow
FIRST = """
import hashlib, os
from pathlib import Path
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

executor = MigrationExecutor(connection)
first = [("access", "0001_initial"), ("people", "0001_initial"), ("lists", "0001_initial")]
others = [node for node in executor.loader.graph.leaf_nodes() if node[0] in ("sessions", "django_tasks_database")]
executor.migrate([*others, *first])
apps = MigrationExecutor(connection).loader.project_state(first).apps
user = apps.get_model("access", "User").objects.create(username="imas", password="x")
apps.get_model("access", "Assignment").objects.create(user=user, area_code="32.02", role="officer")
content = b"NIK;NAMA\\n;EUIS\\n"
sha = hashlib.sha256(content).hexdigest()
place = Path(os.environ["JANGKAU_DATA"]) / "lists" / sha[:2] / sha
place.mkdir(parents=True)
(place / "original").write_bytes(content)
(place / "rows.parquet").write_bytes(b"as it was")
sent = apps.get_model("lists", "SentList").objects.create(
    sha256=sha, path="desa.csv", kind="workers", state="published", rows=2, rows_of_people=1, received_by=user
)
region = None
for code, level in (("32", "province"), ("32.02", "regency"), ("32.02.01", "district"), ("32.02.01.2003", "village")):
    region = apps.get_model("people", "Region").objects.create(code=code, name=code, level=level, parent=region)
Person, Appearance = apps.get_model("people", "Person"), apps.get_model("lists", "Appearance")
for number in range(1, 4):
    Person.objects.create(
        id=number, nik=f"320201410790000{number}", name=f"WARGA {number}", village_id="32.02.01.2003",
        monthly_income=1_500_000,
    )
    Appearance.objects.create(sent_list=sent, line=number, person_id=number)
    apps.get_model("people", "Membership").objects.create(person_id=number, list_number=sent.pk, kpj=f"K{number}")
apps.get_model("lists", "ReviewPair").objects.create(
    sent_list=sent, line=1, person_id=1, candidate_id=2, probability=0.6, decision="similar"
)
apps.get_model("lists", "Job").objects.create(kind="read", lists=[sent.pk], state="done", created_by=user)
for action in ("list_received", "list_read", "list_published"):
    apps.get_model("access", "AuditEvent").objects.create(by=user, action=action, subject=f"list {sent.pk}")
apps.get_model("people", "RegisterFact").objects.create(name="ready", value=True)
"""


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"JANGKAU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "jangkau.web.site.settings", "LANG": "id"}


def jangkau(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jangkau.web.site", *arguments, "--data", str(data)],
        env=environment(data), capture_output=True, text=True, check=False,
    )  # fmt: skip


def held(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """What people put in, by the columns that the first version had."""
    asked = {
        "people": "SELECT id, name, village_id, monthly_income FROM people_person ORDER BY id",
        "members": "SELECT person_id, list_number, kpj FROM people_membership ORDER BY id",
        "lists": "SELECT sha256, path, kind, state, rows, received_by_id FROM lists_sentlist",
        "rows": "SELECT sent_list_id, line, person_id FROM lists_appearance ORDER BY id",
        "doubts": "SELECT line, person_id, candidate_id, probability FROM lists_reviewpair",
        "jobs": "SELECT kind, lists, state, created_by_id FROM lists_job",
        "users": "SELECT username, area_code, role FROM access_user JOIN access_assignment a ON a.user_id = 1",
        "events": "SELECT id, at, action, subject, by_id FROM access_auditevent ORDER BY id LIMIT 3",
    }
    with sqlite3.connect(data / "jangkau.sqlite3") as opened:
        return {name: opened.execute(statement).fetchall() for name, statement in asked.items()}


def numbers(data: Path) -> list[str]:
    with sqlite3.connect(data / "jangkau.sqlite3") as opened:
        return [nik for (nik,) in opened.execute("SELECT nik FROM people_person ORDER BY id")]


def test_the_first_version_is_brought_up_to_date_with_all_it_holds(tmp_path: Path, settings):
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "secret.key").write_text("of the first version")
    made = subprocess.run([sys.executable, "-c", FIRST], env=environment(data), capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    before, open_numbers = held(data), numbers(data)
    assert len(before["people"]) == len(before["events"]) == 3

    done = jangkau("upgrade", data=data)
    assert done.returncode == 0, done.stderr
    assert held(data) == before
    assert "mutakhir dan utuh" in done.stderr  # what `doctor` asks was asked

    [kept] = (data / "backups").iterdir()  # the way back, and the way to another machine
    assert kept.stat().st_mode & 0o077 == 0
    back = jangkau("restore", str(kept), data=tmp_path / "back")
    assert back.returncode == 0, back.stderr
    assert held(tmp_path / "back") == before
    for place in (data, tmp_path / "back"):  # what was open is sealed, with a key that came along
        settings.JANGKAU_DATA = place
        assert not set(numbers(place)) & set(open_numbers)
        assert [open_number(each) for each in numbers(place)] == open_numbers


@pytest.mark.django_db
def test_what_a_newer_version_wrote_is_left_alone():
    executor = MigrationExecutor(connection)
    register.refuse_newer(executor)  # this version's own
    MigrationRecorder(connection).record_applied("lists", "9999_later")
    with pytest.raises(Refused, match="lebih baru"):
        register.refuse_newer(MigrationExecutor(connection))
