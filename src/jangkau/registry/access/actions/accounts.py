"""Accounts of people and keys of programs."""

import secrets
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions.recording import record
from jangkau.registry.access.models import API_PERMISSIONS, Assignment, Role, Token, User
from jangkau.registry.access.permissions import KEY_PREFIX, digest_of_key, scope_of


@transaction.atomic
def create_account(username: str, password: str, *, by: User | None) -> User:
    """A new account without an area: it sees what a room shows it, as an agent the own portfolio, and nothing else."""
    user = User.objects.create_user(username=username, password=password)
    record(by=by, action="account_created", subject=f"user {user.pk}")
    return user


@transaction.atomic
def create_user(
    *, username: str, password: str, area_code: str | None, role: str = Role.OFFICER, agency: str = ""
) -> User:
    """A new account for an area; without one, an administrator of the whole register."""
    user = User.objects.create_user(username=username, password=password, agency=agency)
    if area_code is None:
        user.is_superuser = user.is_staff = True
        user.save(update_fields=["is_superuser", "is_staff"])
    else:
        Assignment.objects.create(user=user, area_code=area_code, role=role)
    record(by=None, action="user_created", subject=f"user {user.pk}", area=area_code or settings.JANGKAU_AREA)
    return user


@transaction.atomic
def issue_token(
    *, name: str, user: User, area_code: str, permissions: Iterable[str], ends_on: date, by: User | None
) -> tuple[Token, str]:
    """A key for a program; returns it beside the row, for the only time. Raises Refused for an area that the user does
    not see or a permission that does not exist."""
    wanted = sorted(set(permissions))
    if unknown := set(wanted) - set(API_PERMISSIONS):
        raise Refused(
            f"Hak tidak dikenal: {', '.join(sorted(unknown))}. Pilihan: {', '.join(API_PERMISSIONS)}.",
            f"Unknown permission: {', '.join(sorted(unknown))}. Choose from: {', '.join(API_PERMISSIONS)}.",
        )
    if not scope_of(user).allows(area_code):
        raise Refused(
            f"Wilayah {area_code} di luar wilayah pengguna itu.", f"That user does not see the area {area_code}."
        )
    key = KEY_PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        name=name[:80], user=user, area_code=area_code, permissions=wanted, sha256=digest_of_key(key), ends_on=ends_on,
        issued_by=by,
    )  # fmt: skip
    record(by=by, action="token_issued", subject=f"token {token.pk}", area=area_code, permissions=wanted)
    return token, key


@transaction.atomic
def revoke_token(token: Token, *, by: User | None) -> None:
    """From now on the key opens nothing; a second time changes nothing."""
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = timezone.now(), by
        token.save(update_fields=["revoked_at", "revoked_by"])
        record(by=by, action="token_revoked", subject=f"token {token.pk}")
