"""A backup is a tar: every table as Parquet, every stored file, and a manifest with counts and digests at its end. It
is encrypted for one age key (https://age-encryption.org/v1), whose secret half need not lie on the server."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import pyrage
from django.apps import apps as installed
from django.apps.registry import Apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from jangkau.core.kernel import Corrupt, Refused
from jangkau.registry.lists.gateways import store
from jangkau.web.site.backups import tables
from jangkau.web.site.backups.tables import Count, Table

TAR, MANIFEST, TABLES, FILES = "backup.tar", "manifest.json", "tables", "files"
NOT_KEPT = ("static", "jangkau.sqlite3", "jangkau.sqlite3-wal", "jangkau.sqlite3-shm", "writer.lock", "backups")
AGE = b"age-encryption.org/v1"
Tell = Callable[[str], None]


class Held(TypedDict):
    """A table in a manifest: what it is and what it held."""

    name: str
    key: str
    columns: dict[str, str]
    rows: int
    sha256: str


class Manifest(TypedDict):
    """What stands at the end of a backup."""

    format: int
    area: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Held]
    files: dict[str, str]  # path below the data folder -> SHA-256


@dataclass(frozen=True)
class Kept:
    """What a backup holds, or a restore found."""

    tables: int
    rows: int
    files: int
    bytes: int


def back_up(target: Path, *, recipient: str | None, tell: Tell, apps: Apps = installed) -> Kept:
    """Writes the whole register to `target`, whole or not at all; publishing waits meanwhile. `apps`: the tables as
    an earlier version knew them."""
    data = Path(settings.JANGKAU_DATA)
    target.parent.mkdir(parents=True, exist_ok=True)
    with store.only_backup(), tempfile.TemporaryDirectory(dir=data, prefix=store.BACKUP_IN_WORK) as made:
        folder = Path(made)
        with store.only_writer():
            tell("Menyalin tabel ...")
            (folder / TABLES).mkdir()
            manifest = hold_tables(folder / TABLES, apps)
            tell("Menyalin berkas ...")
            _pack(folder, data, manifest)
        part = target.with_name(f"{target.name}.part")
        if recipient:
            pyrage.encrypt_file(str(folder / TAR), str(part), [_recipient(recipient)])
        else:
            shutil.move(folder / "backup.tar", part)
        part.chmod(0o600)
        part.replace(target)
    return _kept(manifest, target)


def _recipient(text: str) -> object:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Refused(
            "Kunci penerima cadangan harus berbentuk age1.... Buat sepasang kunci dengan: jangkau backup-key FILE.",
            "The recipient of a backup must look like age1.... Make a pair of keys with: jangkau backup-key FILE.",
        ) from None


def hold_tables(folder: Path, apps: Apps = installed) -> Manifest:
    """Writes all tables as they stand at one moment into `folder`; the manifest names no files yet."""
    with _one_moment():
        held = [_held(table, tables.write(table, folder)) for table in tables.tables(apps)]
        applied = sorted(MigrationRecorder(connection).applied_migrations())
    return Manifest(
        format=1,
        area=str(settings.JANGKAU_AREA),
        migrations=applied,
        tables={table["name"]: table for table in held},
        files={},
    )


def _held(table: Table, count: Count) -> Held:
    return Held(name=table.name, key=table.key, columns=table.columns, rows=count.rows, sha256=count.sha256)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reads see the same state; on SQLite without keeping others from writing, as Django's transactions would."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
        return
    cursor = connection.cursor()
    cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        cursor.execute("COMMIT")


def _pack(folder: Path, data: Path, manifest: Manifest) -> None:
    with tarfile.open(folder / TAR, "w") as tar:
        for place in sorted((folder / TABLES).iterdir()):
            tar.add(place, f"{TABLES}/{place.name}")
            place.unlink()
        for place in sorted(_stored(data)):
            name = place.relative_to(data).as_posix()
            manifest["files"][name] = store.hash_of(place)
            tar.add(place, f"{FILES}/{name}", recursive=False)
        written = folder / MANIFEST
        written.write_text(json.dumps(manifest, indent=1))
        tar.add(written, MANIFEST)


def _stored(data: Path) -> Iterator[Path]:
    for place in data.rglob("*"):
        first = place.relative_to(data).parts[0]
        if place.is_file() and first not in NOT_KEPT and not first.startswith(".") and place.suffix != ".part":
            yield place


def _kept(manifest: Manifest, target: Path) -> Kept:
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return Kept(len(manifest["tables"]), rows, len(manifest["files"]), target.stat().st_size)


def restore(source: Path, *, identity: Path | None, tell: Tell) -> Kept:
    """Fills an empty data folder and an empty database from a backup, then compares every table and every file with the
    manifest. Raises Refused where something stands already, Corrupt when the backup is not what was written."""
    data = Path(settings.JANGKAU_DATA)
    if data.exists() and any(data.iterdir()):
        raise Refused(
            f"{data} tidak kosong. Pulihkan ke folder baru dengan --data; yang lama tetap utuh.",
            f"{data} is not empty. Restore into a new folder with --data; the old one stays as it is.",
        )
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)  # as `jangkau init` leaves it
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as made:
        folder = Path(made)
        tell("Membuka dan memeriksa cadangan ...")
        manifest = _unpack(source, folder, identity)
        _require_same_files(manifest, folder / FILES)
        tell("Mengisi basis data ...")
        fill_database(manifest, folder / TABLES)
        for place in (folder / FILES).iterdir():
            place.replace(data / place.name)
    return _kept(manifest, source)


def _require_same_files(manifest: Manifest, folder: Path) -> None:
    found = {
        place.relative_to(folder).as_posix(): store.hash_of(place) for place in folder.rglob("*") if place.is_file()
    }
    if found != manifest["files"]:
        raise Corrupt(
            "Berkas dalam cadangan tidak sama dengan yang dulu disimpan. Pakai cadangan lain.",
            "The files in the backup are not what was stored. Use another backup.",
        )


def fill_database(manifest: Manifest, folder: Path) -> None:
    """Brings an empty database to the version of the manifest, fills it, compares, and brings it up to date."""
    if manifest["area"] != str(settings.JANGKAU_AREA):
        area = manifest["area"]
        raise Refused(
            f"Cadangan ini berisi wilayah {area}. Setel JANGKAU_AREA={area} lalu ulangi.",
            f"This backup holds the area {area}. Set JANGKAU_AREA={area} and repeat.",
        )
    wanted = [Table(held["name"], held["key"], held["columns"]) for held in manifest["tables"].values()]
    _at_version({(app, name) for app, name in manifest["migrations"]})
    if any(tables.count(table).rows for table in wanted):
        raise Refused(
            "Basis data tujuan sudah berisi. Pakai basis data yang kosong.",
            "The database holds something already. Use an empty one.",
        )
    tables.fill(wanted, folder)
    for table in wanted:
        held = manifest["tables"][table.name]
        if tables.count(table) != Count(held["rows"], held["sha256"]):
            raise Corrupt(
                f"Tabel {table.name} setelah diisi tidak sama dengan yang disimpan. Basis data ini jangan dipakai.",
                f"Table {table.name}, once filled, is not what was kept. Do not use this database.",
            )
    call_command("migrate", verbosity=0)


def _at_version(applied: set[tuple[str, str]]) -> None:
    """An empty database with exactly these migrations."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    if applied - set(graph.nodes):
        raise Refused(
            "Cadangan ini dibuat oleh Jangkau yang lebih baru. Pasang versi itu dahulu.",
            "This backup was made by a newer Jangkau. Install that version first.",
        )
    executor.migrate(
        sorted(node for node in applied if not any(child.key in applied for child in graph.node_map[node].children))
    )


