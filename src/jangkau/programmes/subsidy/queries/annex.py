"""Who stands on a decree, in the order of its annex: by district, village, name; and the digest that proves that
nothing of it was changed since it was signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from jangkau.core.kernel import Corrupt
from jangkau.programmes.subsidy.models import Decree, FundedMonth
from jangkau.programmes.subsidy.states import Answer
from jangkau.registry.access.gateways.ciphers import open_number


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


_ANNEX = """
SELECT n.id, n.nik, n.name, n.birth_date, n.sex, n.address, n.village_id, v.name, d.name, n.occupation, n.replaces_id
FROM subsidy_nominee n LEFT JOIN people_region v ON v.code = n.village_id
LEFT JOIN people_region d ON d.code = v.parent_id
WHERE n.decree_id = %s
"""


def annex(decree: Decree) -> list[AnnexLine]:
    """The people of a decree. Raises Corrupt when a signed decree holds others than when it was signed."""
    with connection.cursor() as cursor:
        cursor.execute(_ANNEX, [decree.pk])
        found = [
            AnnexLine._make([number, open_number(nik or ""), *map(_text, told), replaces])
            for number, nik, *told, replaces in cursor.fetchall()
        ]
    lines = sorted(found, key=lambda line: (line.village, line.name, line.nominee))  # the same on every database
    if decree.signed_at and digest(lines) != decree.annex_sha256:
        raise Corrupt(
            f"Lampiran SK {decree} tidak lagi sama dengan yang ditandatangani. Pulihkan data dari cadangan.",
            f"The annex of decree {decree} is not the one that was signed. Restore the data from the backup.",
        )
    return lines


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def digest(lines: Sequence[AnnexLine]) -> str:
    """SHA-256, hexadecimal, of who stands in an annex and in which order."""
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def payers_elsewhere(decree: Decree) -> int:
    """How many of a draft have another payer in its months by now."""
    months = FundedMonth.objects.filter(month__range=(decree.first_month, decree.last_month)).exclude(
        answer=Answer.REFUSED
    )
    people = decree.nominees.filter(Q(person_id__in=months.values("person_id")) | Q(nik__in=months.values("nik")))
    return people.count()
