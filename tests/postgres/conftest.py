"""A PostgreSQL cluster of the tests' own on loopback, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _as_server_user(arguments: list[str]) -> list[str]:
    """The server refuses to run as root: then it runs as the user that its package made."""
    return ["runuser", "-u", "postgres", "--", *arguments] if os.geteuid() == 0 else arguments


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    binaries = _binaries()
    if binaries is None:
        message = "PostgreSQL server binaries are missing: install the package postgresql"
        if os.environ.get("JANGKAU_REQUIRE_POSTGRES"):
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="jangkau-pg-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    data = str(folder / "data")

    def server(*arguments: str) -> None:
        subprocess.run(_as_server_user(list(arguments)), check=True, capture_output=True, cwd=folder)

    server(str(binaries / "initdb"), "-D", data, "-U", "jangkau", "-A", "trust", "-E", "UTF8", "--no-sync")
    server(str(binaries / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://jangkau@127.0.0.1:{port}/postgres"
    finally:
        server(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
