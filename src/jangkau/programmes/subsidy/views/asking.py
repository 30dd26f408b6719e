"""What the pages of the room share: which scheme is meant."""

from __future__ import annotations

from django.http import Http404

from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.queries import schemes
from jangkau.registry.access.permissions import Scope


def scheme_or_404(scope: Scope, number: int) -> Scheme:
    found = schemes(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
