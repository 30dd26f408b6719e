"""Events: the list of them, one of them, the plan of one, how it went, cancelled, taken home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangkau.core.kernel import Refused
from jangkau.programmes.outreach import queries
from jangkau.programmes.outreach.actions import holding
from jangkau.programmes.outreach.forms import (
    AttendanceForm,
    CancelForm,
    EventFileForm,
    EventForm,
    FilterForm,
    HeldForm,
)
from jangkau.programmes.outreach.models import Attendee, Event
from jangkau.programmes.outreach.presenters.books import events_book
from jangkau.programmes.outreach.presenters.meetings import meeting_context
from jangkau.programmes.outreach.presenters.words import TAGS, day_of, name_of, place_of
from jangkau.programmes.outreach.states import State
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.cases.models import FollowUp
from jangkau.registry.cases.queries import follow_ups
from jangkau.registry.lists.forms import RevealForm
from jangkau.registry.people.views import done, download

SOON = timedelta(days=7)
MOST_IN_A_BOOK = 100_000
ATTENDEES_SHOWN = 200
SAID_IN_ADDRESS = ("kind", "place", "employer_name", "planned_on", "series")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The events, the latest first."""
    scope = scope_of(request.user)
    form, said = _filtered(request, scope)
    page = queries.page_of(queries.events(scope, said), after=said.get("after"), before=said.get("before"))
    context = {
        "form": form,
        "said": said,
        "page": page,
        "rows": [_row(event) for event in page.events],
        "counts": queries.counts_by_state(scope),
        "states": State.choices,
        "may_write": scope.may_write,
        "due": follow_ups(scope).filter(state=FollowUp.State.OPEN, due_on__lte=timezone.localdate() + SOON).count(),
    }
    return render(request, "outreach/index.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The events that the filters leave, as a workbook."""
    scope = scope_of(request.user)
    _, said = _filtered(request, scope)
    found = queries.events(scope, said).select_related("place__parent")[:MOST_IN_A_BOOK]
    return download(events_book(found.iterator(chunk_size=2000)), "jangkau-sosialisasi.xlsx")


@require_safe
def event(request: HttpRequest, number: int) -> HttpResponse:
    """One event: what was planned, what came of it."""
    scope = scope_of(request.user)
    return event_page(request, scope, event_of(scope, number))


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """An event to plan; the address may say what is known of it."""
    scope = writer(request)
    said = {
        name: request.GET[name]
        for name in ("kind", "place", "employer_name", "planned_on", "series")
        if name in request.GET
    }
    form = EventForm(request.POST or None, scope=scope, initial={"planned_on": timezone.localdate()} | said)
    if request.method == "POST" and form.is_valid():
        planned = holding.plan_event(form.cleaned_data, by=scope.user)
        messages.success(request, gettext("Kegiatan direncanakan."))
        return redirect("outreach_event", planned.pk)
    return render(request, "outreach/plan.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another day, place or team."""
    scope = writer(request)
    found = event_of(scope, number)
    form = EventForm(request.POST or None, scope=scope, instance=found, initial={"place": found.place_id})
    if request.method == "POST" and form.is_valid():
        fresh = event_of(scope, number)
        return acted(request, number, lambda: holding.change_plan(fresh, form.cleaned_data, by=scope.user))
    return render(request, "outreach/plan.html", {"form": form, "event": found, "name": name_of(found)})


@require_POST
def hold(request: HttpRequest, number: int) -> HttpResponse:
    scope = writer(request)
    found = event_of(scope, number)
    form = HeldForm(request.POST, scope=scope, event=found)
    if not form.is_valid():
        return event_page(request, scope, found, held=form)
    return acted(
        request,
        number,
        lambda: holding.hold_event(found, form.cleaned_data, by=scope.user),
        gettext("Hasil kegiatan dicatat."),
    )


@require_POST
def invite(request: HttpRequest, number: int) -> HttpResponse:
    return _into(request, number, State.INVITED)


@require_POST
def plan_again(request: HttpRequest, number: int) -> HttpResponse:
    return _into(request, number, State.PLANNED)


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    scope = writer(request)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return event_page(request, scope, event_of(scope, number), cancel=form)
    return _into(request, number, State.CANCELLED, form.cleaned_data["because"])


def _into(request: HttpRequest, number: int, state: str, because: str = "") -> HttpResponse:
    scope = writer(request)
    found = event_of(scope, number)
    return acted(request, number, lambda: holding.enter_state(found, state, because=because, by=scope.user))


def event_page(request: HttpRequest, scope: Scope, found: Event, **forms: Any) -> HttpResponse:
    """The page of an event, with the form that was refused when there is one."""
    held = HeldForm(
        scope=scope,
        event=found,
        initial={
            "place": found.place_id,
            "held_on": found.held_on or found.planned_on or timezone.localdate(),
            **{name: getattr(found, name) for name in ("attendance", "speaker", "cost", "result")},
        },
    )
    context = {
        "event": found,
        "name": name_of(found),
        "where": place_of(found),
        "when": day_of(found),
        "tag": TAGS[found.state],
        "changes": found.changes.select_related("changed_by").order_by("-pk"),
        "may_write": scope.at(found.place_id).may_write,
        "held": held,
        "cancel": CancelForm(),
        "attendance": AttendanceForm(),
        "file": EventFileForm(),
        "reason": RevealForm(),
        "files": found.files.select_related("paper").order_by("pk"),
        "attendees": found.attendees.select_related("village").order_by("pk")[:ATTENDEES_SHOWN],
        "links": dict(found.attendees.order_by().values_list("link").annotate(n=Count("pk"))),
        "link_words": Attendee.Link.choices,
    }
    if found.is_meeting:
        context |= meeting_context(scope, found)
    return render(request, "outreach/event.html", context | forms)


def event_of(scope: Scope, number: int) -> Event:
    """An event inside the scope, or 404."""
    return get_object_or_404(queries.events(scope).select_related("place__parent", "employer"), pk=number)


def writer(request: HttpRequest) -> Scope:
    """The scope of somebody who may change what is in it; others get 403."""
    scope = scope_of(request.user)
    try:
        require_write(scope)
    except Refused as refused:
        raise PermissionDenied(refused.sentence(get_language() or "id")) from refused
    return scope


def acted(
    request: HttpRequest, number: int, act: Callable[[], object], said: str = "", *, back: str = ""
) -> HttpResponseRedirect:
    """Does it and goes back to the event, or to the page `back`; says why it was refused."""

    def work() -> str:
        act()
        return said or gettext("Disimpan.")

    done(request, work)
    return redirect(back) if back else redirect("outreach_event", number)


def _filtered(request: HttpRequest, scope: Scope) -> tuple[FilterForm, dict[str, Any]]:
    form = FilterForm(request.GET or None, scope=scope)
    form.is_valid()
    return form, dict(getattr(form, "cleaned_data", {}))


def _row(event: Event) -> dict[str, Any]:
    return {
        "event": event,
        "name": name_of(event),
        "where": place_of(event),
        "when": day_of(event),
        "tag": TAGS[event.state],
    }
