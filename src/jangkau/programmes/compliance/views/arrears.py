"""Arrears by class: totals, the classes that are in force, and entering others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jangkau.core.kernel import JangkauError
from jangkau.programmes.compliance.actions import enter_scale, withdraw_scale
from jangkau.programmes.compliance.forms import ScaleForm
from jangkau.programmes.compliance.queries.arrears import classes_on, scales, totals
from jangkau.programmes.compliance.states import ARREARS_CLASSES
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.lists.queries import measured_on


@require_http_methods(["GET", "HEAD", "POST"])
def arrears(request: HttpRequest) -> HttpResponse:
    """Totals by class; the classes are entered below."""
    scope, today = scope_of(request.user), timezone.localdate()
    form = ScaleForm(request.POST or None, initial={"since": today}, label_suffix="")
    if form.is_valid():
        told = form.cleaned_data
        try:
            enter_scale(scope, form.first_months, since=told["since"], source=told["source"])
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, _("Kelas piutang disimpan."))
            return redirect("arrears")
    classes = classes_on(measured_on() or today)
    rows = totals(scope, classes)
    context = {
        "classes": classes,
        "rows": [(one, ARREARS_CLASSES[one.name]) for one in rows],
        "employers": sum(one.employers for one in rows),
        "workers": sum(one.workers for one in rows),
        "amount": sum(one.amount for one in rows),
        "form": form,
        "scales": [
            (one, [(ARREARS_CLASSES[name], n) for name, n in one.first_months.items()]) for one in scales(scope)
        ],
        "may_write": scope.at(None).may_write,
    }
    return render(request, "compliance/arrears.html", context)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a scale back."""
    scope = scope_of(request.user)
    found = get_object_or_404(scales(scope), pk=number)
    try:
        withdraw_scale(scope, found)
        messages.success(request, _("Kelas piutang ditarik kembali."))
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
    return redirect("arrears")
