"""Who must stop being paid for, and whose funding ends soon."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jangkau.core.kernel import Refused
from jangkau.programmes.subsidy import queries
from jangkau.programmes.subsidy.actions.assessing import select
from jangkau.programmes.subsidy.actions.leaving import let_leave
from jangkau.programmes.subsidy.actions.nominating import nominate_again
from jangkau.programmes.subsidy.forms import LeaveForm
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.queries.ending import ending_soon
from jangkau.programmes.subsidy.queries.facts import as_of
from jangkau.programmes.subsidy.queries.leaving import due_to_leave
from jangkau.programmes.subsidy.views.asking import scheme_or_404
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.people.presenters.figures import people
from jangkau.registry.people.views import done

PEOPLE_ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def leavers(request: HttpRequest, number: int) -> HttpResponse:
    """Whom the register or the branch knows to be dead, gone, employed or refused; they stop, the reserve moves up."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    found = due_to_leave(scheme, as_of(scheme)) if scope.allows(scheme.area_id) else {}
    if request.method == "POST":
        chosen = {int(value) for value in request.POST.getlist("nominee") if value.isdecimal()}
        form = LeaveForm(request.POST)
        because = form.cleaned_data["because"] if form.is_valid() else ""
        everybody = "all" in request.POST
        leaving = {pk: str(why) for pk, why in found.items() if everybody or pk in chosen}
        leaving |= {pk: because for pk in chosen if because and pk not in found}
        done(request, lambda: _replaced(scope, scheme, leaving))
        return redirect("scheme", number=number)
    page = Paginator(sorted(found), PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    named = queries.nominees(scope, scheme).in_bulk(list(page))
    context = {
        "scheme": scheme,
        "page": page,
        "rows": [(named[pk], found[pk].label) for pk in page if pk in named],
        "reserve": scheme.nominees.filter(state="reserve").count(),
        "may_write": scope.at(scheme.area_id).may_write,
    }
    response = render(request, "subsidy/leavers.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _replaced(scope: Scope, scheme: Scheme, leaving: dict[int, str]) -> str:
    count = let_leave(scope, scheme, leaving)
    chosen = select(scope, scheme).get("selected", 0)
    return _("%(n)s orang berhenti dibiayai, %(m)s pengganti terpilih. Susun SK perubahannya.") % {
        "n": people(count), "m": people(chosen)
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: HttpRequest) -> HttpResponse:
    """Whose funding ends within 60 days; proposed for another scheme in one step."""
    scope = scope_of(request.user)
    today = timezone.localdate()
    found = ending_soon(scope, today)
    if request.method == "POST":
        done(request, lambda: _renewed(scope, request.POST.get("scheme", ""), found.values_list("pk", flat=True)))
        return redirect("subsidy_ending")
    page = Paginator(found, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "schemes": [each for each in queries.schemes(scope) if scope.allows(each.area_id)],
        "may_write": scope.may_write,
        "today": today,
    }
    response = render(request, "subsidy/ending.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _renewed(scope: Scope, number: str, numbers: Iterable[int]) -> str:
    require_write(scope)
    scheme = queries.schemes(scope).filter(pk=int(number)).first() if number.isdecimal() else None
    if scheme is None:
        raise Refused("Pilih skema yang meneruskan.", "Choose the scheme that goes on paying.")
    count = nominate_again(scope, scheme, list(numbers))
    return _("%(n)s orang diusulkan untuk %(scheme)s.") % {"n": people(count), "scheme": scheme.name}
