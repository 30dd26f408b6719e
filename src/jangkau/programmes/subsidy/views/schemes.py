"""The schemes, one scheme, its form, and the steps that concern all its nominees."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.programmes.subsidy import queries
from jangkau.programmes.subsidy.actions.assessing import assess, select
from jangkau.programmes.subsidy.actions.billing import make_batch
from jangkau.programmes.subsidy.actions.schemes import save_scheme, set_village_quotas
from jangkau.programmes.subsidy.forms import DecreeForm, ProposeForm, QuotaForm, SchemeForm
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.presenters import scheme as shown
from jangkau.programmes.subsidy.queries.ending import ending_soon, protections
from jangkau.programmes.subsidy.queries.facts import as_of
from jangkau.programmes.subsidy.queries.leaving import due_to_leave
from jangkau.programmes.subsidy.queries.money import meter, meters, next_month, price_of_person
from jangkau.programmes.subsidy.views.asking import lists_offered, scheme_or_404
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.queries import regions
from jangkau.registry.people.presenters.figures import month, people
from jangkau.registry.people.views import done

SCHEMES_ON_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The schemes with their money and their people, and whose funding ends soon."""
    scope = scope_of(request.user)
    page = Paginator(queries.schemes(scope), SCHEMES_ON_A_PAGE).get_page(request.GET.get("page"))
    money = meters(list(page))
    context = {
        "page": page,
        "schemes": [(scheme, money[scheme.pk]) for scheme in page],
        "people": queries.enrolled(scope),
        "ending": ending_soon(scope, timezone.localdate()).count(),
        "to_sign": queries.to_sign(scope),
        "may_write": scope.may_write,
    }
    return render(request, "subsidy/index.html", context)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One scheme: meter, funnel, villages, decrees, batches, and what comes next."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    found = meter(scheme)
    counts = queries.counts_by_state(scope, scheme)
    may_write = scope.at(scheme.area_id).may_write
    context = {
        "scheme": scheme,
        "headline": shown.headline(scheme, found),
        "meter": found,
        "parts": shown.meter_parts(found),
        "prices": shown.price_lines(scheme),
        "price_of_person": price_of_person(scheme),
        "funnel": shown.funnel(scope, scheme),
        "villages": shown.village_lines(scope, scheme),
        "protections": protections(scheme, queries.nominees(scope, scheme)),
        "decrees": queries.decrees(scope).filter(scheme=scheme, withdrawn_at=None),
        "batches": queries.batches(scope).filter(scheme=scheme),
        "next_month": next_month(scheme),
        "step": shown.next_step(scheme, counts),
        "leaving": len(due_to_leave(scheme, as_of(scheme))) if may_write and found.people else 0,
        "may_write": may_write,
        "propose": ProposeForm(lists=lists_offered(scope), label_suffix=""),
        "decree_form": DecreeForm(label_suffix="", initial={"dated_on": timezone.localdate()}),
        "quota_form": QuotaForm(label_suffix="", initial={"quotas": _written_quotas(scheme)}),
    }
    return render(request, "subsidy/scheme.html", context)


def _written_quotas(scheme: Scheme) -> str:
    quotas = scheme.village_quotas.order_by("village_id").values_list("village_id", "places")
    return "\n".join(f"{code} {places}" for code, places in quotas)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A scheme, new or changed."""
    scope = scope_of(request.user)
    scheme = Scheme() if number is None else scheme_or_404(scope, number)
    places = regions.choices(scope, scheme.area_id or regions.home_code(scope))
    told = SchemeForm(request.POST or None, places=places, label_suffix="", initial=_initial(scope, scheme))
    if told.is_valid():
        try:
            saved = save_scheme(scope, scheme, told.cleaned_data)
            messages.success(request, _("Skema disimpan."))
            return redirect("scheme", number=saved.pk)
        except JangkauError as error:
            told.add_error(None, error.sentence(get_language() or "id"))
    return render(request, "subsidy/form.html", {"form": told, "scheme": scheme, "may_write": scope.may_write})


def _initial(scope: Scope, scheme: Scheme) -> dict[str, object]:
    if scheme.pk is None:
        today = timezone.localdate()
        return {
            "area_id": regions.home_code(scope), "first_month": f"{today:%Y-%m}", "months": 12, "income": 1_000_000,
            "youngest": 15, "oldest": 64, "reserve": 100, "highest_decile": None,
        }  # fmt: skip
    told = {name: getattr(scheme, name) for name in SchemeForm.base_fields}
    return told | {"first_month": f"{scheme.first_month:%Y-%m}", "occupations": ", ".join(scheme.occupations)}


@require_POST
def quotas(request: HttpRequest, number: int) -> HttpResponse:
    """The places of villages."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    told = QuotaForm(request.POST)
    if told.is_valid():
        done(request, lambda: _quotas_kept(scope, scheme, told.cleaned_data["quotas"]))
    else:
        messages.error(request, " ".join(str(error) for errors in told.errors.values() for error in errors))
    return redirect("scheme", number=number)


def _quotas_kept(scope: Scope, scheme: Scheme, places: dict[str, int]) -> str:
    for code in places:
        regions.place(code)
    set_village_quotas(scope, scheme, places)
    return _("Kuota desa disimpan.")


@require_POST
def act(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Judges, selects, or bills the next month."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    steps = {"nilai": _assessed, "pilih": _selected, "tagih": _billed}
    if step not in steps:
        raise Http404
    done(request, lambda: steps[step](scope, scheme))
    return redirect("scheme", number=number)


def _assessed(scope: Scope, scheme: Scheme) -> str:
    counts = assess(scope, scheme)
    return _("Dinilai: %(good)s memenuhi syarat, %(bad)s tidak, %(open)s perlu dilengkapi.") % {
        "good": people(sum(counts.get(state, 0) for state in ("eligible", "selected", "reserve"))),
        "bad": people(counts.get("refused", 0)), "open": people(counts.get("to_check", 0)),
    }  # fmt: skip


def _selected(scope: Scope, scheme: Scheme) -> str:
    counts = select(scope, scheme)
    return _("Terpilih %(chosen)s, cadangan %(reserve)s.") % {
        "chosen": people(counts.get("selected", 0)), "reserve": people(counts.get("reserve", 0))
    }  # fmt: skip


def _billed(scope: Scope, scheme: Scheme) -> str:
    batch = make_batch(scope, scheme)
    return _("Tagihan %(month)s dibuat untuk %(n)s orang.") % {"month": month(batch.month), "n": people(batch.people)}
