"""Padanan: are these two the same person? One question after the other, many of one kind at once, and what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jangkau.core.kernel import JangkauError
from jangkau.core.linkage import explain
from jangkau.registry.access.permissions import Scope, columns_of, require_write, scope_of
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions.deciding import confirm_ruling, decide_pairs, refuse_ruling, undo_ruling
from jangkau.registry.lists.forms import PairFilterForm
from jangkau.registry.lists.models import ReviewPair, Ruling
from jangkau.registry.lists.presenters.pairs import PairView, pair_view
from jangkau.registry.lists.presenters.words import in_language
from jangkau.registry.lists.queries.pairs import all_pairs, kept, pairs_counted, review_pairs
from jangkau.registry.people.models import Region

MOST_AT_ONCE = 50
RULINGS_ON_A_PAGE = 50
LATER = "pairs_later"
ACTS = {"confirm": confirm_ruling, "refuse": refuse_ruling, "undo": undo_ruling}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The question that was asked for, else the next one."""
    scope = scope_of(request.user)
    form = PairFilterForm(request.GET)
    number = request.GET.get("pair", "")
    narrowed = _narrowed(review_pairs(scope), form)
    asked = narrowed.filter(pk=number).first() if number.isdigit() else None
    return render(request, "lists/pairs.html", _context(request, scope, form, asked))


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Same, different, or later; then the next question."""
    scope = scope_of(request.user)
    form = PairFilterForm(request.POST)
    pair = get_object_or_404(all_pairs(scope), pk=number)
    said = request.POST.get("answer")
    if said == "later":
        request.session[LATER] = [*request.session.get(LATER, []), number]
    elif said in ("same", "different"):
        _attempt(request, lambda: _decide(scope, [pair], said))
    if request.headers.get("HX-Request"):
        return render(request, "lists/_pair.html", _context(request, scope, form, None) | {"swapped": True})
    return redirect(_address(form))


def _decide(scope: Scope, pairs: list[ReviewPair], said: str) -> None:
    require_write(scope)
    decide_pairs(pairs, same=said == "same", by=scope.user)


@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, rule: str) -> HttpResponse:
    """Questions with the same kind of evidence, seen together before they are decided together."""
    scope = scope_of(request.user)
    form = PairFilterForm(request.POST if request.method == "POST" else request.GET)
    found = _narrowed(review_pairs(scope), form).filter(decision=rule)
    if request.method == "POST":
        chosen = [int(text) for text in request.POST.getlist("pair")[:MOST_AT_ONCE] if text.isdigit()]
        pairs = list(found.filter(pk__in=chosen))
        said = request.POST.get("answer", "")
        if pairs and said in ("same", "different") and _attempt(request, lambda: _decide(scope, pairs, said)):
            messages.success(request, _("%(n)s pasangan diputuskan sekaligus.") % {"n": len(pairs)})
        return redirect(_address(form))
    views = [view for pair in found[:MOST_AT_ONCE] if (view := pair_view(scope, pair))]
    if not views:
        raise Http404
    context = {
        "views": views, "total": found.count(), "rule": rule, "words": _words(rule), "filter": form,
        "may_write": scope.may_write,
    }  # fmt: skip
    return render(request, "lists/pairs_group.html", context)


@require_GET
def said(request: HttpRequest) -> HttpResponse:
    """What was said of who is who: proposals that wait for a second person, and the latest decisions."""
    scope = scope_of(request.user)
    found = queries.rulings(scope).annotate(n=Count("pairs"))
    context = {
        "waiting": found.filter(state=Ruling.State.PROPOSED)[:RULINGS_ON_A_PAGE],
        "latest": found.exclude(state=Ruling.State.PROPOSED)[:RULINGS_ON_A_PAGE],
        "scope": scope,
    }
    return render(request, "lists/rulings.html", context)


@require_POST
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Confirms, refuses or undoes what was said."""
    scope = scope_of(request.user)
    ruling = get_object_or_404(queries.rulings(scope), pk=number)
    chosen = ACTS.get(request.POST.get("act", ""))
    if chosen is None:
        raise Http404

    def do() -> None:
        require_write(scope)
        chosen(ruling, by=scope.user)

    if _attempt(request, do):
        messages.success(request, _("Disimpan dan dicatat."))
    return redirect("rulings")


@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """Undoes the user's own latest decision, and asks its question again."""
    scope = scope_of(request.user)
    states = (Ruling.State.IN_FORCE, Ruling.State.PROPOSED)
    last = queries.rulings(scope).filter(said_by=scope.user, state__in=states).first()
    form = PairFilterForm(request.POST)
    if last is None:
        messages.info(request, _("Belum ada keputusan Anda yang dapat dibatalkan."))
        return redirect(_address(form))
    pair = last.pairs.order_by("pk").first()
    undo = undo_ruling if last.state == Ruling.State.IN_FORCE else refuse_ruling

    def do() -> None:
        require_write(scope)
        undo(last, by=scope.user)

    if _attempt(request, do):
        messages.success(request, _("Keputusan terakhir dibatalkan; semuanya kembali seperti semula."))
    return redirect(_address(form, pair))


