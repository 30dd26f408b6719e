"""Which area a request may see. Every query of the registry takes a Scope first; there is no way around it."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from jangkau.core.kernel import Refused
from jangkau.registry.access.models import Permission, Role, Token, User

KEY_PREFIX = "jgk_"  # so that a key that leaks into a file is recognised


@dataclass(frozen=True)
class Scope:
    """The areas (Kemendagri codes) somebody may see, and whether they may change what is in them."""

    areas: tuple[str, ...]
    may_write: bool = False
    user: User | None = None

    def allows(self, region_code: str | None) -> bool:
        """Does the region lie inside the areas? What has no region yet is seen by those who see the whole register."""
        if region_code is None:
            return settings.JANGKAU_AREA in self.areas
        return any(region_code == area or region_code.startswith(area + ".") for area in self.areas)

    def where(self, field: str) -> Q:
        """The condition that keeps a queryset inside the areas; `field` is a foreign key to a region, or holds null.
        Who may see the whole register also sees people whose place lies outside or is unknown."""
        if settings.JANGKAU_AREA in self.areas:
            return Q()
        code = f"{field.removesuffix('_id')}__code"
        condition = Q(pk__in=[])
        for area in self.areas:
            condition |= Q(**{code: area}) | Q(**{f"{code}__startswith": area + "."})
        return condition


def scope_of(user: User | AnonymousUser) -> Scope:
    """The scope of a user: administrators see everything the register holds, strangers nothing."""
    if isinstance(user, AnonymousUser):
        return Scope(())
    if user.is_superuser:
        return Scope((settings.JANGKAU_AREA,), may_write=True, user=user)
    assignments = list(user.assignments.all())
    areas = tuple(sorted(a.area_code for a in assignments))
    return Scope(areas, may_write=any(a.role == Role.OFFICER for a in assignments), user=user)


def digest_of_key(key: str) -> str:
    """What recognises the key of a program. Keys are long and random, so a plain hash gives nothing away."""
    return hashlib.sha256(key.encode()).hexdigest()


def scope_of_token(token: Token) -> Scope:
    """The scope of a program: the area of its key, as long as the user it acts for still sees that area."""
    scope = scope_of(token.user)
    if not token.user.is_active or not scope.allows(token.area_code):
        return Scope(())
    may_write = scope.may_write and Permission.SEND_LISTS in token.permissions
    return Scope((token.area_code,), may_write=may_write, user=token.user)


def acts_for(user: User | None, agencies: Container[str]) -> bool:
    """May somebody do what the law leaves to these agencies? The administrator and the register itself (None) act for
    all of them."""
    return user is None or user.is_superuser or user.agency in agencies


def require_write(scope: Scope) -> None:
    """Raises Refused for those who may only look."""
    if not scope.may_write:
        raise Refused(
            "Anda hanya dapat melihat. Minta hak petugas kepada pengelola.",
            "You can only look. Ask the administrator for the officer role.",
        )
