"""Accounts are given by an administrator; nobody signs up from outside. Secrets of authenticator apps lie sealed in the
database."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up page of the account library."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in is not asked for the password again; who left the desk open is."""
        steps = get_authentication_records(self.request, self.request.user)
        return not steps or time.time() - steps[-1]["at"] > account_settings.REAUTHENTICATION_TIMEOUT


def note_signing_in() -> None:
    """Notes in the record who signs in, changes a password, or changes a second step."""

    def noting(action: str) -> Callable[..., None]:
        def note(*, user: User, **rest: object) -> None:
            record(by=user, action=action, subject=f"user {user.pk}")

        return note

    for signal, action in (
        (account_signals.user_logged_in, "signed_in"),
        (account_signals.password_changed, "password_changed"),
        (mfa_signals.authenticator_added, "second_step_added"),
        (mfa_signals.authenticator_removed, "second_step_removed"),
        (mfa_signals.authenticator_reset, "second_step_reset"),
    ):
        signal.connect(noting(action), weak=False, dispatch_uid=action)


class SealedSecrets(DefaultMFAAdapter):
    """Keeps what an authenticator app shares, and the seed of recovery codes, sealed with the key of the register."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()))
