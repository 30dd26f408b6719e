"""What people choose on the pages of employers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.programmes.compliance.states import TOPICS


class EmployerFilterForm(forms.Form):
    """Which employers."""

    finding = forms.ChoiceField(
        label=_("Temuan"), required=False,
        choices=[("", _("Yang ada temuannya")), *TOPICS.items(), ("all", _("Semua perusahaan"))],
    )  # fmt: skip
    case = forms.ChoiceField(
        label=_("Perkara"), required=False,
        choices=[("", _("Dengan atau tanpa perkara")), ("none", _("Belum ada perkara")), ("open", _("Ada perkara"))],
    )  # fmt: skip
    q = forms.CharField(label=_("Nama, NIB, atau NPP"), required=False, max_length=80)
