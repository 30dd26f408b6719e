"""Who stands on a decree, in the order of its annex: by district, village, name; and the digest that proves that
nothing of it was changed since it was signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models.functions import Coalesce

from jangkau.core.kernel import Corrupt
from jangkau.programmes.subsidy.models import Decree, Nominee


class AnnexLine(NamedTuple):
    """One person of an annex."""

    nominee: int
    nik: str
    name: str
    born: str  # ISO
    sex: str
    address: str
    village: str  # code
    village_name: str
    district_name: str
    occupation: str
    replaces: int | None  # number of the nominee whose place this is


def annex(decree: Decree) -> list[AnnexLine]:
    """The people of a decree. Raises Corrupt when a signed decree holds others than when it was signed."""
    found = (
        Nominee.objects.filter(decree=decree)
        .annotate(place=Coalesce("village_id", "scheme__area_id"))
        .order_by("place", "name", "pk")
        .select_related("village__parent")
    )
    lines = [
        AnnexLine(
            who.pk, who.nik or "", who.name or "", who.birth_date.isoformat() if who.birth_date else "", who.sex or "",
            who.address or "", who.village_id or "", who.village.name if who.village else "",
            who.village.parent.name if who.village and who.village.parent else "", who.occupation or "",
            who.replaces_id,
        )
        for who in found
    ]  # fmt: skip
    if decree.signed_at and digest(lines) != decree.annex_sha256:
        raise Corrupt(
            f"Lampiran SK {decree.number} tidak lagi sama dengan yang ditandatangani. Pulihkan data dari cadangan.",
            f"The annex of decree {decree.number} is not the one that was signed. Restore the data from the backup.",
        )
    return lines


def digest(lines: Sequence[AnnexLine]) -> str:
    """SHA-256, hexadecimal, of who stands in an annex and in which order."""
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()
