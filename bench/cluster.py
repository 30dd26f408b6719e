"""A PostgreSQL cluster of one's own on loopback, gone afterwards, which may be killed: for tests, for `python -m bench
--postgres` and for bench.faults."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def binaries() -> Path | None:
    """Where the programs of the newest server of this machine lie."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def cluster(programs: Path, settings: Sequence[str] = ("fsync=off",)) -> Iterator[str]:
    """The address of an empty cluster with these settings."""
    made = Cluster(programs, settings)
    try:
        yield made.address
    finally:
        made.end()


class Cluster:
    """Started in a new folder; `begin` again after `kill`."""

    def __init__(self, programs: Path, settings: Sequence[str] = ("fsync=off",)) -> None:
        self.folder, self.port, self.programs = Path(tempfile.mkdtemp(prefix="jangkau-pg-")), free_port(), programs
        self.address = f"postgresql://jangkau@127.0.0.1:{self.port}/postgres"
        told = ("listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}", *settings)
        self.options = f"-p {self.port} " + " ".join(f"-c {setting}" for setting in told)
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-U", "jangkau", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.begin()

    def begin(self) -> None:
        for _ in range(50):  # those it left behind when it was killed hold its memory for a moment
            try:
                self._run("pg_ctl", "-o", self.options, "-l", str(self.folder / "log"), "-w", "start")
            except subprocess.CalledProcessError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("PostgreSQL does not start")

    def kill(self) -> None:
        first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGKILL)

    def end(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # it refuses to run as root
        command = [*as_server, str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
