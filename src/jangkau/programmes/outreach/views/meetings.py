"""What a meeting agreed, what it takes up again, and its minutes as PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.outreach.actions.holding import take_over
from jangkau.programmes.outreach.forms import AgreedFormSet, CarryForm
from jangkau.programmes.outreach.presenters.meetings import SOURCE, minutes_paper
from jangkau.programmes.outreach.presenters.words import shown_day
from jangkau.programmes.outreach.views.events import acted, event_of, event_page, writer
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.cases.actions import Agreed, agree, carry_over
from jangkau.registry.cases.queries import agenda
from jangkau.registry.people.views import PDF, download


@require_POST
def agreed(request: HttpRequest, number: int) -> HttpResponse:
    """Writes down what was agreed; every point with an owner and a deadline, or none of them."""
    scope = writer(request)
    found = event_of(scope, number)
    points = AgreedFormSet(request.POST, prefix="points")
    if not points.is_valid():
        return event_page(request, scope, found, points=points)
    said = [form.cleaned_data for form in points if form.cleaned_data.get("text")]
    try:
        agree(
            [Agreed(**point, region=found.place_id) for point in said],
            source_kind=SOURCE, source_id=found.pk, series=found.series, on=shown_day(found) or timezone.localdate(),
            by=scope.user,
        )  # fmt: skip
    except JangkauError as error:
        return event_page(request, scope, found, points=points, refused=error.sentence(get_language() or "id"))
    take_over(found, by=scope.user)
    messages.success(request, gettext("Kesepakatan dicatat."))
    return redirect("outreach_event", number)


@require_POST
def carry(request: HttpRequest, number: int, follow_up: int) -> HttpResponse:
    """An open point gets another deadline at this meeting; the first one stays written down."""
    scope = writer(request)
    found = event_of(scope, number)
    item = get_object_or_404(agenda(scope, SOURCE, found.series), pk=follow_up)
    form = CarryForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Isi batas waktu yang baru."))
        return redirect("outreach_event", number)
    due_on, today = form.cleaned_data["due_on"], shown_day(found) or timezone.localdate()
    return acted(
        request,
        number,
        lambda: carry_over(item.pk, to_source=found.pk, due_on=due_on, on=today, by=scope.user),
        gettext("Batas waktu diperbarui."),
    )


@require_safe
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes as PDF."""
    scope = scope_of(request.user)
    found = event_of(scope, number)
    try:
        paper = minutes_paper(scope, found)
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("outreach_event", number)
    return download(paper, f"notulen-{found.pk}.pdf", PDF)
