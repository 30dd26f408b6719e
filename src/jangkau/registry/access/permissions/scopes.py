"""Which area a request may see. Every query of the registry takes a Scope first; there is no way around it."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.models import Column, Permission, Token, User
from jangkau.registry.access.permissions.columns import columns_of
from jangkau.registry.access.permissions.roles import READING, may_of

KEY_PREFIX = "jgk_"  # so that a key that leaks into a file is recognised
EVERYTHING = frozenset(Permission)


class Grant(NamedTuple):
    """What somebody may do in an area and all below it."""

    area: str
    may: frozenset[Permission]


@dataclass(frozen=True)
class Scope:
    """The areas (Kemendagri codes) a request may see, and whether its user may change something in one of them.
    `grants` says more exactly what where; a scope made without them may do everything, or look, in all its areas."""

    areas: tuple[str, ...]
    may_write: bool = False
    user: User | None = None
    grants: tuple[Grant, ...] | None = None
    changes: Permission | None = None  # what the page asks of those who change something on it

    def allows(self, region_code: str | None) -> bool:
        """Does the region lie inside the areas? What has no region yet is seen by those who see the whole register."""
        return any(_inside(region_code, area) for area in self.areas)

    def may(self, permission: Permission, region_code: str | None) -> bool:
        """Does the user hold this permission in this region? Without a region it takes the whole register."""
        if self.grants is None:
            return self.allows(region_code) and (self.may_write or permission in READING - {Permission.NIK})
        return any(permission in grant.may and _inside(region_code, grant.area) for grant in self.grants)

    def sees(self, column: Column) -> bool:
        """Is this column the user's, by agency or agreement?"""
        return column in columns_of(self.user)

    def at(self, region_code: str | None) -> Scope:
        """The same scope, with `may_write` answered for this region alone: for the page of one thing."""
        if self.grants is None:
            return replace(self, may_write=self.may_write and self.allows(region_code))
        wanted = [self.changes] if self.changes else EVERYTHING - READING
        return replace(self, may_write=any(self.may(each, region_code) for each in wanted))

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


def _inside(region_code: str | None, area: str) -> bool:
    if region_code is None:
        return area == settings.JANGKAU_AREA
    return region_code == area or region_code.startswith(area + ".")


def grants_of(user: User | AnonymousUser) -> tuple[Grant, ...]:
    """What a user may do where at this moment: everything for the owner of the register, nothing for strangers."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return ()
    if user.is_superuser:
        return (Grant(settings.JANGKAU_AREA, EVERYTHING),)
    return tuple(Grant(each.area_code, may_of(each.role)) for each in user.assignments.in_force(timezone.now()))


def scope_of(user: User | AnonymousUser) -> Scope:
    """The scope of a user. In a request it holds the areas where the user has the permission that the address asks for
    (see gates); outside of one, all areas in which they may do anything."""
    known = user.at_gate if isinstance(user, User) else None
    needs, changes, grants = known or (None, None, grants_of(user))
    areas = tuple(sorted({grant.area for grant in grants if needs is None or needs in grant.may}))
    wanted = {changes} if changes else EVERYTHING - READING
    may_write = any(grant.may & wanted for grant in grants)
    return Scope(areas, may_write, None if isinstance(user, AnonymousUser) else user, grants, changes)


def scope_for(user: User | AnonymousUser, permission: Permission) -> Scope:
    """The scope of a user in the areas where they hold this permission, whatever the address asks for."""
    found = scope_of(user)
    areas = tuple(sorted({grant.area for grant in found.grants or () if permission in grant.may}))
    return replace(found, areas=areas)


def digest_of_key(key: str) -> str:
    """What recognises the key of a program. Keys are long and random, so a plain hash gives nothing away."""
    return hashlib.sha256(key.encode()).hexdigest()


def scope_of_token(token: Token, needs: Permission | None = None) -> Scope:
    """The scope of a program: the area of its key, as long as the user it acts for may still do there what the request
    needs. `may` of it knows what the key and the user both may."""
    grants = grants_of(token.user)
    may = {Permission(each) for each in token.permissions if each in Permission.values}
    if Permission.SEND_LISTS in may:
        may.add(Permission.PUBLISH)  # one permission of a key, two of people
    held = frozenset(each for each in may if any(each in g.may and _inside(token.area_code, g.area) for g in grants))
    if not any(_inside(token.area_code, grant.area) for grant in grants) or (needs in READING and needs not in held):
        return Scope(())
    return Scope((token.area_code,), Permission.SEND_LISTS in held, token.user, (Grant(token.area_code, held),))


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


def require(scope: Scope, permission: Permission, region_code: str | None) -> None:
    """Raises Refused for those who do not hold the permission in the region of what they want to change."""
    if not scope.may(permission, region_code):
        where = region_code or settings.JANGKAU_AREA
        raise Refused(
            f"Anda tidak memegang hak “{permission.label}” di wilayah {where}. Minta kepada pengelola.",
            f"You do not hold the permission “{permission.value}” in the area {where}. Ask the administrator.",
        )
