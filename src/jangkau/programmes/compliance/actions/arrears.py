"""The classes of arrears, as the branch tells them to the office."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.programmes.compliance.models import ArrearsScale
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope, require_write


@transaction.atomic
def enter_scale(scope: Scope, first_months: Mapping[str, int], *, since: date, source: str) -> ArrearsScale:
    """Enters where each class begins, in force from a day until a later one. Raises Refused unless the classes follow
    each other from the first month on."""
    _require_whole(scope)
    months = list(first_months.values())
    if not months or months[0] != 1 or any(a >= b for a, b in itertools.pairwise(months)):
        raise Refused(
            "Kelas pertama mulai bulan 1, dan tiap kelas berikutnya mulai lebih lambat. Periksa angkanya.",
            "The first class begins with month 1, and every class after it later. Check the numbers.",
        )
    scale = ArrearsScale.objects.create(
        since=since, first_months=dict(first_months), source=source, entered_by=scope.user
    )
    record(by=scope.user, action="arrears_scale_entered", subject=f"arrears_scale {scale.pk}", source=source)
    return scale


@transaction.atomic
def withdraw_scale(scope: Scope, scale: ArrearsScale) -> None:
    """Takes a scale back; it stays written down."""
    _require_whole(scope)
    if scale.withdrawn_at is None:
        scale.withdrawn_at, scale.withdrawn_by = timezone.now(), scope.user
        scale.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(by=scope.user, action="arrears_scale_withdrawn", subject=f"arrears_scale {scale.pk}")


def _require_whole(scope: Scope) -> None:
    require_write(scope)
    if not scope.allows(None):
        raise Refused(
            "Kelas piutang hanya diisi oleh petugas seluruh register.",
            "Only officers of the whole register enter the classes of arrears.",
        )
