"""Pengguna: who has an account, which role where until when; leave, and the register opened for an hour."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangkau.core.kernel import JangkauError
from jangkau.registry.access import actions, queries
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.presenters.row_books import row_book
from jangkau.registry.people.views import done, download
from jangkau.web.dashboards.forms.users import AccountForm, AgencyForm, GlassForm, LeaveForm, RoleForm
from jangkau.web.dashboards.presenters.users import BOOK, account_views, role_views, rows_of_book


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """All accounts with their roles, to be looked through: who has what, who was last here when."""
    scope = scope_of(request.user)
    context = {
        "accounts": account_views(scope),
        "form": AccountForm(),
        "glass": role_views(queries.glass_unseen(scope)),
    }
    return render(request, "dashboards/users.html", context)


@require_safe
def users_workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, for the review."""
    scope = scope_of(request.user)
    content = row_book(_("Pengguna"), BOOK, rows_of_book(scope), frozen=1)
    actions.record_look(by=scope.user, action="users_downloaded", subject="users")
    return download(content, "jangkau-pengguna.xlsx")


@require_POST
def user_add(request: HttpRequest) -> HttpResponse:
    """Opens an account; its first password is shown on the page that follows, once."""
    scope, form = scope_of(request.user), AccountForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(said) for found in form.errors.values() for said in found))
        return redirect("users")
    try:
        user, password = actions.open_account(scope, form.cleaned_data["username"], agency=form.cleaned_data["agency"])
    except JangkauError as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("users")
    response = render(request, "dashboards/user.html", _context(scope, user) | {"password": password})
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def user(request: HttpRequest, number: int) -> HttpResponse:
    """One account; by POST it is given a role."""
    scope = scope_of(request.user)
    found = _account(scope, number)
    form = RoleForm(request.POST or None, scope=scope, label_suffix="")
    if form.is_valid():
        told, (first, until) = form.cleaned_data, form.validity
        if attempt(request, lambda: actions.give_role(
            scope, found, role=told["role"], area_code=told["area_code"], valid_from=first, valid_until=until
        )):  # fmt: skip
            return redirect("user", number=number)
    return render(request, "dashboards/user.html", _context(scope, found) | {"form": form})


@require_POST
def role_act(request: HttpRequest, number: int) -> HttpResponse:
    """Leaves a role after looking at it, or ends it."""
    scope = scope_of(request.user)
    held = get_object_or_404(queries.roles(scope), pk=number)
    act = actions.end_role if request.POST.get("act") == "end" else actions.confirm_role
    attempt(request, lambda: act(scope, held))
    return redirect("users")


@require_POST
def user_agency(request: HttpRequest, number: int) -> HttpResponse:
    """Says whom an account works for."""
    scope, form = scope_of(request.user), AgencyForm(request.POST)
    found = _account(scope, number)
    if form.is_valid():
        attempt(request, lambda: actions.set_agency(scope, found, form.cleaned_data["agency"]))
    return redirect("user", number=number)


@require_POST
def user_close(request: HttpRequest, number: int) -> HttpResponse:
    """Closes an account, or opens it again."""
    scope = scope_of(request.user)
    found = _account(scope, number)
    attempt(request, lambda: actions.set_active(scope, found, active="open" in request.POST))
    return redirect("user", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """The own roles, handed to a colleague until a day."""
    assert isinstance(request.user, User)  # the gate lets nobody else in
    me = request.user
    form = LeaveForm(request.POST or None, user=me, label_suffix="")
    if form.is_valid() and attempt(request, lambda: actions.lend_roles(
        me, form.cleaned_data["to"], until=form.until, because=form.cleaned_data["because"]
    )):  # fmt: skip
        return redirect("leave")
    lent = role_views(me.lent.in_force(timezone.now()).select_related("user", "given_by", "on_behalf_of"))
    return render(request, "dashboards/leave.html", {"form": form, "lent": lent, "glass": GlassForm(label_suffix="")})


@require_POST
def glass(request: HttpRequest) -> HttpResponse:
    """Opens the register for an hour."""
    assert isinstance(request.user, User)  # the gate lets nobody else in
    me = request.user
    if attempt(request, lambda: actions.break_glass(me, because=request.POST.get("because", ""))):
        return redirect("people")
    return redirect("leave")


def attempt(request: HttpRequest, do: Callable[[], object]) -> bool:
    """Does it and says so, or says why it was refused."""

    def work() -> str:
        do()
        return _("Disimpan dan dicatat.")

    return done(request, work)


def _account(scope: Scope, number: int) -> User:
    return get_object_or_404(queries.accounts(scope), pk=number)


def _context(scope: Scope, found: User) -> dict[str, object]:
    return {
        "account": found,
        "roles": role_views(queries.roles(scope).filter(user=found)),
        "form": RoleForm(scope=scope, label_suffix=""),
        "agency": AgencyForm(initial={"agency": found.agency}, label_suffix=""),
        "history": queries.events(subject=f"user {found.pk}")[:20],
    }
