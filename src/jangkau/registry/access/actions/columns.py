"""Columns opened to another agency by an agreement: one administrator proposes, another confirms, any of them ends."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions.recording import record
from jangkau.registry.access.models import Agency, Column, ColumnOpening, Permission
from jangkau.registry.access.permissions import HELD_BY, Scope, require


@transaction.atomic
def propose_opening(
    scope: Scope, column: Column, agency: Agency, *, agreement: str, agreed_on: date, opens_on: date, ends_on: date
) -> ColumnOpening:
    """Writes down what an agreement opens, from a day until another (half-open); nothing is open before somebody else
    confirms it. Raises Refused for who sees the column anyway, and for days in the wrong order."""
    require(scope, Permission.ADMINISTER_USERS, None)
    if agency in HELD_BY[column]:
        raise Refused("Kolom itu sudah milik instansi ini.", "That column is this agency's already.")
    if not agreement.strip():
        raise Refused("Tulis nomor perjanjiannya.", "Write the number of the agreement.")
    if ends_on <= opens_on or agreed_on > opens_on:
        raise Refused(
            "Periksa tanggalnya: perjanjian, lalu mulai berlaku, lalu berakhir.",
            "Check the days: the agreement, then its beginning, then its end.",
        )
    made = ColumnOpening.objects.create(
        column=column, agency=agency, agreement=agreement.strip(), agreed_on=agreed_on, opens_on=opens_on,
        ends_on=ends_on, proposed_by=scope.user,
    )  # fmt: skip
    record(
        by=scope.user, action="column_opening_proposed", subject=f"column {made.pk}", column=column, agency=agency,
        agreement=made.agreement, agreed=agreed_on.isoformat(), opens=opens_on.isoformat(), ends=ends_on.isoformat(),
    )  # fmt: skip
    return made


@transaction.atomic
def confirm_opening(scope: Scope, number: int) -> None:
    """Opens the column from its first day on. Raises Refused to who proposed it, and when it is confirmed or ended."""
    opening = _open(scope, number)
    if opening.confirmed_at is not None:
        raise Refused("Pembukaan ini sudah disetujui.", "This opening is confirmed already.")
    if scope.user is not None and opening.proposed_by_id == scope.user.pk:
        raise Refused("Yang mengusulkan tidak menyetujui sendiri.", "Who proposed it does not confirm it.")
    opening.confirmed_at, opening.confirmed_by = timezone.now(), scope.user
    opening.save(update_fields=["confirmed_at", "confirmed_by"])
    told = {"column": opening.column, "agency": opening.agency}
    record(by=scope.user, action="column_opened", subject=f"column {number}", **told)


@transaction.atomic
def end_opening(scope: Scope, number: int) -> None:
    """From now on the column is closed again. Raises Refused when it was ended before."""
    opening = _open(scope, number)
    opening.ended_at, opening.ended_by = timezone.now(), scope.user
    opening.save(update_fields=["ended_at", "ended_by"])
    told = {"column": opening.column, "agency": opening.agency}
    record(by=scope.user, action="column_closed", subject=f"column {number}", **told)


def _open(scope: Scope, number: int) -> ColumnOpening:
    require(scope, Permission.ADMINISTER_USERS, None)
    opening = ColumnOpening.objects.select_for_update().filter(pk=number, ended_at=None).first()
    if opening is None:
        raise Refused("Pembukaan ini tidak ada atau sudah diakhiri.", "This opening does not exist or was ended.")
    return opening
