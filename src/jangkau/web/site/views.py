"""Sign-in for the invented register, the heartbeat, and the pages for what went wrong."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jangkau.registry.access.models import Agency, User
from jangkau.registry.people.queries import register_fact

DEMO_USER, DEMO_CHECKER = "contoh", "pemeriksa"  # two, because a checker signs what somebody else made
DEMO_OFFICERS = {  # who else a visitor of the invented register may be
    "contoh-cabang": Agency.BRANCH.value,
    "contoh-pemeriksa": Agency.BRANCH.value,
    "contoh-jaksa": Agency.PROSECUTOR.value,
    "contoh-izin": Agency.LICENSING_OFFICE.value,
}


@login_not_required
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Signs a visitor in without a password, as officer, checker or somebody of another agency: only where every person
    is invented."""
    name = DEMO_CHECKER if "checker" in request.POST else request.POST.get("as", DEMO_USER)
    user = User.objects.filter(username=name, username__in=(DEMO_USER, DEMO_CHECKER, *DEMO_OFFICERS)).first()
    if user is None or not register_fact("invented"):
        raise Http404
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("home")


@login_not_required
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Answers when the server and its database do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
