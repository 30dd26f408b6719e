"""Run inside a mount namespace of its own: a register on a disk that gets full, then read-only, then has room again.
Prints what each command said, as JSON."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

from django.db import connections

from jangkau.web.site.cli import main


def told(disk: Path, *arguments: str) -> tuple[int, str]:
    """A command as somebody types it."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*arguments, "--data", str(disk / "data")])
    return code, (err.getvalue() if code else out.getvalue())


def remount(disk: Path, options: str) -> None:
    connections.close_all()  # a file that is open for writing keeps the disk from becoming read-only
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


def used(disk: Path) -> int:
    connections.close_all()  # what was written beside the database goes into it
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize // 1024


def live(disk: Path, lists: str) -> dict[str, tuple[int, str]]:
    """What every command said, by what was wrong with the disk."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(disk)], check=True)
    os.environ["LANG"] = "id"
    os.environ["JANGKAU_DATA"] = str(disk / "data")
    run = ("run", lists, "--as-of", "2026-10-31", "--processes", "0")
    said = {"init": told(disk, "init")}
    for spare in (0, 60, 300, 900):  # kilobytes: it ends at another place each time
        remount(disk, f"size={used(disk) + spare}k")
        said[f"full {spare}"] = told(disk, *run)
        remount(disk, "size=200m")
    remount(disk, "ro")
    said["read-only"] = told(disk, *run)
    remount(disk, "rw")
    said["room again"] = told(disk, *run, "--json")
    said["people"] = told(disk, "export", "people", "--out", str(disk / "people.csv"))
    said["doctor"] = told(disk, "doctor", "--json")
    said["rows"] = (0, str(len((disk / "people.csv").read_text().splitlines()) - 1))
    return said


if __name__ == "__main__":
    sys.stdout.write(json.dumps(live(Path(sys.argv[1]), sys.argv[2])))
