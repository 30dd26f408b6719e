"""The register in one file and back: the same to the last byte, or a sentence and nothing done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.apps import apps

from jangkau.web.site.backups import tables

pytestmark = pytest.mark.slow
VILLAGE = "DAFTAR PEKERJA DESA CITEPUS KECAMATAN PALABUHANRATU\nNO;NAMA;NIK;TANGGAL LAHIR;L/P;ALAMAT\n"


def jangkau(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("JANGKAU_DATA", "DATABASE_URL")}
    return subprocess.run(
        [sys.executable, "-m", "jangkau.web.site", *arguments, "--data", str(data)],
        env=kept | {"LANG": "id_ID.UTF-8"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backups")
    lists = folder / "lists"
    lists.mkdir()
    (lists / "Data Pekerja Desa Citepus.csv").write_text(
        f"{VILLAGE}1;EUIS KARTINI;3202015204859001;12-04-1985;P;Kp. A\n"
    )
    done = jangkau("run", str(lists), "--as-of", "2026-10-31", data=folder / "data")
    assert done.returncode == 0, done.stderr
    return folder / "data"


def contents(data: Path) -> dict[str, bytes]:
    left_out = ("jangkau.sqlite3", "writer.lock", ".backup-lock", ".looks-waiting")
    places = [place for place in data.rglob("*") if place.is_file() and not place.name.startswith(left_out)]
    return {place.relative_to(data).as_posix(): place.read_bytes() for place in places}


def test_what_is_restored_is_what_was_kept(data: Path, tmp_path: Path):
    shown = jangkau("store-key", "rotate", data=data)
    assert shown.stdout.split()[1:] == ["4"], shown.stderr
    recipient = jangkau("backup-key", str(tmp_path / "key"), data=data).stdout.strip()
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    nights = tmp_path / "nights"  # is not there yet
    kept = jangkau("backup", str(nights), "--keep", "14", "--for", recipient, "--json", data=data)
    assert json.loads(kept.stdout)["rows"] > 80_000, kept.stderr
    [one] = nights.iterdir()
    assert (nights.stat().st_mode & 0o077, b"EUIS" in one.read_bytes()) == (0, False)

    closed = jangkau("restore", str(one), data=tmp_path / "closed")
    assert (closed.returncode, "--identity" in closed.stderr) == (1, True)
    done = jangkau("restore", str(one), "--identity", str(tmp_path / "key"), data=tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "new") == contents(data)
    health = jangkau("doctor", "--json", data=tmp_path / "new")
    assert all(finding["good"] for finding in json.loads(health.stdout)), health.stdout

    other = jangkau("backup-key", str(tmp_path / "other"), data=data)
    assert other.returncode == 0
    wrong = jangkau("restore", str(one), "--identity", str(tmp_path / "other"), data=tmp_path / "wrong")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 2)  # the step it was at, and one sentence


def test_a_backup_that_was_altered_is_refused(data: Path, tmp_path: Path):
    told = jangkau("backup", str(tmp_path / "plain"), data=data)
    assert "tidak tersandi" in told.stderr
    whole = (tmp_path / "plain").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    with tarfile.open(tmp_path / "plain") as tar:
        member = next(member for member in tar if member.name.endswith("/original"))
    place = member.offset_data + 5
    (tmp_path / "flipped").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    with tarfile.open(tmp_path / "plain", "a") as tar:
        tar.addfile(tarfile.TarInfo("files/../../slipped-in"))
    for name in ("cut", "flipped", "plain"):
        done = jangkau("restore", str(tmp_path / name), data=tmp_path / f"from-{name}")
        assert done.returncode == 1
        assert "Pakai cadangan lain" in done.stderr
        assert not list((tmp_path / f"from-{name}").iterdir())


def test_restore_never_overwrites(data: Path, tmp_path: Path):
    done = jangkau("restore", str(tmp_path / "any"), data=data)
    assert done.returncode == 1
    assert "tidak kosong" in done.stderr


def test_every_column_of_every_table_can_be_kept():
    known = {table.name: table.columns for table in tables.tables()}
    for model in apps.get_models():
        if model.__module__.startswith("jangkau."):
            assert set(known[model._meta.db_table]) == {field.column for field in model._meta.concrete_fields}
