"""What an agreement opens to another agency."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.registry.access.models import Agency, Column
from jangkau.registry.people.forms.fields import DayField


class OpeningForm(forms.Form):
    column = forms.ChoiceField(label=_("Kolom"), choices=Column.choices)
    agency = forms.ChoiceField(label=_("Dibuka bagi"), choices=Agency.choices)
    agreement = forms.CharField(label=_("Nomor perjanjian"), max_length=120)
    agreed_on = DayField(label=_("Tanggal perjanjian"))
    opens_on = DayField(label=_("Berlaku sejak"))
    last = DayField(label=_("Sampai dengan"))

    @property
    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it: the end is the day after the last one."""
        told = dict(self.cleaned_data)
        return told | {
            "column": Column(told.pop("column")), "agency": Agency(told.pop("agency")),
            "ends_on": told.pop("last") + timedelta(days=1),
        }  # fmt: skip
