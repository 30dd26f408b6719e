"""What the pages of the room share: which scheme is meant, and an action with its answer in words."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from jangkau.core.kernel import JangkauError
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.queries import schemes
from jangkau.registry.access.permissions import Scope


def scheme_or_404(scope: Scope, number: int) -> Scheme:
    found = schemes(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def done(request: HttpRequest, work: Callable[[], str]) -> bool:
    """Does something and says so, or says why not; tells whether it was done."""
    try:
        said = work()
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return False
    messages.success(request, said)
    return True
