"""How the running service is: what keeps people from working, and figures for Prometheus. The chain of the record of
changes is not read again here; `jangkau doctor` does that."""

from __future__ import annotations

import hmac
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Sum
from django.http import HttpRequest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from jangkau.registry.lists.gateways import turns
from jangkau.registry.lists.models import Job, Plan, SentList, State

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")  # a proxy stands between


def missing() -> list[str]:
    """What keeps people from working: `basis data`, `folder data`, `pengolah`; empty when nothing does."""
    checks = (("basis data", _database_answers), ("folder data", _folder_takes), ("pengolah", turns.worker_lives))
    return [word for word, holds in checks if not holds()]


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _folder_takes() -> bool:
    with suppress(OSError), tempfile.TemporaryFile(dir=settings.JANGKAU_DATA) as file:
        file.write(b"x" * 4096)
        return True
    return False


def may_read_metrics(request: HttpRequest) -> bool:
    """A program on this machine that comes without a proxy, or one with the key of JANGKAU_METRICS_KEY."""
    key = settings.JANGKAU_METRICS_KEY
    given = request.headers.get("Authorization", "")
    if key and hmac.compare_digest(given.encode(), f"Bearer {key}".encode()):
        return True
    from_here = request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1")
    return from_here and not any(name in request.META for name in FORWARDED)


def metrics() -> bytes:
    """Everything that is counted, in Prometheus' text format: the requests of all processes of the server, and what the
    database says now."""
    counted: Collector = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    return generate_latest(counted) + generate_latest(_Standing())


class _Standing(CollectorRegistry):
    """What stands in the database at this moment."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("jangkau_jobs", "Pekerjaan menurut keadaan", labels=["state"])
        found = dict(Job.objects.order_by().values_list("state").annotate(n=Count("pk")))
        for state in Job.State.values:
            jobs.add_metric([state], found.get(state, 0))
        yield jobs
        waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()
        yield GaugeMetricFamily("jangkau_queue_length", "Antrean yang belum diambil pengolah", waiting)
        published = SentList.objects.filter(state=State.PUBLISHED)
        rows = published.aggregate(n=Sum("rows_of_people"))["n"] or 0
        yield GaugeMetricFamily("jangkau_published_rows", "Baris orang dalam daftar yang dipublikasikan", rows)
        last = Plan.objects.filter(applied_at__isnull=False).order_by("-applied_at").first()
        if last is not None and last.applied_at is not None:
            age = time.time() - last.applied_at.timestamp()
            yield GaugeMetricFamily("jangkau_last_publication_age_seconds", "Umur publikasi terakhir", age)
        beat = turns.seconds_since_beat()
        if beat is not None:
            yield GaugeMetricFamily("jangkau_worker_silence_seconds", "Waktu sejak tanda hidup pengolah", beat)
