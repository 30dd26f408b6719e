"""Who, by name, stands behind the figure of a village? For those who may see the village; names and numbers stay out of
addresses, and who takes the whole list says why."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import require_write, scope_of
from jangkau.registry.lists import queries
from jangkau.registry.lists.forms import RevealForm, VillagePeopleForm
from jangkau.registry.lists.presenters.people import person_views
from jangkau.registry.lists.presenters.people_book import people_workbook
from jangkau.registry.lists.queries import regions
from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.lists.views.days import chosen_day
from jangkau.registry.people import queries as people_queries
from jangkau.registry.people.views import download


@require_safe
def people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of a village in a state, by name, a page of them."""
    scope, village, on = scope_of(request.user), _village(request, code), _measured_day(request)
    form = VillagePeopleForm(request.GET, scope=scope)
    if not form.is_valid():
        return redirect("village_people", code=code)
    meant = regions.people_named(scope, code, on, form.kinds)
    found = people_queries.people(scope).filter(village_id=code)
    page = people_queries.page_of(
        found, only=meant, after=form.cleaned_data["after"], before=form.cleaned_data["before"]
    )
    context = {
        "place": village,
        "ancestors": regions.ancestors(scope, village),
        "on": on,
        "form": form,
        "count": len(meant),
        "unnamed": regions.people_unnamed(scope, code, on),
        "page": page,
        "people": person_views(page.people, on),
        "may_write": scope.at(code).may_write,
        "reason": RevealForm(),
    }
    response = render(request, "people/village.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """All of them with their whole NIK as a workbook, for a reason that is written down."""
    scope, village, on = scope_of(request.user), _village(request, code), _measured_day(request)
    form, reason = VillagePeopleForm(request.GET, scope=scope), RevealForm(request.POST)
    try:
        require_write(scope)
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("village_people", code=code)
    if not (form.is_valid() and reason.is_valid()):
        for said in reason.errors.get("because", []):
            messages.error(request, str(said))
        return redirect("village_people", code=code)
    meant = regions.people_named(scope, code, on, form.kinds)
    found = [p for p in people_queries.people(scope).filter(village_id=code).prefetch_related("memberships")
             if p.pk in meant]  # fmt: skip
    record_look(
        by=scope.user, action="people_taken", subject=f"region {code}", because=reason.cleaned_data["because"],
        people=len(found), on=on.isoformat(),
    )  # fmt: skip
    name = f"jangkau-pekerja-{code}-{on.isoformat()}.xlsx"
    return download(people_workbook(village, on, person_views(found, on)), name)


def _village(request: HttpRequest, code: str) -> Place:
    """The village of a code, when it is one and inside the scope."""
    try:
        found = regions.place(code)
    except JangkauError as error:
        raise Http404(str(error)) from error
    if found.level != "village":
        raise Http404
    if not scope_of(request.user).allows(found.code):
        raise PermissionDenied
    return found


def _measured_day(request: HttpRequest) -> date:
    on = chosen_day(request)
    if on not in queries.days_measured():
        raise Http404
    return on
