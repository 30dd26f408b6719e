"""Accounts and roles in words; the workbook of the access review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.registry.access import queries
from jangkau.registry.access.models import Assignment, User
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.models import Region

BOOK = [
    ("PENGGUNA", 24), ("INSTANSI", 30), ("PERAN", 28), ("WILAYAH", 30), ("KODE", 16), ("SEJAK", 12), ("SAMPAI", 12),
    ("MENGGANTIKAN", 20), ("DITINJAU", 12), ("MASUK TERAKHIR", 16), ("AKUN", 10),
]  # fmt: skip


class RoleView(NamedTuple):
    """A role; `state`: future, now or ended."""

    held: Assignment
    place: str
    state: str


class AccountView(NamedTuple):
    account: User
    roles: list[RoleView]


def role_views(found: Iterable[Assignment]) -> list[RoleView]:
    """Roles with the names of their areas."""
    held = list(found)
    places = Region.objects.in_bulk([each.area_code for each in held])
    now = timezone.now()
    return [RoleView(each, str(places.get(each.area_code, each.area_code)), _state(each, now)) for each in held]


def _state(held: Assignment, now: datetime) -> str:
    if held.valid_until is not None and held.valid_until <= now:
        return "ended"
    return "future" if held.valid_from > now else "now"


def account_views(scope: Scope) -> list[AccountView]:
    """Accounts with the roles that hold or will hold."""
    by_user: dict[int, list[RoleView]] = {}
    for view in role_views(queries.roles(scope)):
        if view.state != "ended":
            by_user.setdefault(view.held.user_id, []).append(view)
    return [AccountView(account, by_user.get(account.pk, [])) for account in queries.accounts(scope)]


def rows_of_book(scope: Scope) -> Iterator[tuple[str, ...]]:
    """A line for each role, and one for each account without any."""
    for account, held in account_views(scope):
        seen = f"{timezone.localtime(account.last_login):%d-%m-%Y %H:%M}" if account.last_login else ""
        state = str(_("aktif") if account.is_active else _("tutup"))
        name, agency = account.username, account.get_agency_display() or ""
        if not held:
            told = str(_("Pemilik register")) if account.is_superuser else ""
            yield name, agency, told, "", "", "", "", "", "", seen, state
        for view in held:
            one = view.held
            yield (
                name, agency, one.get_role_display(), view.place, one.area_code, _on(one.valid_from),
                _on(one.valid_until), one.on_behalf_of.username if one.on_behalf_of else "", _on(one.reviewed_at),
                seen, state,
            )  # fmt: skip


def _on(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d-%m-%Y}" if moment else ""
