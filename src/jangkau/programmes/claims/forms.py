"""What people tell of an event."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.programmes.claims.states import TOPICS


class EventForm(forms.Form):
    """Which benefit, and when it happened."""

    topic = forms.ChoiceField(label=_("Manfaat"), choices=[("", _("Pilih manfaat")), *TOPICS.items()])
    event_on = forms.DateField(label=_("Hari kejadian"), widget=forms.DateInput(attrs={"type": "date"}))
