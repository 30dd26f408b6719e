"""Run inside a mount namespace of its own: a register on a disk that gets full, then read-only, then has room again.
Prints what each command said, as JSON."""

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

disk, lists = Path(sys.argv[1]), sys.argv[2]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(disk)], check=True)
os.environ["JANGKAU_DATA"] = str(disk / "data")
os.environ["LANG"] = "id"

from django.db import connections  # noqa: E402  reads where the data lies

from jangkau.web.site.cli import main  # noqa: E402  reads where the data lies


def told(*arguments: str) -> tuple[int, str]:
    """A command as somebody types it."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*arguments, "--data", str(disk / "data")])
    return code, (err.getvalue() if code else out.getvalue())


def remount(options: str) -> None:
    connections.close_all()  # a file that is open for writing keeps the disk from becoming read-only
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


def used() -> int:
    connections.close_all()  # what was written beside the database goes into it
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize // 1024


run = ("run", lists, "--as-of", "2026-10-31", "--processes", "0")
said = {"init": told("init")}
for spare in (0, 60, 300, 900):  # kilobytes: it ends at another place each time
    remount(f"size={used() + spare}k")
    said[f"full {spare}"] = told(*run)
    remount("size=200m")
remount("ro")
said["read-only"] = told(*run)
remount("rw")
said["room again"] = told(*run, "--json")
said["people"] = told("export", "people", "--out", str(disk / "people.csv"))
said["doctor"] = told("doctor", "--json")
said["rows"] = (0, str(len((disk / "people.csv").read_text().splitlines()) - 1))
sys.stdout.write(json.dumps(said))
