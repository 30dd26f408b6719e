"""Who came, and what belongs to an event: people pasted, typed or uploaded; material and pictures."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from jangkau.core.kernel import JangkauError, RegionCode
from jangkau.core.reading.attendance import pasted_attendance
from jangkau.programmes.outreach.actions import attending
from jangkau.programmes.outreach.forms import AttendanceForm, EventFileForm
from jangkau.programmes.outreach.gateways.sheets import Sheet, read_sheet
from jangkau.programmes.outreach.models import EventFile
from jangkau.programmes.outreach.presenters.books import attendance_book
from jangkau.programmes.outreach.views.events import acted, event_of, event_page, writer
from jangkau.registry.access.actions import record_look
from jangkau.registry.lists.forms import RevealForm
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.presenters import figures
from jangkau.registry.people.views import download


@require_POST
def attend(request: HttpRequest, number: int) -> HttpResponse:
    """Writes down who came; an uploaded list is kept as a file, too."""
    scope = writer(request)
    found = event_of(scope, number)
    form = AttendanceForm(request.POST, request.FILES)
    if not form.is_valid():
        return event_page(request, scope, found, attendance=form)
    village = found.place_id if found.place and found.place.level == "village" else None
    today = timezone.localdate()
    sent = form.cleaned_data["file"]
    try:
        if sent:
            content = sent.read()
            came = attending.add_attendance(
                found, read_sheet(Sheet(content, sent.name, settings.JANGKAU_AREA, village, today)), by=scope.user
            )
            attending.add_file(found, EventFile.What.ATTENDANCE, sent.name, content, by=scope.user)
        else:
            told = pasted_attendance(
                form.cleaned_data["people"], gazetteer=gazetteer(), area=RegionCode(settings.JANGKAU_AREA),
                village=village, as_of=today,
            )  # fmt: skip
            came = attending.add_attendance(found, told, by=scope.user)
    except JangkauError as error:
        form.add_error("file" if sent else "people", error.sentence(get_language() or "id"))
        return event_page(request, scope, found, attendance=form)
    said = gettext("%(written)s orang dicatat, %(known)s dikenali di register.")
    messages.success(
        request, said % {"written": figures.people(came.written), "known": figures.people(came.recognised)}
    )
    return redirect("outreach_event", number)


@require_POST
def remove(request: HttpRequest, number: int, attendee: int) -> HttpResponse:
    scope = writer(request)
    found = event_of(scope, number)
    return acted(request, number, lambda: attending.remove_attendee(found, attendee, by=scope.user))


@require_POST
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """Who came, with whole NIKs, for a reason that is written down."""
    scope = writer(request)
    found = event_of(scope, number)
    reason = RevealForm(request.POST)
    if not reason.is_valid():
        for said in reason.errors.get("because", []):
            messages.error(request, str(said))
        return redirect("outreach_event", number)
    people = list(found.attendees.select_related("village").order_by("pk"))
    because = reason.cleaned_data["because"]
    record_look(
        by=scope.user, action="attendance_taken", subject=f"event {number}", because=because, people=len(people)
    )
    return download(attendance_book(found, people), f"jangkau-hadir-{number}.xlsx")


@require_POST
def file(request: HttpRequest, number: int) -> HttpResponse:
    """Keeps a document or a picture; it is handed out by the registry's page of papers, as an attachment."""
    scope = writer(request)
    found = event_of(scope, number)
    form = EventFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return event_page(request, scope, found, file=form)
    sent = form.cleaned_data["file"]
    return acted(
        request,
        number,
        lambda: attending.add_file(found, form.cleaned_data["what"], sent.name, sent.read(), by=scope.user),
    )
