"""The running service tells how it is: log lines without people, signs of life, figures, headers."""

from __future__ import annotations

import io
import json
import logging
import os
import runpy
import subprocess
import sys

import pytest
import structlog
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings
from tests.registry.conftest import regions, register

from jangkau.registry.access.actions import create_user
from jangkau.registry.lists.gateways import turns
from jangkau.registry.lists.models import Job
from jangkau.web.site import logs, views, vitals
from jangkau.web.site import settings as site_settings

__all__ = ["regions", "register"]
NIK = "3202011203809001"
SETTINGS = str(site_settings.__file__)
LOADED = """
import os, pathlib, django
django.setup()
from django.urls import get_resolver
from jangkau.web.site.cli import serving
get_resolver().check()
print({task.read_text().strip() for task in pathlib.Path("/proc/self/task").glob("*/comm")})
"""


@pytest.fixture
def lines():
    """The log as it is written, parsed line by line."""
    stream = io.StringIO()
    form = logs.logging_settings("json")["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(form["processors"][-1], foreign_pre_chain=logs.BEFORE))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def client() -> Client:
    return Client(headers={"host": "localhost"}, raise_request_exception=False)


def test_a_request_is_one_line_by_route_without_what_was_asked(register, lines):
    asked = client()
    asked.force_login(
        create_user(username="imas", password="x", area_code="32.02"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    answer = asked.get(f"/pekerja/?q={NIK}&nama=UJANG")
    asked.post("/pekerja/", {"q": NIK})
    asked.get(f"/pekerja/{NIK}/")
    told = [line for line in lines() if line["event"] == "request"]
    assert told[0]["route"] == "/pekerja/" and len(told) == 3
    assert told[0]["request"] == answer.headers["X-Request-ID"]
    assert {"method", "route", "status", "ms", "request", "timestamp", "level"} <= set(told[0])
    assert NIK not in str(lines()) and "UJANG" not in str(lines())


def test_what_breaks_is_told_by_its_place_and_number_and_never_by_its_words(register, lines, monkeypatch):
    def breaks(*arguments: object) -> None:
        raise ValueError(f"Key (nik)=({NIK}) of UJANG SUKMANA already exists")

    monkeypatch.setattr(vitals, "missing", breaks)
    answer = client().get("/siap/")
    assert answer.status_code == 500
    number = answer.headers["X-Request-ID"]
    assert number in answer.text and NIK not in answer.text
    [told] = [line for line in lines() if line["event"] == "request_broke"]
    assert told["request"] == number and told["error"] == ["builtins.ValueError"]
    assert any("test_operation.py" in place for place in told["at"])
    assert NIK not in str(lines()) and "SUKMANA" not in str(lines())


def test_numbers_of_people_are_masked_in_whatever_is_logged(lines):
    logging.getLogger("some.library").warning("row %s of 3202-0112-0380-9001", NIK)
    structlog.get_logger("jangkau.jobs").warning("text", kpj="26000000001", job=12)
    assert [line["event"] for line in lines()] == ["row *** of ***", "text"]
    assert lines()[1]["kpj"] == "***" and lines()[1]["job"] == 12


def test_a_database_that_is_away_is_told_on_a_page_that_asks_it_nothing(register, monkeypatch, lines):
    def away() -> list[str]:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(vitals, "missing", away)
    answer = client().get("/siap/")
    assert answer.status_code == 503
    assert "Basis data tidak menjawab" in answer.text


def test_ready_only_with_a_worker_a_database_and_a_folder_that_takes_files(register, settings, monkeypatch):
    assert client().get("/siap/").text == "belum siap: pengolah"
    turns.beat()
    assert client().get("/siap/").text == "siap"
    beat = settings.JANGKAU_DATA / turns.FOLDER / "beat"
    os.utime(beat, (0, 0))
    assert client().get("/siap/").status_code == 503
    turns.beat()
    monkeypatch.setattr(vitals.tempfile, "TemporaryFile", lambda **kept: (_ for _ in ()).throw(OSError(30, "ro")))
    assert client().get("/siap/").text == "belum siap: folder data"
    assert client().get("/hidup/").text == "ok"


def test_figures_for_prometheus_are_for_this_machine_and_for_the_key(register, settings):
    Job.objects.create(kind="read", total=1)
    client().get("/hidup/")
    text = client().get("/metrik/").text
    assert 'jangkau_requests_total{method="GET",route="/hidup/",status="200"}' in text
    assert 'jangkau_request_seconds_bucket{le="0.4",route="/hidup/"}' in text
    assert 'jangkau_jobs{state="waiting"} 1.0' in text and "jangkau_published_rows 0.0" in text
    ask = RequestFactory()
    assert not vitals.may_read_metrics(ask.get("/metrik/", REMOTE_ADDR="10.0.0.7"))
    assert not vitals.may_read_metrics(ask.get("/metrik/", headers={"x-forwarded-for": "10.0.0.7"}))
    settings.JANGKAU_METRICS_KEY = "kunci-panjang"
    far = {"REMOTE_ADDR": "10.0.0.7"}
    assert vitals.may_read_metrics(ask.get("/metrik/", **far, headers={"authorization": "Bearer kunci-panjang"}))
    assert not vitals.may_read_metrics(ask.get("/metrik/", **far, headers={"authorization": "Bearer "}))
    settings.JANGKAU_METRICS_KEY = ""
    assert not vitals.may_read_metrics(ask.get("/metrik/", **far, headers={"authorization": "Bearer "}))
    assert client().get("/metrik/", headers={"x-forwarded-for": "10.0.0.7"}).status_code == 404


HEADERS = {
    "content-security-policy": ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"),
    "x-content-type-options": ("nosniff",),
    "x-frame-options": ("DENY",),
    "referrer-policy": ("same-origin",),
    "cross-origin-opener-policy": ("same-origin",),
    "cross-origin-resource-policy": ("same-origin",),
    "permissions-policy": ("camera=()", "geolocation=()"),
}


@pytest.mark.parametrize("address", ["/akun/login/", "/", "/tidak-ada/", "/hidup/"])
def test_every_answer_carries_the_headers(register, address):
    headers = client().get(address).headers
    for name, wanted in HEADERS.items():
        assert all(part in headers[name] for part in wanted), name
    assert "unsafe" not in headers["content-security-policy"]


def test_behind_a_tls_proxy_cookies_and_answers_insist_on_it(register, monkeypatch):
    monkeypatch.setenv("JANGKAU_HTTPS", "1")
    said = runpy.run_path(SETTINGS)
    year = 365 * 24 * 3600
    proxy = ("HTTP_X_FORWARDED_PROTO", "https")
    for name in ("SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE"):
        assert said[f"{name}_SECURE"] and said[f"{name}_HTTPONLY"] and said.get(f"{name}_SAMESITE", "Lax") == "Lax"
    assert (said["SECURE_HSTS_SECONDS"], said["SECURE_PROXY_SSL_HEADER"]) == (year, proxy)
    assert said["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    with override_settings(SECURE_HSTS_SECONDS=year, SECURE_PROXY_SSL_HEADER=proxy):
        assert (
            f"max-age={year}"
            in client().get("/hidup/", headers={"x-forwarded-proto": "https"}).headers["strict-transport-security"]
        )
        assert "strict-transport-security" not in client().get("/hidup/").headers


def test_error_pages_ask_the_database_nothing(register, django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert views.broken(request).status_code == 500


def test_nothing_is_counted_before_the_server_forks(tmp_path):
    """Threads of the frame library do not come along into a fork: who counts when imported leaves pages waiting."""
    env = {**os.environ, "JANGKAU_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "jangkau.web.site.settings"}
    loaded = subprocess.run([sys.executable, "-c", LOADED], env=env, check=True, capture_output=True, text=True)
    assert "'python" in loaded.stdout
    assert "'polars-0'" not in loaded.stdout
