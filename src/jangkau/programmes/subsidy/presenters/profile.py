"""The line on the profile of a person: whose money protects, until when, and when the full death benefit begins."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from jangkau.programmes.subsidy.queries.ending import Protection, funding_of
from jangkau.registry.lists.events import ProfileNote, ProfileOpened
from jangkau.registry.people.presenters.figures import day, rupiah


def tell_funding(event: ProfileOpened) -> None:
    """Adds a note for every scheme that pays for the person."""
    for found in funding_of(event.scope, [event.person], [event.nik] if event.nik else []):
        address = reverse("scheme", args=[found.scheme.pk])
        event.notes.append(ProfileNote(_words(found), address, "bad" if found.never_full else "good"))


def _words(found: Protection) -> str:
    told = {
        "scheme": found.scheme.name, "until": day(found.until), "full": day(found.full_from),
        "sum": rupiah(found.sum_at_end), "whole": rupiah(found.full_sum),
    }  # fmt: skip
    if found.never_full:
        return gettext(
            "Dibiayai %(scheme)s sampai %(until)s, sebelum santunan kematian penuh (%(full)s): %(sum)s, bukan %(whole)s"
        ) % told  # fmt: skip
    return gettext("Dibiayai %(scheme)s sampai %(until)s; santunan kematian penuh sejak %(full)s") % told