@contextmanager
def _plain(source: Path, folder: Path, identity: Path | None) -> Iterator[Path]:
    with source.open("rb") as file:
        if file.read(len(AGE)) != AGE:
            yield source
            return
    if identity is None:
        raise Refused(
            "Cadangan ini tersandi. Berikan kunci rahasianya dengan --identity FILE.",
            "This backup is encrypted. Give its secret key with --identity FILE.",
        )
    opened = folder / "backup.tar"
    lines = [line for line in identity.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")]
    try:
        pyrage.decrypt_file(str(source), str(opened), [pyrage.x25519.Identity.from_str(line) for line in lines])
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise Refused(
            "Kunci rahasia itu tidak membuka cadangan ini, atau cadangan ini rusak.",
            "That secret key does not open this backup, or the backup is damaged.",
        ) from None
    yield opened
    opened.unlink()


def _unpack(source: Path, folder: Path, identity: Path | None) -> Manifest:
    try:
        with _plain(source, folder, identity) as plain, tarfile.open(plain) as tar:
            for member in tar:
                _lay_out(tar, member, folder)
        manifest: Manifest = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, FileNotFoundError, ValueError):
        raise Corrupt(
            "Berkas ini bukan cadangan Jangkau yang utuh. Pakai cadangan lain.",
            "This file is no whole backup of Jangkau. Use another one.",
        ) from None
    (folder / FILES).mkdir(exist_ok=True)
    return manifest


def _lay_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """A file of the archive, below the folder. Python 3.11.2 (Debian 12) has no filter for `extractall` yet."""
    place = Path(os.path.normpath(folder / member.name))
    kept = tar.extractfile(member) if member.isreg() and place.is_relative_to(folder) else None
    if kept is None:
        raise tarfile.ReadError(member.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with kept, place.open("wb") as file:
        shutil.copyfileobj(kept, file, 2**20)
    place.chmod(member.mode & 0o700)
    os.utime(place, (member.mtime, member.mtime))  # what is kept beside what it was made of is younger


def make_key(target: Path) -> str:
    """Writes the secret half of a new pair of keys to `target`; returns the public half, the recipient of backups."""
    if target.exists():
        raise Refused(f"{target} sudah ada.", f"{target} exists already.")
    pair = pyrage.x25519.Identity.generate()
    target.touch(mode=0o600)
    target.write_text(f"# public key: {pair.to_public()}\n{pair}\n")
    return str(pair.to_public())
