"""The line on the profile of a person: where to ask what is kept, and to have it corrected."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from jangkau.registry.access.models import Permission
from jangkau.registry.lists.events import ProfileNote, ProfileOpened


def tell_data_requests(event: ProfileOpened) -> None:
    """Adds the way to the requests, for those who answer them."""
    if event.scope.may(Permission.WORK_CASES, event.village):
        place = reverse("data_request", args=[event.person])
        event.notes.append(ProfileNote(gettext("Permintaan data pribadi"), place))