def _attempt(request: HttpRequest, do: object) -> bool:
    assert callable(do)
    try:
        do()
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return False
    return True


def _narrowed(found: QuerySet[ReviewPair], form: PairFilterForm) -> QuerySet[ReviewPair]:
    if not form.is_valid():
        return found
    chosen = {"sent_list_id": form.cleaned_data["list"], "person__village_id": form.cleaned_data["village"]}
    return found.filter(**{name: value for name, value in chosen.items() if value})


def _address(form: PairFilterForm, pair: ReviewPair | None = None) -> str:
    kept = {k: v for k, v in form.cleaned_data.items() if v} if form.is_valid() else {}
    kept |= {"pair": pair.pk} if pair else {}
    return reverse("pairs") + (f"?{urlencode(kept)}" if kept else "")


def _words(rule: str) -> str:
    try:
        return in_language(dict(zip(("id", "en"), explain(rule), strict=True)))
    except JangkauError as error:
        raise Http404 from error


class _Question(NamedTuple):
    """What is asked, and the numbers of the questions beside it."""

    view: PairView | None
    previous: int | None = None
    following: int | None = None


def _question(request: HttpRequest, scope: Scope, form: PairFilterForm, asked: ReviewPair | None) -> _Question:
    """Made once for all who look at the same: many look at the first one."""
    later = request.session.get(LATER, [])

    def made() -> _Question:
        open_pairs = _narrowed(review_pairs(scope), form)
        view = _next(scope, later, open_pairs, asked)
        beside = (_neighbour(open_pairs, view, forward=forward) for forward in (False, True))
        return _Question(view, *beside)

    chosen = sorted(form.cleaned_data.items()) if form.is_valid() else ()
    told = (get_language(), sorted(columns_of(scope.user)), queries.measured_on(), chosen, later, asked and asked.pk)
    return kept(f"question-{told}", scope, made)


def _next(
    scope: Scope, later: Sequence[int], open_pairs: QuerySet[ReviewPair], asked: ReviewPair | None
) -> PairView | None:
    """The question asked for, else the first that was not put off, else the first."""
    for pair in [asked] if asked else [*open_pairs.exclude(pk__in=later)[:5], *open_pairs.filter(pk__in=later)[:5]]:
        if view := pair_view(scope, pair):
            return view
    return None


def _context(request: HttpRequest, scope: Scope, form: PairFilterForm, asked: ReviewPair | None) -> dict[str, object]:
    question = _question(request, scope, form, asked)
    counted = pairs_counted(scope)
    still_open = [each for each in counted if each.is_open]
    lists = queries.lists(scope).filter(pk__in={each.list_number for each in still_open})
    villages = Region.objects.filter(pk__in={each.village for each in still_open})
    chosen = form.cleaned_data if form.is_valid() else {}
    meant = [
        each
        for each in counted
        if chosen.get("list") in (None, each.list_number) and chosen.get("village") in (None, "", each.village)
    ]
    groups: Counter[str] = Counter()
    for each in meant:
        groups[each.decision] += each.n * each.is_open
    return {
        "view": question.view,
        "done": sum(each.n for each in meant if not each.is_open),
        "total": sum(each.n for each in meant),
        "filter": form,
        "lists": [(n, path.rpartition("/")[2]) for n, path in lists.values_list("pk", "path")],
        "villages": villages.order_by("name").values_list("pk", "name"),
        "groups": [(rule, _words(rule), n) for rule, n in groups.most_common() if n > 1],
        "waiting": queries.rulings(scope).filter(state=Ruling.State.PROPOSED).count(),
        "may_write": scope.may_write,
        "previous": question.previous,
        "following": question.following,
    }


def _neighbour(open_pairs: QuerySet[ReviewPair], view: PairView | None, *, forward: bool) -> int | None:
    """The number of the question before or after this one in their order: the likeliest first."""
    if view is None:
        return None
    chance, number = view.pair.probability, view.pair.pk
    if forward:
        after = Q(probability__lt=chance) | Q(pk__gt=number)  # beside the range, so that an index is walked from there
        return open_pairs.filter(after, probability__lte=chance).values_list("pk", flat=True).first()
    before = Q(probability__gt=chance) | Q(pk__lt=number)
    found = open_pairs.filter(before, probability__gte=chance).order_by("probability", "-pk")
    return found.values_list("pk", flat=True).first()
