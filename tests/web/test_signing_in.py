"""Signing in: second steps, the door that shuts after failures, own sessions, the sign-in of an office."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from tests.registry.conftest import regions, register

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import User

__all__ = ["regions", "register"]
pytestmark = pytest.mark.django_db
LOGIN = "/akun/login/"


@pytest.fixture
def imas(register) -> User:
    cache.clear()
    return create_user(username="imas", password="rahasia-9", area_code="32.02")


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def enter(client: Client, password: str = "rahasia-9"):
    return client.post(LOGIN, {"login": "imas", "password": password}, follow=True)


ADDING = """
import sys
from jangkau.web.site.shared_cache import SharedCache
cache = SharedCache(sys.argv[1], {"OPTIONS": {"MAX_ENTRIES": 1000}})
print(sum(cache.add(f"lock-{n}", 1) for n in range(400)))
"""


def test_two_processes_never_hold_the_same_lock_while_they_count_failures(tmp_path):
    command = [sys.executable, "-c", ADDING, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(process.communicate()[0]) for process in both) == 400


def test_an_app_asks_for_its_code_and_its_secret_lies_sealed(imas, client):
    secret = generate_totp_secret()
    TOTP.activate(imas, secret)
    assert secret not in json.dumps(Authenticator.objects.get().data)
    asked = enter(client)
    assert "dua-langkah" in asked.redirect_chain[-1][0] and "_auth_user_id" not in client.session
    address = asked.redirect_chain[-1][0]
    assert client.get("/daftar/").status_code == 302, "half a sign-in opens nothing"
    assert "_auth_user_id" not in (client.post(address, {"code": "000000"}), client.session)[1]
    code = f"{hotp_value(secret, list(yield_hotp_counters_from_time())[1]):06d}"
    client.post(address, {"code": code})
    assert client.session["_auth_user_id"] == str(imas.pk)
    page = client.get("/akun/sesi/")
    assert page.status_code == 200 and "127.0.0.1" in page.text


def test_the_door_shuts_after_five_failures_even_for_the_right_password(imas, client):
    for _ in range(5):
        enter(client, "salah")
    answer = enter(client)
    assert "Terlalu banyak" in answer.text and "_auth_user_id" not in client.session
    other = Client(headers={"host": "localhost"})
    assert enter(other).redirect_chain == [], "another browser at the same address finds it shut, too"


def test_pages_of_the_own_account_are_ours_and_carry_no_script_of_their_own(imas, client):
    enter(client)
    for address in ("/akun/dua-langkah/", "/akun/dua-langkah/totp/activate/", "/akun/dua-langkah/webauthn/add/",
                    "/akun/password/change/", "/akun/sesi/"):  # fmt: skip
        page = client.get(address, follow=True)
        assert page.status_code == 200 and "css/tokens.css" in page.text, address
        assert "Two-Factor" not in page.text and "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert all("application/json" in part or "src=" in part for part in scripts(page.text)), address


def scripts(text: str) -> list[str]:
    return [part.split(">", 1)[0] for part in text.split("<script")[1:]]


def test_the_sign_in_of_an_office_is_off_until_it_is_named(imas, client):
    assert "akun kantor" not in client.get(LOGIN).text
    assert client.post("/akun/kantor/oidc/kantor/login/").status_code == 404


def test_who_has_just_signed_in_is_not_asked_again_and_who_left_the_desk_open_is(imas, client):
    enter(client)
    page = client.get("/akun/dua-langkah/totp/activate/")
    assert page.status_code == 200
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] -= 301
    session.save()
    asked = client.get("/akun/dua-langkah/totp/activate/", follow=True)
    assert "reauthenticate" in asked.redirect_chain[-1][0] and "kata sandi" in asked.text
    answer = client.post(asked.redirect_chain[-1][0], {"password": "rahasia-9"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/akun/dua-langkah/totp/activate/" and answer.status_code == 200
