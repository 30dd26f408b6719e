"""Accounts are given by an administrator; nobody signs up from outside, not through the sign-in of an office either.
Secrets of authenticator apps lie sealed in the database."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up page of the account library."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


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


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """Whoever comes through the sign-in of an office needs an account of the same name here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        name = sociallogin.account.extra_data.get("preferred_username", "")
        user = User.objects.filter(username=name, is_active=True, is_superuser=False).first() if name else None
        if user is None:
            messages.error(request, _("Akun kantor Anda belum dikenal di sini. Minta akun kepada pengelola."))
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)
