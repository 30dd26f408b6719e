"""A PostgreSQL cluster of one's own on loopback, gone afterwards, for tests and for `python -m bench --postgres`."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where the programs of the newest server of this machine lie."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def cluster(programs: Path, settings: Sequence[str] = ("fsync=off",)) -> Iterator[str]:
    """The address of an empty cluster with these settings."""
    folder = Path(tempfile.mkdtemp(prefix="jangkau-pg-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = ("listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *settings)
    options = f"-p {port} " + " ".join(f"-c {setting}" for setting in told)
    data = str(folder / "data")

    def server(program: str, *arguments: str) -> None:
        command = _as_server_user([str(programs / program), "-D", data, *arguments])
        subprocess.run(command, check=True, capture_output=True, cwd=folder)

    server("initdb", "-U", "jangkau", "-A", "trust", "-E", "UTF8", "--no-sync")
    server("pg_ctl", "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://jangkau@127.0.0.1:{port}/postgres"
    finally:
        server("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _as_server_user(arguments: list[str]) -> list[str]:
    """The server refuses to run as root: then it runs as the user that its package made."""
    return ["runuser", "-u", "postgres", "--", *arguments] if os.geteuid() == 0 else arguments
