"""Killed at random moments, a full disk, a read-only disk, a clock that jumps: a clear sentence, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from jangkau.registry.access.actions import record
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.access.queries import proof_of_record
from jangkau.web.site.cli import health

ROOT = Path(__file__).parents[2]
VILLAGE = "DAFTAR PEKERJA DESA CITEPUS KECAMATAN PALABUHANRATU\nNO;NAMA;NIK;TANGGAL LAHIR;L/P;ALAMAT\n"
PEOPLE = 4000


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("JANGKAU_DATA", "DATABASE_URL")}


@pytest.mark.slow
def test_killed_at_random_moments_of_sending_publishing_and_backing_up():
    """A few moments, drawn anew from a fixed seed; `python -m bench.faults` takes two hundred and more operations."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.faults", "--small", "--moments", "6", "--seed", "5"],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert sum(json.loads(done.stdout)["killed"].values()) == 6


def in_own_mounts() -> list[str]:
    """How a process gets mounts of its own here; skips where it may not."""
    for flags in (["-m"], ["-rm"]):
        command = [shutil.which("unshare") or "unshare", *flags]
        try:
            subprocess.run([*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return command
    return pytest.skip("this machine lets nobody mount a disk to fill")


@pytest.mark.slow
def test_a_disk_that_is_full_or_read_only_is_told_and_loses_nothing(tmp_path: Path):
    lists, disk = tmp_path / "lists", tmp_path / "disk"
    lists.mkdir()
    disk.mkdir()
    rows = "".join(f"{n};WARGA {n:05};;{n % 28 + 1:02}-04-1985;P;Kp. A\n" for n in range(PEOPLE))
    (lists / "Data Pekerja Desa Citepus.csv").write_text(VILLAGE + rows)
    done = subprocess.run(
        [*in_own_mounts(), sys.executable, str(Path(__file__).with_name("full_disk.py")), str(disk), str(lists)],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    for name, (code, words) in said.items():
        if name.startswith("full"):
            assert code == 1 and words.splitlines()[-1].startswith("Ruang disk habis"), (name, words)
    code, words = said["read-only"]
    assert code == 1 and words.startswith("Folder register tidak dapat ditulisi"), words
    assert [said[name][0] for name in ("init", "room again", "people", "doctor")] == [0, 0, 0, 0], said
    assert json.loads(said["room again"][1])["workers"] == PEOPLE
    assert int(said["rows"][1]) == PEOPLE
    assert all(finding["good"] for finding in json.loads(said["doctor"][1]))


@pytest.mark.django_db
def test_a_clock_that_jumps_breaks_no_chain_and_is_told(monkeypatch: pytest.MonkeyPatch):
    now = timezone.now()
    for days in (0, 3650, -30, 0):  # forward by ten years, back before the beginning, right again
        monkeypatch.setattr(timezone, "now", lambda days=days: now + timedelta(days=days))
        record(by=None, action="list_read", subject=f"list {days}")
    monkeypatch.undo()
    assert proof_of_record().broken_at is None
    assert list(AuditEvent.objects.order_by("pk").values_list("subject", flat=True)) == [
        "list 0", "list 3650", "list -30", "list 0"
    ]  # fmt: skip
    found = health._clock()
    assert not found.good and "1 catatan bertanggal di masa depan" in found.what
