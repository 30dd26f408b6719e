"""Pekerja: find people by name, NIK, KPJ or a pasted column of NIK; see whether they are protected and on which lists
they stand. What was searched for never stands in an address or a log."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jangkau.registry.access.actions import record_look
from jangkau.registry.access.events import announce
from jangkau.registry.access.models import Permission, User
from jangkau.registry.access.permissions import Scope, scope_of, taken_out
from jangkau.registry.lists import queries
from jangkau.registry.lists.events import ProfileOpened
from jangkau.registry.lists.forms import RevealForm, SearchForm
from jangkau.registry.lists.presenters.pairs import ROW_COLUMNS
from jangkau.registry.lists.presenters.people import latest_memberships, person_view, person_views, stand_views
from jangkau.registry.lists.presenters.protection import if_died_on
from jangkau.registry.lists.presenters.sources import source_lines
from jangkau.registry.people import queries as people_queries
from jangkau.registry.people.models import Person


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """A search box and what it found. Sent by POST: names and numbers stay out of addresses."""
    scope = scope_of(request.user)
    form = SearchForm(request.POST or None)
    context: dict[str, object] = {"form": form, "searched": False}
    if form.is_valid():
        sought = form.cleaned_data["q"]
        found = people_queries.search(scope, sought)
        page = found.page(after=form.cleaned_data["after"], before=form.cleaned_data["before"])
        context |= {
            "searched": True,
            "q": sought,
            "page": page,
            "people": person_views(page.people, queries.measured_on()),
            "numbers_asked": found.numbers_asked,
            "numbers_unknown": found.numbers_unknown,
        }
        record_look(by=scope.user, action="people_searched", subject="people", shown=len(page.people))
    response = render(request, "people/search.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person: protected or not, memberships, lists."""
    scope = scope_of(request.user)
    remained = people_queries.survivor(number)
    if remained != number:
        return redirect("person", number=_person_or_404(scope, remained).pk)
    return _profile(request, scope, _person_or_404(scope, number), revealed=False)


@require_POST
def reveal_nik(request: HttpRequest, number: int) -> HttpResponse:
    """Shows the whole NIK once, for a reason that is written down."""
    scope = scope_of(request.user)
    found = _person_or_404(scope, number)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _profile(request, scope, found, revealed=False, form=form)
    user = request.user if isinstance(request.user, User) else None
    record_look(by=user, action="nik_revealed", subject=f"person {number}", because=form.cleaned_data["because"])
    return _profile(request, scope, found, revealed=True)


def _profile(
    request: HttpRequest, scope: Scope, found: Person, *, revealed: bool, form: RevealForm | None = None
) -> HttpResponse:
    if not revealed:
        record_look(by=scope.user, action="person_opened", subject=f"person {found.pk}")
    stands = queries.appearances(scope, found.pk, ROW_COLUMNS)
    opened = ProfileOpened(scope, found.pk, found.nik, found.village_id)
    announce(opened)
    measured_on, memberships = queries.measured_on(), latest_memberships(found)
    view = person_view(found, measured_on)
    protection, sources = if_died_on(measured_on, view.state, memberships), source_lines(scope, found, stands)
    taken_out(scope.user, found)  # what follows is shown
    context = {
        "person": view,
        "protection": protection,
        "nik": found.nik if revealed else found.masked_nik,
        "revealed": revealed,
        "stands": stand_views(stands),
        "sources": sources,
        "may_reveal": scope.may(Permission.NIK, found.village_id),
        "may_write": scope.at(found.village_id).may_write,
        "memberships": [taken_out(scope.user, each) for each in memberships],
        "notes": opened.notes,
        "form": form or RevealForm(),
    }
    response = render(request, "people/person.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _person_or_404(scope: Scope, number: int) -> Person:
    found = people_queries.people(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
