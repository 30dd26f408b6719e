"""Is the register whole? Each question is answered from what lies on the disk and in the database."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError

from jangkau.core.kernel import Corrupt
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.queries import proof_of_record
from jangkau.registry.lists import queries
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, Plan, SentList, State
from jangkau.registry.people.models import Person, Region

NAMED = 5  # files told by name


class Finding(NamedTuple):
    """The answer to one question."""

    what: str
    good: bool


def findings() -> list[Finding]:
    """All answers, in a fixed order."""
    asked = (
        _database, _migrations, _regions, _originals, _sealed, _rows, _plans, _people, _measures, _record,
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
        return Finding("basis data belum dimutakhirkan: jalankan jangkau init", False)
    return Finding("basis data mutakhir", True)


def _regions() -> Finding:
    count = Region.objects.filter(level="village").count()
    return Finding(f"{count} desa dan kelurahan dimuat", count > 0)


def _originals() -> Finding:
    broken = [
        item.path
        for item in SentList.objects.all()
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
        f"{plain} berkas belum tersandi: jalankan jangkau store-key rotate" if plain else "berkas asli tersandi", True
    )


def _some(paths: list[str]) -> str:
    """The first few by name, the others by number."""
    named, others = ", ".join(paths[:NAMED]), len(paths) - NAMED
    return f"{named} dan {others} lagi" if others > 0 else named


def _rows() -> Finding:
    readable = SentList.objects.exclude(state__in=(State.RECEIVED, State.UNREADABLE, State.REFUSED))
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


def _record() -> Finding:
    proof = proof_of_record()
    if proof.broken_at is None:
        return Finding(f"jejak audit utuh: {proof.events} catatan, sidik terakhir {proof.last_digest}", True)
    return Finding(
        f"jejak audit berubah pada catatan nomor {proof.broken_at}: pulihkan cadangan sebelum perubahan itu dan"
        " cari siapa yang menulis ke basis data di luar Jangkau",
        False,
    )
