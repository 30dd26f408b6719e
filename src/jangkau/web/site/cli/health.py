"""Is the register whole? Each question is answered from what lies on the disk and in the database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from jangkau.core.kernel import Corrupt
from jangkau.registry.access.actions import chain_looks
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.gateways.sealed import sealed_fields
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.access.queries import proof_of_record
from jangkau.registry.lists import queries
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, Job, Plan, SentList, State
from jangkau.registry.people.models import Person, Region
from jangkau.registry.people.queries import register_fact
from jangkau.web.site.cli.keeping import LAST_BACKUP

NAMED = 5  # files told by name
OLDEST_BACKUP = timedelta(days=8)  # a timer makes one a day; a week may be missed
LEAST_SPACE = 10  # percent of the disk that a month of lists and a publication want free
LEAST_BYTES = 5 * 2**30  # ... or so much
CLOCK_SLACK = timedelta(minutes=10)


class Finding(NamedTuple):
    """The answer to one question."""

    what: str
    good: bool


def findings() -> list[Finding]:
    """All answers, in a fixed order."""
    asked = (
        _database, _migrations, _regions, _originals, _sealed, _numbers, _rows, _plans, _people,
        _measures, _jobs, _backups, _space, _secrets, _clock, _record,
    )  # fmt: skip
    return [ask() for ask in asked]


def _database() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("basis data menjawab", True)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        return Finding("basis data utuh", cursor.fetchone()[0] == "ok")


def _migrations() -> Finding:
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except (SystemExit, DatabaseError):
        return Finding("basis data belum dimutakhirkan: jalankan jangkau upgrade", False)
    return Finding("basis data mutakhir", True)


def _regions() -> Finding:
    count = Region.objects.filter(level="village").count()
    return Finding(f"{count} desa dan kelurahan dimuat", count > 0)


def _originals() -> Finding:
    broken = [
        item.path
        for item in SentList.objects.filter(forgotten_at=None)
        if not (place := store.folder_of(item.sha256) / store.ORIGINAL).exists() or not _is_whole(place, item.sha256)
    ]
    return Finding("berkas asli: " + (f"{_some(broken)} hilang atau berubah" if broken else "semua utuh"), not broken)


def _is_whole(place: Path, sha256: str) -> bool:
    try:
        return seal.hash_of(place) == sha256
    except Corrupt:
        return False


def _sealed() -> Finding:
    plain = sum(seal.number_of(place) is None for place in store.sealed_files())
    return Finding(
        f"{plain} berkas belum tersandi: jalankan jangkau store-key rotate" if plain else "semua berkas tersandi", True
    )


def _numbers() -> Finding:
    """Is the key of what lies sealed in the database there? Asked with the first value of each column."""
    try:
        for field in sealed_fields():
            kept = field.model._base_manager.filter(**{f"{field.name}__isnull": False})
            kept.values_list(field.name, flat=True).first()
    except Corrupt:
        return Finding("kunci NIK di basis data tidak ada: kembalikan store.key dari cadangan", False)
    if len(seal.keys_in(seal.key_place())) > 1:
        return Finding("pergantian kunci terputus: jalankan lagi jangkau store-key rotate", False)
    return Finding("NIK di basis data tersandi, kuncinya ada", True)


def _some(paths: list[str]) -> str:
    """The first few by name, the others by number."""
    named, others = ", ".join(paths[:NAMED]), len(paths) - NAMED
    return f"{named} dan {others} lagi" if others > 0 else named


def _rows() -> Finding:
    readable = SentList.objects.exclude(state__in=(State.RECEIVED, State.UNREADABLE, State.REFUSED, State.FORGOTTEN))
    missing = [item.path for item in readable if not (store.folder_of(item.sha256) / store.ROWS).exists()]
    return Finding("baris terbaca: " + (f"{_some(missing)} hilang" if missing else "semua ada"), not missing)


def _plans() -> Finding:
    waiting = Plan.objects.filter(applied_at__isnull=True).count()
    return Finding(f"{waiting} publikasi terputus" + ("; jalankan lagi perintahnya" if waiting else ""), waiting == 0)


def _people() -> Finding:
    nowhere = Person.objects.exclude(pk__in=Appearance.objects.values("person_id")).count()
    return Finding(f"{nowhere} orang tanpa daftar", nowhere == 0)


def _measures() -> Finding:
    days = queries.days_measured()
    return Finding(f"cakupan terakhir diukur untuk {days[0]}" if days else "cakupan belum diukur", True)


def _jobs() -> Finding:
    left = [job.pk for job in queries.jobs_left() if job.state == Job.State.RUNNING]
    if not left:
        return Finding("tidak ada pekerjaan yang ditinggalkan", True)
    numbers = _some([f"nomor {number}" for number in left])
    return Finding(f"pekerjaan ditinggalkan pengolah yang mati: {numbers}; jalankan jangkau work atau serve", False)


def _backups() -> Finding:
    last = register_fact(LAST_BACKUP)
    now = timezone.now()
    if last is not None:
        age = now - datetime.fromisoformat(str(last))
        return Finding(f"cadangan terakhir berumur {age.days} hari", age < OLDEST_BACKUP)
    waited = SentList.objects.filter(received_at__lt=now - OLDEST_BACKUP).exists()
    return Finding("belum pernah dicadangkan" + (": jalankan jangkau backup" if waited else ""), not waited)


def _space() -> Finding:
    disk = shutil.disk_usage(settings.JANGKAU_DATA)
    percent = 100 * disk.free // disk.total
    told = f"ruang disk bebas {disk.free / 2**30:.0f} GiB ({percent} %)"
    return Finding(told, percent >= LEAST_SPACE or disk.free >= LEAST_BYTES)


def _secrets() -> Finding:
    open_ones = [place.name for place in _for_the_owner() if place.stat().st_mode & 0o077]
    told = f"{', '.join(open_ones)} terbaca pengguna lain: batasi dengan chmod go=" if open_ones else "hanya pemilik"
    return Finding(f"izin berkas rahasia: {told}", not open_ones)


def _for_the_owner() -> Iterator[Path]:
    data = Path(settings.JANGKAU_DATA)
    if data.stat().st_mode & 0o077:  # a closed folder closes what is in it
        yield from (place for place in (data / "secret.key", data / "jangkau.sqlite3") if place.exists())
        yield from data.glob("backups/*")


def _clock() -> Finding:
    """Numbers give the record its order, so a clock that jumped breaks nothing; who reads it should know."""
    ahead = AuditEvent.objects.filter(at__gt=timezone.now() + CLOCK_SLACK).count()
    told = f"jam mesin: {ahead} catatan bertanggal di masa depan" if ahead else "jam mesin sesuai dengan catatan"
    return Finding(told, not ahead)


def _record() -> Finding:
    chain_looks()
    proof = proof_of_record()
    if proof.broken_at is None:
        return Finding(f"jejak audit utuh: {proof.events} catatan, sidik terakhir {proof.last_digest}", True)
    return Finding(
        f"jejak audit berubah pada catatan nomor {proof.broken_at}: pulihkan cadangan sebelum perubahan itu dan"
        " cari siapa yang menulis ke basis data di luar Jangkau",
        False,
    )
