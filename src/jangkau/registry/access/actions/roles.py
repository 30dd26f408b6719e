"""Who may do what, given and taken by an administrator: nobody gives to or takes from themselves, but lends what they
hold during leave, or opens the register for an hour when it cannot wait."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions.accounts import create_account
from jangkau.registry.access.actions.recording import record
from jangkau.registry.access.models import GIVEN_ROLES, Assignment, Permission, Role, User
from jangkau.registry.access.permissions import Scope, require, scope_of

GLASS_OPEN_FOR = timedelta(hours=1)


@transaction.atomic
def open_account(scope: Scope, username: str, *, agency: str) -> tuple[User, str]:
    """A new account without a role, and the password that is told once."""
    if not any(Permission.ADMINISTER_USERS in grant.may for grant in scope.grants or ()):
        require(scope, Permission.ADMINISTER_USERS, None)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"Akun “{username}” sudah ada.", f"The account “{username}” exists already.")
    password = secrets.token_urlsafe(9)
    user = create_account(username, password, by=scope.user)
    user.agency = agency
    user.save(update_fields=["agency"])
    return user, password


@transaction.atomic
def set_agency(scope: Scope, user: User, agency: str) -> None:
    """Says whom somebody works for: by that they take steps of cases and see columns."""
    _may_change(scope, user, None)
    user.agency = agency
    user.save(update_fields=["agency"])
    record(by=scope.user, action="agency_set", subject=f"user {user.pk}", agency=agency)


@transaction.atomic
def give_role(
    scope: Scope, user: User, *, role: str, area_code: str, valid_from: datetime | None = None,
    valid_until: datetime | None = None, because: str = "",
) -> Assignment:  # fmt: skip
    """Gives a role in an area. Raises Refused outside the own areas, to oneself, for an end before the beginning."""
    _may_change(scope, user, area_code)
    if role not in GIVEN_ROLES:
        raise Refused("Peran itu tidak dapat diberikan.", "That role cannot be given.")
    begin = valid_from or timezone.now()
    if valid_until is not None and valid_until <= begin:
        raise Refused("Hak itu berakhir sebelum mulai.", "The role would end before it begins.")
    given = Assignment.objects.create(
        user=user, area_code=area_code, role=role, valid_from=begin, valid_until=valid_until, given_by=scope.user,
        because=because,
    )  # fmt: skip
    record(
        by=scope.user, action="role_given", subject=f"user {user.pk}", role=role, area=area_code,
        until=valid_until and valid_until.isoformat(),
    )  # fmt: skip
    return given


@transaction.atomic
def end_role(scope: Scope, held: Assignment) -> None:
    """Ends a role now, and what was lent of it."""
    _may_change(scope, held.user, held.area_code)
    now = timezone.now()
    lent = Assignment.objects.filter(on_behalf_of=held.user, role=held.role, area_code=held.area_code).in_force(now)
    lent.update(valid_until=now)
    held.valid_from, held.valid_until = min(held.valid_from, now), now
    held.save(update_fields=["valid_from", "valid_until"])
    record(by=scope.user, action="role_ended", subject=f"user {held.user_id}", role=held.role, area=held.area_code)


@transaction.atomic
def confirm_role(scope: Scope, held: Assignment) -> None:
    """Notes that somebody looked at a role and leaves it."""
    _may_change(scope, held.user, held.area_code)
    held.reviewed_at, held.reviewed_by = timezone.now(), scope.user
    held.save(update_fields=["reviewed_at", "reviewed_by"])
    record(by=scope.user, action="role_confirmed", subject=f"user {held.user_id}", role=held.role, area=held.area_code)


@transaction.atomic
def set_active(scope: Scope, user: User, *, active: bool) -> None:
    """Closes an account, or opens it again; closing ends what it lent."""
    _may_change(scope, user, None)
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        now = timezone.now()
        Assignment.objects.filter(on_behalf_of=user).in_force(now).update(valid_until=now)
    record(by=scope.user, action="account_opened_again" if active else "account_closed", subject=f"user {user.pk}")


@transaction.atomic
def lend_roles(user: User, to: User, *, until: datetime, because: str) -> list[Assignment]:
    """During somebody's leave another person of the same agency holds their roles, until a moment. What was lent to
    them is not lent on."""
    now = timezone.now()
    if to.pk == user.pk or to.agency != user.agency or not to.is_active or to.is_superuser or until <= now:
        raise Refused(
            "Serahkan kepada rekan seinstansi yang akunnya aktif, sampai suatu hari sesudah hari ini.",
            "Hand over to an active colleague of the same agency, until a day after today.",
        )
    own = user.assignments.in_force(now).filter(on_behalf_of=None).exclude(role__in=(Role.GLASS, Role.ADMINISTRATOR))
    lent = [
        Assignment.objects.create(
            user=to, area_code=each.area_code, role=each.role, valid_from=now,
            valid_until=min(until, each.valid_until or until), given_by=user, on_behalf_of=user, because=because,
        )
        for each in own
    ]  # fmt: skip
    record(
        by=user, action="roles_lent", subject=f"user {to.pk}", on_behalf_of=user.pk, roles=len(lent),
        until=until.isoformat(),
    )  # fmt: skip
    return lent


@transaction.atomic
def break_glass(user: User, *, because: str) -> Assignment:
    """Opens people of the whole register to somebody for an hour. It is recorded, and administrators see it until one
    of them has looked at it."""
    if not any(Permission.PEOPLE in grant.may for grant in scope_of(user).grants or ()):
        raise Refused("Akses darurat tidak terbuka bagi akun Anda.", "Emergency access is not open to your account.")
    if len(because.strip()) < 10:
        raise Refused("Tulis alasannya, paling sedikit sepuluh huruf.", "Write the reason, at least ten letters.")
    now = timezone.now()
    opened = Assignment.objects.create(
        user=user, area_code=settings.JANGKAU_AREA, role=Role.GLASS, valid_from=now, valid_until=now + GLASS_OPEN_FOR,
        given_by=user, because=because.strip()[:200],
    )  # fmt: skip
    record(by=user, action="glass_broken", subject=f"user {user.pk}", because=opened.because)
    return opened


def _may_change(scope: Scope, user: User, area_code: str | None) -> None:
    require(scope, Permission.ADMINISTER_USERS, area_code)
    if scope.user is not None and (user.pk == scope.user.pk or (user.is_superuser and not scope.user.is_superuser)):
        raise Refused(
            "Hak sendiri dan hak pemilik register diatur oleh orang lain.",
            "Your own rights, and those of the owner of the register, are set by somebody else.",
        )
