"""Sign-in for the invented register, the signs of life, and the pages for what went wrong."""

from __future__ import annotations

import sys

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST
from prometheus_client import CONTENT_TYPE_LATEST

from jangkau.registry.access.models import Agency, User
from jangkau.registry.lists.gateways.machine import trouble
from jangkau.registry.people.queries import register_fact
from jangkau.web.site import vitals

DEMO_USER, DEMO_CHECKER = "contoh", "pemeriksa"  # two, because a checker signs what somebody else made
DEMO_EMPLOYER = "contoh-perusahaan"
DEMO_KEEPER = "contoh-pengelola"  # gives rights, sees nobody
DEMO_OFFICERS = {  # who else a visitor of the invented register may be
    "contoh-cabang": Agency.BRANCH.value,
    "contoh-pemeriksa": Agency.BRANCH.value,
    "contoh-jaksa": Agency.PROSECUTOR.value,
    "contoh-izin": Agency.LICENSING_OFFICE.value,
}


@login_not_required
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Signs a visitor in without a password, as officer, checker, somebody of another agency or an employer: only where
    every person is invented."""
    name = DEMO_CHECKER if "checker" in request.POST else request.POST.get("as", DEMO_USER)
    known = (DEMO_USER, DEMO_CHECKER, DEMO_EMPLOYER, DEMO_KEEPER, *DEMO_OFFICERS)
    user = User.objects.filter(username=name, username__in=known).first()
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


@login_not_required
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Can people work here now? Names what is missing, in one word each."""
    missing = vitals.missing()
    text = "siap" if not missing else "belum siap: " + ", ".join(missing)
    response = HttpResponse(text, status=503 if missing else 200, content_type="text/plain; charset=utf-8")
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark: this 503 is no error
    return response


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus: to this machine, or to whoever has the key."""
    if not vitals.may_read_metrics(request):
        raise Http404
    return HttpResponse(vitals.metrics(), content_type=CONTENT_TYPE_LATEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """What went wrong, without asking the database again: by the sentence where the machine refused, else by the number
    under which it stands in the log."""
    told = trouble(sys.exc_info()[1])
    context = {"told": told.sentence(get_language() or "id") if told else "", "number": getattr(request, "number", "")}
    return HttpResponse(render_to_string("500.html", context), status=503 if told else 500)
