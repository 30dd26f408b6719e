"""A PostgreSQL server of our own on loopback, which may be killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Cluster:
    """Started in a new folder; `begin` again after `kill`."""

    def __init__(self) -> None:
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="jangkau-pg-")), _free_port()
        self.binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        if os.geteuid() == 0:  # the server refuses to run as root
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", "data", "-U", "jangkau", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.begin()

    @property
    def address(self) -> str:
        return f"postgresql://jangkau@127.0.0.1:{self.port}/postgres"

    def _run(self, name: str, *arguments: str) -> None:
        as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_server, str(self.binaries / name), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def begin(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        for _ in range(50):  # those it left behind hold its memory for a moment
            try:
                self._run("pg_ctl", "-D", "data", "-o", options, "-l", "log", "-w", "start")
            except subprocess.CalledProcessError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("PostgreSQL does not start")

    def kill(self) -> None:
        first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGKILL)

    def end(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
