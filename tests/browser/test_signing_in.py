"""Signing in with a real browser: an authenticator app, a passkey in Chromium's own virtual device, recovery codes, the
sign-in of an office. What is not the right key is refused, and said."""

from __future__ import annotations

import base64
import re

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import CDPSession, Page, expect
from tests.browser.test_pages import check
from tests.browser.test_users import enter, enter_as_administrator, leave, open_account

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FINGER = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
WITH_KEY = re.compile("passkey")


def swap_the_key(session: CDPSession, device: str) -> None:
    """The device answers for the same account with another private key."""
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"][0]
    session.send("WebAuthn.removeCredential", {"authenticatorId": device, "credentialId": kept["credentialId"]})
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    forged = {**kept, "privateKey": base64.b64encode(other).decode()}
    session.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": forged})


def turn_on_the_app(desk: Page, axe: str) -> None:
    """An authenticator app; nobody asks who has just signed in for the password again."""
    desk.goto("/akun/dua-langkah/totp/activate/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Aktifkan Aplikasi Autentikator")
    check(desk, axe)
    secret = desk.get_by_label("Rahasia autentikator").input_value()
    desk.get_by_label("Kode").fill(f"{hotp_value(secret, list(yield_hotp_counters_from_time())[1]):06d}")
    desk.get_by_role("button", name="Aktifkan").click()


def turn_on_a_passkey(desk: Page, axe: str) -> tuple[CDPSession, str]:
    session = desk.context.new_cdp_session(desk)
    session.send("WebAuthn.enable")
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})["authenticatorId"]
    desk.goto("/akun/dua-langkah/webauthn/add/")
    check(desk, axe)
    desk.get_by_label("Tanpa kata sandi").check()
    desk.get_by_role("button", name="Tambah").click()
    expect(desk.get_by_text("Kunci keamanan ditambahkan.")).to_be_visible()
    return session, device


def test_an_app_a_passkey_and_the_office_open_one_account(desk: Page, axe: str):
    enter_as_administrator(desk)
    desk.goto("/pengguna/")
    name, password = open_account(desk, "village_clerk", "32.02.01.2003")
    leave(desk)
    enter(desk, name, password)
    home = desk.get_by_role("heading", level=1).filter(has_text="Citepus")
    expect(home).to_be_visible()
    turn_on_the_app(desk, axe)
    check(desk, axe)
    codes = desk.get_by_label("Kode yang belum digunakan").input_value().split()
    session, device = turn_on_a_passkey(desk, axe)

    leave(desk)
    desk.get_by_role("button", name=WITH_KEY).click()
    expect(home).to_be_visible()

    leave(desk)
    enter(desk, name, password)
    check(desk, axe)
    desk.get_by_label("Kode").fill(codes[0])
    desk.get_by_role("button", name="Masuk", exact=True).click()
    expect(home).to_be_visible()

    leave(desk)
    desk.get_by_role("button", name="akun kantor").click()
    desk.get_by_label("Nama").fill(name)
    desk.get_by_role("button", name="Izinkan").click()
    desk.get_by_role("button", name="Gunakan kunci keamanan").click()
    expect(home).to_be_visible()

    leave(desk)
    swap_the_key(session, device)
    desk.get_by_role("button", name=WITH_KEY).click()
    expect(desk.get_by_role("status")).to_contain_text("salah")
    session.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    desk.get_by_role("button", name=WITH_KEY).click()
    expect(desk.get_by_text("Kunci sandi tidak terbaca")).to_be_visible()
