"""Whoever is to ask a family for the day of a death is named, village by village, with a day by which."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext, override

from jangkau.core.kernel import Refused
from jangkau.programmes.claims.queries.rights import undated
from jangkau.registry.access.models import Agency, User
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.cases import queries as cases
from jangkau.registry.cases.actions import Agreed, agree
from jangkau.registry.cases.models import FollowUp
from jangkau.registry.people.presenters.figures import people

SOURCE = "undated_deaths"
WITHIN = timedelta(days=14)


@transaction.atomic
def ask_for_days(scope: Scope, *, on: date, by: User | None) -> int:
    """One follow-up for each village with members who died on a day nobody knows; a village that is asked already is
    left alone. Gives how many villages; raises Refused when there is none to ask."""
    require_write(scope)
    open_now = cases.follow_ups(scope).filter(source_kind=SOURCE, state=FollowUp.State.OPEN)
    asked = set(open_now.values_list("region_id", flat=True))
    waiting = Counter(person.village for person in undated(scope) if person.village_id not in asked)
    if not waiting:
        raise Refused("Semua desa sudah dimintai harinya.", "Every village is asked for the days already.")
    with override("id"):  # what is agreed speaks Indonesian, whoever writes it down
        said = gettext("Tanyakan hari meninggalnya %(n)s peserta di %(village)s kepada keluarganya.")
        points = [
            Agreed(
                said % {"n": people(count), "village": village.name if village else gettext("desa belum diketahui")},
                due_on=on + WITHIN,
                agency=Agency.VILLAGE_AFFAIRS_OFFICE,
                indicator=gettext("tidak ada lagi di halaman Meninggal tanpa tanggal"),
                region=village.pk if village else None,
            )
            for village, count in waiting.items()
        ]
        # no meeting agreed on it: number 0
        agree(points, source_kind=SOURCE, source_id=0, series=gettext("Hak belum diklaim"), on=on, by=by)
    return len(points)
