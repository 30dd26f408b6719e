"""The line on the profile of a person: a claim that runs, a right nobody asked for, or where to report an event."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from jangkau.programmes.claims import queries
from jangkau.programmes.claims.presenters.entitlement import on_death
from jangkau.programmes.claims.states import TOPICS
from jangkau.registry.access.models import Permission
from jangkau.registry.lists.events import ProfileNote, ProfileOpened
from jangkau.registry.people.presenters.figures import rupiah


def tell_claims(event: ProfileOpened) -> None:
    """Adds a note where there is a claim or a right; for everybody else the way to report."""
    desk = reverse("desk", args=[event.person])
    if queries.claims_on(event.scope, [event.person], list(TOPICS)):
        event.notes.append(ProfileNote(gettext("Ada klaim; lihat keadaannya"), desk, "good"))
        return
    found = queries.rights(event.scope, [event.person])
    if found.height:
        total = on_death(found.row(0, named=True)).total
        words = gettext("Meninggal saat terlindungi dan belum diklaim: perkiraan %(sum)s") % {"sum": rupiah(total)}
        event.notes.append(ProfileNote(words, desk, "bad"))
    elif event.scope.may(Permission.HELP_CLAIMS, event.village):
        event.notes.append(ProfileNote(gettext("Laporkan kecelakaan, kematian, atau klaim lain"), desk, ""))
