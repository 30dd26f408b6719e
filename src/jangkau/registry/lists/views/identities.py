"""From a person's page: two people who are one are compared and merged; rows of somebody else are split off."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.core.kernel import JangkauError
from jangkau.core.linkage import weights_between
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.lists.actions.deciding import merge_people, split_person
from jangkau.registry.lists.models import Ruling
from jangkau.registry.lists.presenters.pairs import evidence_words, pair_fields, written
from jangkau.registry.people import queries as people_queries
from jangkau.registry.people.models import Person
from jangkau.registry.people.views import telling

MOST_OTHERS = 6
_ROW = re.compile(r"(\d+)-(\d+)")


@require_POST
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Shows the other person beside this one; merges them when the other's number was confirmed."""
    scope = scope_of(request.user)
    one = _person(scope, number)
    confirmed = request.POST.get("number", "")
    try:
        require_write(scope)
        if confirmed.isdigit():
            _tell(request, merge_people(one, _person(scope, int(confirmed)), by=scope.user))
            return redirect("person", number=people_queries.survivor(number))
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("person", number=number)
    sought = request.POST.get("other", "").strip()[:100]
    like = people_queries.search(scope, sought).page(most=MOST_OTHERS + 1).people if sought else []
    found = [other for other in like if other.pk != number][:MOST_OTHERS]
    if not found:
        messages.info(request, _("Tidak ada orang lain dengan nama atau nomor itu."))
        return redirect("person", number=number)
    left = written(one)
    sides = []
    for other in found:
        right = written(other)
        weights = weights_between(left, right)
        sides.append(
            {"person": other, "fields": pair_fields(scope, left, right, weights), "words": evidence_words(weights)}
        )
    response = render(request, "people/merge.html", {"one": one, "sides": sides})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def split(request: HttpRequest, number: int) -> HttpResponse:
    """Gives the chosen rows to a person of their own."""
    scope = scope_of(request.user)
    person = _person(scope, number)
    found = [_ROW.fullmatch(text) for text in request.POST.getlist("row")]
    with telling(request):
        require_write(scope)
        _tell(request, split_person(person, [(int(row[1]), int(row[2])) for row in found if row], by=scope.user))
    return redirect("person", number=number)


def _tell(request: HttpRequest, ruling: Ruling) -> None:
    if ruling.state == Ruling.State.PROPOSED:
        messages.info(request, _("Diusulkan; berlaku sesudah orang kedua menyetujuinya."))
    else:
        messages.success(request, _("Disimpan dan dicatat. Dapat dibatalkan di Padanan, Keputusan."))


def _person(scope: Scope, number: int) -> Person:
    found = people_queries.people(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
