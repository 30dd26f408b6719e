"""`jangkau backup`, `backup-key`, `restore`, `migrate-store`, `retain`: the register kept, brought back, moved,
and what is past its time deleted."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import chain_looks
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.actions.retaining import forget_list, sweep
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.queries.retention import overdue
from jangkau.registry.people.actions import set_fact
from jangkau.web.site.backups import archive
from jangkau.web.site.backups.archive import Kept
from jangkau.web.site.cli import register
from jangkau.web.site.settings import database

ENDING = ".jangkau"  # of the files that backups get by themselves in a folder
LAST_BACKUP = "last_backup"  # a fact of the register: the moment


def backup(given: argparse.Namespace) -> int:
    """The whole register into one file; in a folder under the name of the moment, the newest `--keep` of them stay."""
    register.need()
    if not given.recipient:
        _say(
            "Perhatian: cadangan ini tidak tersandi. Buat kunci dengan jangkau backup-key FILE, lalu beri --for."
            " / Note: this backup is not encrypted."
        )
    if given.keep and not given.file.exists():
        given.file.mkdir(mode=0o700, parents=True)
    target = named_by_moment(given.file) if given.file.is_dir() else given.file
    chain_looks()
    kept = archive.back_up(target, recipient=given.recipient, tell=_say)
    set_fact(LAST_BACKUP, datetime.now(UTC).isoformat(timespec="seconds"))
    if given.keep and given.file.is_dir():
        for old in sorted(given.file.glob(f"*{ENDING}"))[: -given.keep]:
            old.unlink()
    return _tell(kept, given)


def named_by_moment(folder: Path, before: str = "") -> Path:
    """A place for a backup made now; names sort by time."""
    return folder / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}{before}{ENDING}"


def backup_key(given: argparse.Namespace) -> int:
    """A pair of keys: the secret half into a file, the public half on the terminal."""
    recipient = archive.make_key(given.file)
    _say("Simpan berkas itu di luar mesin ini; tanpanya cadangan tidak terbuka. / Keep that file elsewhere.")
    sys.stdout.write(recipient + "\n")
    return 0


def restore(given: argparse.Namespace) -> int:
    """A backup into a new folder."""
    return _tell(archive.restore(given.file, identity=given.identity, tell=_say), given)


def migrate_store(given: argparse.Namespace) -> int:
    """The SQLite register of the data folder into the empty database that DATABASE_URL names. Files stay where they
    are, and so does the old database."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        raise Refused(
            "Setel DATABASE_URL ke basis data PostgreSQL yang kosong, lalu ulangi.",
            "Set DATABASE_URL to the empty PostgreSQL database, then repeat.",
        )
    _turn_to("")
    register.need()
    with store.only_writer(), tempfile.TemporaryDirectory(dir=settings.JANGKAU_DATA, prefix=".move-") as made:
        _say("Menyalin tabel ...")
        manifest = archive.hold_tables(Path(made))
        _turn_to(address)
        _say("Mengisi dan membandingkan ...")
        archive.fill_database(manifest, Path(made))
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return _tell(Kept(len(manifest["tables"]), rows, 0, 0), given)


def retain(given: argparse.Namespace) -> int:
    """The lists kept longer than they may be; with --carry-out they are forgotten, each in a transaction of its own."""
    register.need()
    today = given.as_of or date.today()  # noqa: DTZ011  the day of the office that runs the server
    found = list(overdue(Scope((settings.JANGKAU_AREA,)), today))
    if given.carry_out:
        with store.only_writer():
            sweep()
            for each in found:
                forget_list(each.item, rows=each.rows, by=None)
    told = [
        {"list": each.item.pk, "kind": each.item.kind, "since": each.since.isoformat(), "rows": each.rows}
        for each in found
    ]
    if given.json:
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    for line in told:
        what = "berkas asli dan baris" if line["rows"] else "berkas asli"
        sys.stdout.write(f"{line['list']:>6}  {line['kind']:18s} {line['since']}  {what}\n")
    _say(f"{len(told)} daftar {'dihapus' if given.carry_out else 'melewati masa simpan; hapus dengan --carry-out'}.")
    return 0


def _turn_to(address: str) -> None:
    """From here on this process speaks with the database at `address`."""
    connection.close()
    connections.settings["default"] = connections.configure_settings({"default": database(address)})["default"]
    del connections["default"]


def _tell(kept: Kept, given: argparse.Namespace) -> int:
    if given.json:
        sys.stdout.write(json.dumps(asdict(kept)) + "\n")
    else:
        sys.stdout.write(
            f"{kept.tables} tabel, {kept.rows:,} baris, {kept.files:,} berkas: sama dengan yang disimpan.\n"
        )
    return 0


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
