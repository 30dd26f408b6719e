"""Accounts of employers, opened and closed by officers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jangkau.core.kernel import JangkauError
from jangkau.programmes.compliance import queries
from jangkau.programmes.compliance.actions import close_account, open_account
from jangkau.programmes.compliance.forms import AccountForm
from jangkau.registry.access.permissions import scope_of


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: HttpRequest, number: int) -> HttpResponse:
    """The accounts of an employer, and a new one."""
    scope = scope_of(request.user)
    employer = get_object_or_404(queries.employers(scope), pk=number)
    form = AccountForm(request.POST or None, label_suffix="")
    if form.is_valid():
        try:
            open_account(scope, employer, form.cleaned_data["username"], form.cleaned_data["password"])
        except JangkauError as error:
            form.add_error(None, error.sentence(get_language() or "id"))
        else:
            messages.success(request, _("Akun dibuat. Sampaikan nama dan kata sandinya langsung kepada perusahaan."))
            return redirect("employer_accounts", number)
    context = {
        "employer": employer,
        "accounts": queries.accounts(scope, employer),
        "form": form,
        "may_write": scope.may_write,
    }
    return render(request, "compliance/accounts.html", context)


@require_POST
def close(request: HttpRequest, number: int, account: int) -> HttpResponse:
    """Closes an account."""
    scope = scope_of(request.user)
    employer = get_object_or_404(queries.employers(scope), pk=number)
    found = get_object_or_404(queries.accounts(scope, employer), pk=account)
    try:
        close_account(scope, found)
        messages.success(request, _("Akun ditutup."))
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
    return redirect("employer_accounts", number)
