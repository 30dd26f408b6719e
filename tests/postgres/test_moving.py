"""A register moves from SQLite to PostgreSQL, by itself or by a backup, and stays the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def jangkau(*arguments: str, data: Path, database: str = "", typed: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("JANGKAU_DATA", "DATABASE_URL")}
    done = subprocess.run(
        [sys.executable, "-m", "jangkau.web.site", *arguments, "--data", str(data)],
        env=kept | ({"DATABASE_URL": database} if database else {}),
        capture_output=True, text=True, input=typed, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done


def fresh(cluster: str, name: str) -> str:
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return cluster.replace("/postgres", f"/{name}")


def people_of(data: Path, out: Path, database: str = "") -> str:
    assert jangkau("export", "people", "--out", str(out), data=data, database=database).returncode == 0
    return out.read_text()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("moving") / "data"
    assert jangkau("demo", "--workers", "600", "--no-serve", data=place).returncode == 0
    return place


def test_a_register_moves_to_postgresql(cluster: str, data: Path, tmp_path: Path):
    target = fresh(cluster, "moved")
    done = jangkau("migrate-store", "--json", data=data, database=target)
    assert json.loads(done.stdout)["rows"] > 80_000, done.stderr
    assert people_of(data, tmp_path / "there.csv", target) == people_of(data, tmp_path / "here.csv")
    health = jangkau("doctor", "--json", data=data, database=target)
    assert all(finding["good"] for finding in json.loads(health.stdout)), health.stdout
    made = jangkau("user", "baru", "--area", "32.02.01", data=data, database=target, typed="rahasia-sekali")
    assert made.returncode == 0, made.stderr  # numbers go on after the highest one

    again = jangkau("migrate-store", data=data, database=target)
    assert again.returncode == 1
    assert "sudah berisi" in again.stderr
    assert jangkau("migrate-store", data=data).returncode == 1  # nowhere to


def test_a_backup_of_sqlite_is_restored_on_postgresql_and_back(cluster: str, data: Path, tmp_path: Path):
    target, there, back = fresh(cluster, "restored"), tmp_path / "there", tmp_path / "back"
    one, two = tmp_path / "one.tar", tmp_path / "two.tar"
    assert jangkau("backup", str(one), data=data).returncode == 0
    done = jangkau("restore", str(one), data=there, database=target)
    assert done.returncode == 0, done.stderr
    assert jangkau("backup", str(two), data=there, database=target).returncode == 0
    assert jangkau("restore", str(two), data=back).returncode == 0
    assert people_of(back, tmp_path / "back.csv") == people_of(data, tmp_path / "here.csv")
