"""What waits for somebody today beside the lists: agreements whose day has passed, builders at work without cover,
events whose outcome nobody noted. Asked of the rooms that hold them, inside the reader's areas."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from jangkau.programmes.construction import queries as construction
from jangkau.programmes.outreach import queries as outreach
from jangkau.programmes.outreach.states import ANY_OPEN
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.presenters.follow_ups import follow_up_view
from jangkau.registry.cases.queries import overdue
from jangkau.registry.people.presenters.figures import people, rupiah

OWNERS_NAMED = 4


@dataclass(frozen=True)
class NextStep:
    """Something to do, with the number of people, lists or villages that wait for it."""

    amount: int
    title: str
    detail: str
    url: str
    button: str


def waiting_steps(scope: Scope, code: str, today: date) -> list[NextStep]:
    """The steps of a region whose numbers exist."""
    inside, within = scope, ""
    if code != settings.JANGKAU_AREA:
        inside, within = replace(scope, areas=(code,)), code
    found = (_builders(inside, within), _agreements(inside, today), _events(inside, within, today))
    return [step for step in found if step]


def _agreements(scope: Scope, today: date) -> NextStep | None:
    """Those who are late, by owner."""
    late = [follow_up_view(item, today).owner or gettext("tanpa penanggung jawab") for item in overdue(scope, today)]
    if not late:
        return None
    named = Counter(late).most_common()
    told = [f"{owner}: {people(n)}" for owner, n in named[:OWNERS_NAMED]]
    return NextStep(
        len(late),
        gettext("Kesepakatan rapat lewat batas waktu"),
        ", ".join(told) + (" …" if len(named) > OWNERS_NAMED else ""),
        reverse("follow_ups") + "?state=late",
        gettext("Ingatkan"),
    )


def _builders(scope: Scope, within: str) -> NextStep | None:
    told = construction.sums(construction.chosen(scope, gap="open"))
    if not told.workers_open:
        return None
    title = ngettext(
        "Pekerja di %(n)s proyek desa bekerja tanpa perlindungan",
        "Pekerja di %(n)s proyek desa bekerja tanpa perlindungan",
        told.works,
    )
    return NextStep(
        told.workers_open,
        title % {"n": people(told.works)},
        gettext("Iuran seluruhnya %(due)s") % {"due": rupiah(told.due)},
        f"{reverse('works')}?gap=open" + (f"&region={within}" if within else ""),
        gettext("Daftarkan"),
    )


def _events(scope: Scope, within: str, today: date) -> NextStep | None:
    yesterday = today - timedelta(days=1)
    passed = outreach.events(scope, {"until": yesterday, "state": ANY_OPEN})
    number = passed.order_by().count()
    if not number:
        return None
    return NextStep(
        number,
        gettext("Kegiatan sudah lewat tanggalnya, hasilnya belum dicatat"),
        ", ".join(event.title or event.get_kind_display() for event in passed.reverse()[:OWNERS_NAMED]),
        f"{reverse('outreach')}?state={ANY_OPEN}&until={yesterday}" + (f"&place={within}" if within else ""),
        gettext("Catat hasil"),
    )
