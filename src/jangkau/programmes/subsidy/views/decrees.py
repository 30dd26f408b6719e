"""A decree: drafted by one, signed by another, its annex as workbook and papers."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jangkau.core.kernel import Corrupt
from jangkau.programmes.subsidy import queries
from jangkau.programmes.subsidy.actions.decreeing import (
    propose_decree,
    sign_decree,
    withdraw_decree,
)
from jangkau.programmes.subsidy.actions.papers import ask_for_papers
from jangkau.programmes.subsidy.forms import DecreeForm
from jangkau.programmes.subsidy.gateways.papers import PAPERS, place_of
from jangkau.programmes.subsidy.models import Decree
from jangkau.programmes.subsidy.presenters.annex_book import annex_workbook
from jangkau.programmes.subsidy.queries.annex import annex, payers_elsewhere
from jangkau.programmes.subsidy.queries.ending import protection
from jangkau.programmes.subsidy.tasks import start
from jangkau.programmes.subsidy.views.asking import scheme_or_404
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import Permission
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.lists.presenters.sent import job_view
from jangkau.registry.people.views import done, download

NAMES_SHOWN = 50


@require_POST
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """A draft for everybody selected."""
    scope = scope_of(request.user)
    scheme = scheme_or_404(scope, number)
    form = DecreeForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("scheme", number=number)
    made: list[Decree] = []

    def draft() -> str:
        made.append(propose_decree(scope, scheme, **form.cleaned_data))
        return _("Rancangan SK disusun. Orang kedua memeriksa dan menandatanganinya.")

    done(request, draft)
    return redirect("decree", number=made[0].pk) if made else redirect("scheme", number=number)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """What a decree says, whom it names, what its families get, and who may sign it."""
    scope = scope_of(request.user)
    decree = _decree_or_404(scope, number)
    try:
        people = [line for line in annex(decree) if scope.allows(line.village or None)]
    except Corrupt as error:
        messages.error(request, error.sentence(get_language() or "id"))
        return redirect("scheme", number=decree.scheme_id)
    is_draft = not decree.signed_at and not decree.withdrawn_at
    may_write = scope.at(decree.scheme.area_id).may_write
    context = {
        "decree": decree,
        "scheme": decree.scheme,
        "is_draft": is_draft,
        "people": people[:NAMES_SHOWN],
        "more": max(len(people) - NAMES_SHOWN, 0),
        "replacements": sum(line.replaces is not None for line in people),
        "protection": protection(decree.scheme, decree.first_month, decree.last_month, decree.people),
        "elsewhere": payers_elsewhere(decree) if is_draft else 0,
        "is_maker": scope.user is not None and scope.user.pk == decree.made_by_id,
        "may_write": may_write,
        "may_sign": scope.may(Permission.SIGN_SUBSIDY, decree.scheme.area_id),
        "job": job_view(decree.paper_job) if decree.paper_job else None,
        "papers": [name for name in PAPERS if place_of(decree.pk, name).exists()],
    }
    response = render(request, "subsidy/decree.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Signs a draft that somebody else made."""
    scope = scope_of(request.user)
    decree = _decree_or_404(scope, number)
    done(request, lambda: _signed(scope, decree))
    return redirect("decree", number=number)


def _signed(scope: Scope, decree: Decree) -> str:
    ask_for_papers(scope, sign_decree(scope, decree), start=start)
    return _(
        "SK ditandatangani dan PDF-nya sedang disusun. Lampirannya tidak berubah lagi; buat tagihan bulan pertama."
    )


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a draft back."""
    scope = scope_of(request.user)
    decree = _decree_or_404(scope, number)
    done(request, lambda: _withdrawn(scope, decree))
    return redirect("scheme", number=decree.scheme_id)


def _withdrawn(scope: Scope, decree: Decree) -> str:
    withdraw_decree(scope, decree)
    return _("Rancangan SK dibatalkan; orangnya kembali terpilih.")


@require_POST
def print_papers(request: HttpRequest, number: int) -> HttpResponse:
    """Has the annex set on paper."""
    scope = scope_of(request.user)
    decree = _decree_or_404(scope, number)
    done(request, lambda: _printing(scope, decree))
    return redirect("decree", number=number)


def _printing(scope: Scope, decree: Decree) -> str:
    ask_for_papers(scope, decree, start=start)
    return _("PDF sedang disusun; halaman ini boleh ditutup.")


@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """The annex as a workbook; whole NIKs for those who may write."""
    scope = scope_of(request.user)
    decree = _decree_or_404(scope, number)
    whole = _may_see_whole(scope, decree)
    try:
        content = annex_workbook(decree, whole=whole)
    except Corrupt:
        return redirect("decree", number=number)  # which says what is wrong
    record_look(by=scope.user, action="annex_downloaded", subject=f"decree {decree.pk}", masked=not whole)
    return download(content, f"jangkau-lampiran-sk-{decree.pk}.xlsx")


@require_safe
def paper(request: HttpRequest, number: int, paper: str) -> FileResponse:
    """The annex as PDF: for the branch to those who may write, with masked NIK to everybody who sees the decree."""
    scope = scope_of(request.user)
    decree = _decree_or_404(scope, number)
    place = place_of(decree.pk, paper)
    if paper not in PAPERS or not place.exists() or (PAPERS[paper] and not _may_see_whole(scope, decree)):
        raise Http404
    record_look(by=scope.user, action="annex_downloaded", subject=f"decree {decree.pk}", masked=not PAPERS[paper])
    content = seal.content_of(place)
    return FileResponse(BytesIO(content), as_attachment=True, filename=f"jangkau-sk-{decree.pk}-{paper}.pdf")


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Is the paper in somebody's hand genuine? Number, day, how many people and the digest of the annex; no names."""
    decree = queries.decree_with_code(code)
    return render(request, "subsidy/verify.html", {"decree": decree}, status=200 if decree else 404)


def _may_see_whole(scope: Scope, decree: Decree) -> bool:
    return scope.at(decree.scheme.area_id).may_write


def _decree_or_404(scope: Scope, number: int) -> Decree:
    found = queries.decrees(scope).select_related("scheme__area", "paper_job").filter(pk=number).first()
    if found is None:
        raise Http404
    return found
