"""The help desk: a person, what happened, what the family may expect, the papers, the claims; and all claims with what
was paid against what was expected."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangkau.core.measures.standing import Held
from jangkau.core.rules import evaluate
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.opening import keep_papers, open_claims
from jangkau.programmes.claims.forms import ChildForm, EventForm
from jangkau.programmes.claims.presenters.claims import claim_views, claims_book
from jangkau.programmes.claims.presenters.entitlement import (
    HEIRS,
    STANDING,
    Event,
    entitlements,
    heirs_among,
)
from jangkau.programmes.claims.queries.scholarships import children_of, gives_scholarship
from jangkau.programmes.claims.states import ENDED, KIND, LEVELS, PERSON, TOPICS
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.models import Case
from jangkau.registry.cases.queries import cases_on
from jangkau.registry.people import queries as people
from jangkau.registry.people.models import Person
from jangkau.registry.people.views import done, download

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person at the desk: what runs already, and what follows from an event. Posting opens the ticked claims."""
    scope = scope_of(request.user)
    found = person_or_404(scope, number)
    form = EventForm(request.POST or None, label_suffix="", initial=_known(found))
    event = _event(found, form)
    if "open" in request.POST and event is not None:
        topics = request.POST.getlist("topic")
        if done(request, lambda: _opened(scope, found, event, topics)):
            return redirect("desk", number=found.pk)
    held = queries.held_by(scope, [found.pk]).get(found.pk, [])
    lines = queries.claim_lines(scope, cases_on(scope, PERSON, [found.pk]).filter(kind=KIND))
    running = {line.case.topic for line in lines if not line.case.ended}
    told = entitlements(event, held) if event else []
    paid = queries.settled((line.case for line in lines), event.on) if event else set()
    context = {
        "person": found,
        "held": held,
        "claims": [(view, _child_form(view.line.case, held)) for view in claim_views(lines, timezone.localdate())],
        "running": running,
        "paid": paid,
        "form": form,
        "event": event,
        "rights": [(each, TOPICS[each.topic], STANDING[each.standing.state]) for each in told],
        "may_open": scope.may_write and any(each.verdict != "no" and each.topic not in running | paid for each in told),
        "first_report": _first_report(event),
        "heirs": heirs_among(form.cleaned_data["relatives"]) if event and form.cleaned_data["relatives"] else None,
        "heir_order": HEIRS,
        "children": children_of(scope, [line.case.pk for line in lines]),
        "ended": ENDED,
        "may_write": scope.at(found.village_id).may_write,
    }
    response = render(request, "claims/desk.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _opened(scope: Scope, person: Person, event: Event, topics: Sequence[str]) -> str:
    count = len(open_claims(scope, person, event, topics, by=scope.user))
    return ngettext("%(n)s klaim dibuka.", "%(n)s klaim dibuka.", count) % {"n": count}


def person_or_404(scope: Scope, number: int) -> Person:
    found = people.people(scope).filter(pk=people.survivor(number)).first()
    if found is None:
        raise Http404
    return found


def _child_form(case: Case, held: Sequence[Held]) -> ChildForm | None:
    """Where children may be named: on a paid claim that gives scholarships."""
    if case.state != "paid" or not gives_scholarship(case, held):
        return None
    return ChildForm(levels=list(LEVELS.items()), label_suffix="", auto_id=f"child-{case.pk}-%s")


def _known(person: Person) -> dict[str, object]:
    return {"event": "death", "on": person.deceased_on} if person.deceased else {}


def _event(person: Person, form: EventForm) -> Event | None:
    if not form.is_bound or not form.is_valid():
        return None
    told = form.cleaned_data
    return Event(
        told["event"], told["on"], timezone.localdate(), person.birth_date, told["days"], told["disabled"],
        told["balance"], tuple(told["losses"]), told["measure"], told["purpose"],
    )  # fmt: skip


def _first_report(event: Event | None) -> object:
    """Until when an accident is to be reported to the branch."""
    if event is None or event.kind not in ("accident", "death_at_work"):
        return None
    return evaluate("accident_report", {"accident_on": event.on}).values["first_by"]


@require_POST
def papers(request: HttpRequest, number: int) -> HttpResponse:
    """Notes the papers that were brought for a claim."""
    scope = scope_of(request.user)
    case = queries.claims(scope).filter(pk=number, subject_kind=PERSON).first()
    if case is None:
        raise Http404
    brought = request.POST.getlist("paper")

    def work() -> str:
        return _("%(n)s berkas dicatat sudah ada.") % {"n": keep_papers(scope, case, brought, by=scope.user)}

    done(request, work)
    return redirect("desk", number=case.subject_id)


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """All claims, with what was paid against what was expected."""
    scope = scope_of(request.user)
    page = Paginator(queries.claims(scope), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "claims": claim_views(queries.claim_lines(scope, page), timezone.localdate()),
        "results": queries.results(scope),
    }
    return render(request, "claims/claims.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """All claims as a workbook."""
    scope = scope_of(request.user)
    lines = queries.claim_lines(scope, queries.claims(scope))
    today = timezone.localdate()
    record_look(by=scope.user, action="claims_downloaded", subject=KIND, rows=len(lines))
    return download(claims_book(lines, today), f"klaim-{today}.xlsx")
