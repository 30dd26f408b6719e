"""Accounts, the roles they hold, leave, emergency access, and what is sought in the record."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.registry.access.models import GIVEN_ROLES, Agency, User
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.models import Region


class _Day(forms.DateInput):
    input_type = "date"


class AgencyForm(forms.Form):
    agency = forms.ChoiceField(
        label=_("Instansi"), choices=[("", "\u2013"), *Agency.choices], required=False,
        help_text=_("Menentukan langkah perkara dan kolom data yang terlihat."),
    )  # fmt: skip


class AccountForm(AgencyForm):
    username = forms.RegexField(
        r"^[a-z0-9._-]{3,40}$", label=_("Nama pengguna"), help_text=_("Huruf kecil, angka, titik, garis; tanpa spasi."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ("username", "agency")


class RoleForm(forms.Form):
    """A role in one of the areas of whoever gives it."""

    role = forms.ChoiceField(label=_("Peran"), choices=[(each.value, each.label) for each in GIVEN_ROLES])
    area_code = forms.ChoiceField(label=_("Wilayah"))
    first = forms.DateField(label=_("Berlaku sejak"), required=False, widget=_Day, help_text=_("Kosong: sekarang."))
    last = forms.DateField(
        label=_("Sampai dengan"), required=False, widget=_Day, help_text=_("Kosong: sampai dicabut.")
    )

    def __init__(self, *given: object, scope: Scope, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # handed on as they came
        places = Region.objects.filter(code__startswith=settings.JANGKAU_AREA).order_by("code")
        self.fields["area_code"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (place.code, "\u2003" * (place.code.count(".") - 1) + place.name)
            for place in places
            if scope.allows(place.code)
        ]

    @property
    def validity(self) -> tuple[datetime | None, datetime | None]:
        """The moments between which the role holds."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return (_morning(first) if first else None), (_morning(last + timedelta(days=1)) if last else None)


class LeaveForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Rekan seinstansi"))
    last = forms.DateField(label=_("Sampai dengan"), widget=_Day)
    because = forms.CharField(label=_("Alasan"), max_length=200)

    def __init__(self, *given: object, user: User, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # handed on as they came
        known = User.objects.filter(agency=user.agency, is_active=True, is_superuser=False).exclude(pk=user.pk)
        self.fields["to"].queryset = known.order_by("username")  # type: ignore[attr-defined]  # it is a choice of rows

    @property
    def until(self) -> datetime:
        return _morning(self.cleaned_data["last"] + timedelta(days=1))


class GlassForm(forms.Form):
    because = forms.CharField(label=_("Mengapa tidak dapat menunggu?"), min_length=10, max_length=200)


class RecordForm(forms.Form):
    subject = forms.CharField(label=_("Objek"), required=False, max_length=80, help_text=_("Misalnya: list 12"))
    by = forms.CharField(label=_("Pengguna"), required=False, max_length=150)
    action = forms.CharField(label=_("Perbuatan"), required=False, max_length=40)
    since = forms.DateField(label=_("Sejak"), required=False, widget=_Day)
    until = forms.DateField(label=_("Sampai dengan"), required=False, widget=_Day)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
