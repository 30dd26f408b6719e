"""Proyek desa: the list with its map, a work, its steps and its roster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.core.reading.pasted import workers_in
from jangkau.programmes.construction import queries
from jangkau.programmes.construction.actions.rosters import add_workers, remove_worker, tell_branch
from jangkau.programmes.construction.actions.works import add_addendum, advance, note_work
from jangkau.programmes.construction.forms import (
    AddendumForm,
    FilterForm,
    LeaveForm,
    StepForm,
    TellForm,
    WorkersForm,
    WorkForm,
)
from jangkau.programmes.construction.models import Work
from jangkau.programmes.construction.presenters import words
from jangkau.programmes.construction.presenters.books import works_workbook
from jangkau.programmes.construction.presenters.contributions import by_both_bases
from jangkau.programmes.construction.states import STEPS, State
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.lists.forms import RevealForm
from jangkau.registry.lists.queries import measured_on, regions
from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.views import done, download


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The works of an area: what they come to, where there is a gap, and which they are."""
    scope = scope_of(request.user)
    form = FilterForm(request.GET, years=queries.years(scope))
    if not form.is_valid():
        return redirect("works")
    told = form.cleaned_data
    found = queries.chosen(scope, **form.chosen)
    area = told["region"] or regions.home_code(scope)
    counted = queries.by_village(found)
    sums = queries.sums(found)
    page = queries.page_of(found, after=told["after"], before=told["before"])
    context = {
        "form": form,
        "region": regions.place(told["region"]) if told["region"] else None,
        "headline": words.headline(sums),
        "sums": sums,
        "on": measured_on(),
        "page": page,
        "rows": [(work, words.gap_tag(work)) for work in page.works],
        "map": words.map_cells(counted, area[:8] if len(area) > 8 else area),
        "any": sums.works or queries.works(scope).exists(),
        "may_write": scope.may_write,
    }
    return render(request, "construction/index.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The works that are shown, all pages of them, as a workbook."""
    scope = scope_of(request.user)
    form = FilterForm(request.GET, years=queries.years(scope))
    if not form.is_valid():
        return redirect("works")
    found = queries.chosen(scope, **form.chosen)
    return download(works_workbook(found.iterator(), measured_on()), "jangkau-proyek-desa.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A work that is planned."""
    scope = scope_of(request.user)
    form = WorkForm(
        request.POST or None, villages=_villages(scope), label_suffix="", initial=_from_budget(request, scope)
    )
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            require_write(scope)
            work = note_work(by=scope.user, as_of=today(), village_id=told.pop("village"), **told)
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, _("Proyek dicatat. Isi daftar pekerjanya."))
            return redirect("work", number=work.pk)
    return render(request, "construction/new.html", {"form": form, "may_write": scope.may_write})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One work: its gap, its contribution, its roster, what happened."""
    scope = scope_of(request.user)
    return work_page(request, scope, work_or_404(scope, number))


@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a work a step further."""
    scope = scope_of(request.user)
    work = work_or_404(scope, number)
    form = StepForm(request.POST)
    if not form.is_valid():
        return told_why(request, number, form)
    told = dict(form.cleaned_data)
    return acted(
        request, scope, number, lambda: advance(work, State(told.pop("to")), by=scope.user, as_of=today(), **told)
    )


@require_POST
def workers(request: HttpRequest, number: int) -> HttpResponse:
    """Adds the pasted workers."""
    scope = scope_of(request.user)
    work = work_or_404(scope, number)
    form = WorkersForm(request.POST)
    if not form.is_valid():
        return told_why(request, number, form)
    told = form.cleaned_data

    def add() -> None:
        added = add_workers(
            work, workers_in(told["pasted"], today()), by=scope.user, as_of=today(), first_on=told["first_on"],
            named_on=told["named_on"],
        )  # fmt: skip
        for sentence in words.added_sentences(added):
            messages.info(request, sentence)

    return acted(request, scope, number, add)


@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """A worker leaves."""
    scope = scope_of(request.user)
    work = work_or_404(scope, number)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return told_why(request, number, form)
    line = get_object_or_404(queries.roster(scope, work), pk=form.cleaned_data.pop("line"))
    return acted(request, scope, number, lambda: remove_worker(line, by=scope.user, as_of=today(), **form.cleaned_data))


@require_POST
def tell(request: HttpRequest, number: int) -> HttpResponse:
    """Notes that the branch was told of the changes."""
    scope = scope_of(request.user)
    work = work_or_404(scope, number)
    form = TellForm(request.POST)
    if not form.is_valid():
        return told_why(request, number, form)
    return acted(
        request, scope, number, lambda: tell_branch(work, by=scope.user, as_of=today(), on=form.cleaned_data["on"])
    )


@require_POST
def addendum(request: HttpRequest, number: int) -> HttpResponse:
    """Adds to the contract of a work."""
    scope = scope_of(request.user)
    work = work_or_404(scope, number)
    form = AddendumForm(request.POST)
    if not form.is_valid():
        return told_why(request, number, form)
    return acted(request, scope, number, lambda: add_addendum(work, by=scope.user, as_of=today(), **form.cleaned_data))


def work_page(request: HttpRequest, scope: Scope, work: Work, **more: Any) -> HttpResponse:
    """The page of a work."""
    context = {
        "work": work,
        "on": work.assessed_on,
        "gaps": words.gap_sentences(work),
        "bases": by_both_bases(work),
        "roster": words.roster_rows(queries.roster(scope, work), work),
        "workers_form": WorkersForm(
            label_suffix="", auto_id="add_%s", initial={"first_on": work.starts_on, "named_on": today()}
        ),
        "transitions": work.transitions.select_related("made_by").order_by("pk"),
        "addenda": work.addenda.select_related("added_by").order_by("pk"),
        "steps": [State(after) for after in STEPS[work.state]],
        "today": today(),
        "addendum": AddendumForm(label_suffix="", auto_id="addendum_%s"),
        "is_open": queries.is_open(work),
        "reason": RevealForm(),
        "may_write": scope.at(work.village_id).may_write,
    }
    response = render(request, "construction/work.html", context | more)
    response["Cache-Control"] = "no-store"
    return response


def work_or_404(scope: Scope, number: int) -> Work:
    """The work of a number, when it lies in the areas."""
    found = queries.works(scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def acted(request: HttpRequest, scope: Scope, number: int, act: Callable[[], object]) -> HttpResponse:
    """Does what was asked, says why when it is refused, and goes back to the work."""

    def work() -> str:
        require_write(scope)
        act()
        return _("Tersimpan.")

    done(request, work)
    return redirect("work", number=number)


def told_why(request: HttpRequest, number: int, form: Form) -> HttpResponse:
    """Goes back to the work and says what is lacking."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            messages.error(request, f"{label}: {error}" if label else str(error))
    return redirect("work", number=number)


def today() -> date:
    """The day for which the register was measured last, else that of the office."""
    return measured_on() or timezone.localdate()


def _villages(scope: Scope) -> list[Place]:
    """The villages of the areas somebody may see."""
    found: list[Place] = []
    for area in scope.areas:
        here = regions.place(area)
        found += [here] if here.level == "village" else list(regions.villages_in(here))
    return found


def _from_budget(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """What a line of the village budget says of a work, when the form was opened from one."""
    number = request.GET.get("budget", "")
    line = queries.budget_lines(scope).filter(pk=number).first() if number.isdecimal() else None
    if line is None:
        return {}
    return {
        "activity": line.activity, "village": line.village_id, "value": line.value, "source": line.fund,
        "starts_on": line.starts_on, "ends_on": line.ends_on,
    }  # fmt: skip
