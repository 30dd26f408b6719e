"""Those proposed for a scheme: propose, filter, check, take along."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import Refused
from jangkau.programmes.subsidy import queries
from jangkau.programmes.subsidy.actions.checking import record_checks
from jangkau.programmes.subsidy.actions.nominating import Which, nominate_list, nominate_niks
from jangkau.programmes.subsidy.forms import CheckForm, FilterForm, ProposeForm
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.presenters.nominees import ANSWER, NUMBER, codes_of_words, nominee_lines, nominees_book
from jangkau.programmes.subsidy.states import OPEN, RoundKind
from jangkau.programmes.subsidy.views.asking import lists_offered, scheme_or_404
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope, require_columns, require_write, scope_of
from jangkau.registry.lists import queries as list_queries
from jangkau.registry.people.gateways.filled import rows_filled_in, text_of
from jangkau.registry.people.presenters.figures import people
from jangkau.registry.people.views import done, download

LARGEST = 20 * 2**20


@require_POST
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """Proposes rows of a list, or pasted numbers."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    form = ProposeForm(request.POST, lists=lists_offered(scope))
    if form.is_valid():
        done(request, lambda: _proposed(scope, scheme, form.cleaned_data))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("scheme", number=number)


def _proposed(scope: Scope, scheme: Scheme, told: Mapping[str, object]) -> str:
    if told["sent_list"]:
        item = list_queries.lists(scope).get(pk=int(str(told["sent_list"])))
        decile = told["highest_decile"]
        if decile:  # who is taken for the decile is told the decile
            require_columns(scope.user, frozenset({Column.DECILE}))
        which = Which(str(told["region"]), str(told["occupation"]), int(str(decile)) if decile else None)
        count = nominate_list(scope, scheme, item, which)
    else:
        count = nominate_niks(scope, scheme, str(told["niks"]))
    return _("%(n)s orang diusulkan. Nilai syaratnya.") % {"n": people(count)}


@require_safe
def table(request: HttpRequest, number: int) -> HttpResponse:
    """The nominees that a filter means, a page of them."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    form = FilterForm(request.GET, villages=queries.villages(scope, scheme))
    if not form.is_valid():
        return redirect("nominees", number=number)
    told = form.cleaned_data
    found = queries.chosen(scope, scheme, **told)
    page = queries.page_of(found, after=told["after"], before=told["before"])
    context = {
        "scheme": scheme,
        "form": form,
        "count": found.count(),
        "page": page,
        "rows": nominee_lines(scope, scheme, page.nominees),
        "check": CheckForm(label_suffix=""),
        "may_write": scope.may_write,
    }
    response = render(request, "subsidy/nominees.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """The nominees of a filter as a workbook that can be filled in and sent back; whole numbers for who may write."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    form = FilterForm(request.GET, villages=queries.villages(scope, scheme))
    if not form.is_valid():
        return redirect("nominees", number=number)
    whole = all(scope.at(area).may_write for area in scope.areas)  # rows of all areas stand in one book
    content = nominees_book(scope, scheme, queries.chosen(scope, scheme, **form.cleaned_data), whole=whole)
    record_look(
        by=scope.user, action="nominees_downloaded", subject=f"scheme {scheme.pk}", masked=not whole,
        **{name: form.cleaned_data[name] for name in ("state", "reason", "village")},
    )  # fmt: skip
    return download(content, f"jangkau-calon-{scheme.pk}.xlsx")


@require_POST
def check(request: HttpRequest, number: int) -> HttpResponse:
    """Keeps what a check found: of those chosen on the page, of all that the filter means, or from a workbook."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    form = CheckForm(request.POST, request.FILES)
    if form.is_valid():
        done(request, lambda: _checked(scope, scheme, form, request))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    back = QueryDict(request.POST.get("filter", "")).urlencode()
    return redirect(f"{reverse('nominees', args=[number])}?{back}")


def _checked(scope: Scope, scheme: Scheme, form: CheckForm, request: HttpRequest) -> str:
    require_write(scope)
    kind = RoundKind(form.cleaned_data["kind"])
    if form.cleaned_data["book"]:
        content = form.cleaned_data["book"]
        if content.size > LARGEST:
            raise Refused("Buku kerja lebih besar dari 20 MB.", "The workbook is larger than 20 MB.")
        answers = _answers_in(content.read(), kind)
    else:
        answer = form.cleaned_data["answer"].removeprefix("civil:")
        numbers = _numbers(scope, scheme, request)
        answers = dict.fromkeys(numbers, answer)
    if not answers or "" in answers.values():
        raise Refused(
            "Pilih orang dan hasilnya, atau isi buku kerja.", "Choose people and a result, or fill the workbook."
        )
    count = record_checks(scope, scheme, kind, answers)
    return _("Hasil cek %(n)s orang dicatat.") % {"n": people(count)}


def _numbers(scope: Scope, scheme: Scheme, request: HttpRequest) -> list[int]:
    if "all" in request.POST:
        form = FilterForm(QueryDict(request.POST.get("filter", "")), villages=queries.villages(scope, scheme))
        told = form.cleaned_data if form.is_valid() else {}
        return list(queries.chosen(scope, scheme, **told).filter(state__in=OPEN).values_list("pk", flat=True))
    return [int(number) for number in request.POST.getlist("nominee") if number.isdecimal()]


def _answers_in(content: bytes, kind: RoundKind) -> dict[int, str]:
    """Number of the nominee to answer, from a workbook that this page gave out and somebody filled in."""
    codes, found = codes_of_words(kind), {}
    for told in rows_filled_in(content, (NUMBER, ANSWER)):
        words, number = text_of(told[ANSWER]).lower(), text_of(told[NUMBER])
        if words and number.isdecimal():
            found[int(number)] = codes.get(words, words)
    return found
