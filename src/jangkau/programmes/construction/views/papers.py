"""What leaves the register: the branch's file of a work, the proof for the village, builders to enrol. Whole NIKs go
out for a reason that is written down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.construction import queries
from jangkau.programmes.construction.forms import BuilderForm
from jangkau.programmes.construction.presenters.branch_book import branch_book, builders_book
from jangkau.programmes.construction.presenters.proof import cover_from, proof_pdf
from jangkau.programmes.construction.presenters.words import builder_rule
from jangkau.programmes.construction.queries import builders as who
from jangkau.programmes.construction.views.works import today, told_why, work_or_404
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.permissions import require_write, scope_of
from jangkau.registry.lists.forms import RevealForm
from jangkau.registry.people.views import PDF, download

BUILDERS_ON_A_PAGE = 50
BUILDERS_IN_A_BOOK = 20_000


@require_POST
def branch_file(request: HttpRequest, number: int) -> HttpResponse:
    """The branch's file of a work."""
    scope = scope_of(request.user)
    work = work_or_404(scope, number)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return told_why(request, number, form)
    try:
        require_write(scope)
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("work", number=number)
    roster = who.roster_with_people(scope, queries.roster(scope, work))
    because = form.cleaned_data["because"]
    record_look(
        by=scope.user, action="branch_file_taken", subject=f"work {number}", because=because, people=len(roster)
    )
    return download(branch_book(work, roster), f"jangkau-jakon-{number}.xlsx")


@require_safe
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """The proof for the village."""
    scope = scope_of(request.user)
    work = work_or_404(scope, number)
    try:
        content = proof_pdf(work, queries.roster(scope, work), today())
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("work", number=number)
    return download(content, f"jangkau-bukti-jakon-{number}.pdf", PDF)


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Is the proof in somebody's hand genuine, and what holds today? No names."""
    work = queries.work_with_code(code)
    context: dict[str, Any] = {"work": work}
    if work:
        context |= {"village": work.village, "cover_from": cover_from(work), "workers": queries.reported_workers(work)}
    return render(request, "construction/verify.html", context, status=200 if work else 404)


@require_safe
def builders(request: HttpRequest) -> HttpResponse:
    """Builders without a membership who work project after project."""
    scope = scope_of(request.user)
    form = BuilderForm(request.GET)
    if not form.is_valid():
        return redirect("work_builders")
    works, days = form.rule
    found = list(who.candidates(scope, today(), works=works, days=days))
    context = {
        "form": form,
        "page": who.page_of(found, form.cleaned_data["after"], BUILDERS_ON_A_PAGE),
        "rule": builder_rule(works, days, today()),
        "count": len(found),
        "reason": RevealForm(),
        "may_write": scope.may_write,
        "on": today(),
    }
    response = render(request, "construction/builders.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def builders_workbook(request: HttpRequest) -> HttpResponse:
    """All of them with their whole NIK."""
    scope = scope_of(request.user)
    form, reason = BuilderForm(request.GET), RevealForm(request.POST)
    try:
        require_write(scope)
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("work_builders")
    if not (form.is_valid() and reason.is_valid()):
        for said in reason.errors.get("because", []):
            messages.error(request, str(said))
        return redirect("work_builders")
    works, days = form.rule
    rows = list(who.candidates(scope, today(), works=works, days=days)[:BUILDERS_IN_A_BOOK])
    record_look(
        by=scope.user, action="people_taken", subject="builders", because=reason.cleaned_data["because"],
        people=len(rows),
    )  # fmt: skip
    content = builders_book(who.people_of(rows), builder_rule(works, days, today()), today())
    return download(content, "jangkau-calon-bpu.xlsx")
