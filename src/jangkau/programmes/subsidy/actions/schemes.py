"""Opens a scheme, changes it while nothing is decreed, and shares its places among villages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.programmes.subsidy.actions.rounds import require_scheme
from jangkau.programmes.subsidy.models import Scheme, VillageQuota
from jangkau.programmes.subsidy.queries.money import price_of_person
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope


@transaction.atomic
def save_scheme(scope: Scope, scheme: Scheme, fields: Mapping[str, Any]) -> Scheme:
    """Keeps a scheme, a new one or a changed one. Raises Refused when a decree of it was signed, when the budget does
    not pay for one person, or when the law knows no price for its months."""
    for name, value in fields.items():
        setattr(scheme, name, value)
    require_scheme(scope, scheme)
    fresh = scheme.pk is None
    if not fresh and scheme.decrees.filter(withdrawn_at=None).exists():
        raise Refused(
            "Skema ini sudah punya SK atau rancangannya, jadi tidak diubah lagi.",
            "This scheme has a decree or a draft of one already, so it is not changed any more.",
        )
    if scheme.budget < price_of_person(scheme):
        raise Refused(
            "Anggaran tidak cukup untuk satu orang selama masa skema. Periksa anggaran dan jumlah bulan.",
            "The budget does not pay for one person over the months of the scheme. Check budget and months.",
        )
    if fresh:
        scheme.made_by = scope.user
    scheme.save()
    record(by=scope.user, action="scheme_opened" if fresh else "scheme_changed", subject=f"scheme {scheme.pk}")
    return scheme


@transaction.atomic
def set_village_quotas(scope: Scope, scheme: Scheme, places: Mapping[str, int]) -> None:
    """The places of each village (code to places), instead of those before; none: the area shares all places. Raises
    Refused for a village outside the area of the scheme."""
    require_scheme(scope, scheme)
    outside = [code for code in places if not code.startswith(f"{scheme.area_id}.") and code != scheme.area_id]
    if outside:
        raise Refused(
            f"Desa {outside[0]} di luar wilayah skema.",
            f"The village {outside[0]} lies outside the area of the scheme.",
        )
    scheme.village_quotas.all().delete()
    VillageQuota.objects.bulk_create(
        [VillageQuota(scheme=scheme, village_id=code, places=count) for code, count in sorted(places.items())]
    )
    record(by=scope.user, action="scheme_quotas_set", subject=f"scheme {scheme.pk}", villages=len(places))
