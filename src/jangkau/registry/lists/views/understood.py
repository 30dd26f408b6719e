"""Ubah yang dipahami: a person confirms or changes what a list is and what its columns hold; it is read again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.registry.access.permissions import require_write
from jangkau.registry.lists.actions.understanding import forget_layout, tell_list
from jangkau.registry.lists.forms import UnderstoodForm
from jangkau.registry.lists.models import KnownLayout
from jangkau.registry.lists.presenters.understood import understood
from jangkau.registry.lists.queries.columns import require_to_tell
from jangkau.registry.lists.tasks import start
from jangkau.registry.lists.views.asked import list_or_404
from jangkau.registry.lists.views.sent import list_page
from jangkau.registry.people.views import telling


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Keeps what was said about a list and has it read again."""
    scope, item = list_or_404(request, number, rows__gt=0)
    form = UnderstoodForm(understood(scope, item), request.POST)
    with telling(request):
        require_write(scope)
        require_to_tell(scope, item)
        if not form.is_valid():
            return list_page(request, number, understood_form=form)
        said = form.cleaned_data
        tell_list(
            item, kind=said["kind"], village=said["village"], month=said["month"], columns=form.columns,
            header_row=said["header_row"], by=scope.user, start=start,
        )  # fmt: skip
        messages.success(request, _("Disimpan. Daftar dibaca ulang menurut yang Anda tetapkan."))
    return redirect("list_detail", number=number)


@require_POST
def forget(request: HttpRequest, number: int, layout: int) -> HttpResponse:
    """Forgets a confirmed layout by which this list was read."""
    scope, item = list_or_404(request, number, rows__gt=0)
    known = KnownLayout.objects.filter(pk=layout, pk__in=item.told.get("layouts", [])).first()
    if known is None:
        raise Http404
    with telling(request):
        require_write(scope)
        require_to_tell(scope, item)
        forget_layout(known, item, by=scope.user, start=start)
        messages.success(request, _("Ketetapan kolom dilupakan; daftar berikutnya dibaca seperti biasa."))
    return redirect("list_detail", number=number)
