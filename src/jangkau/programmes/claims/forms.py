"""What people tell at the help desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.programmes.claims.presenters.entitlement import RELATIVES
from jangkau.programmes.claims.states import EVENTS
from jangkau.registry.people.forms.fields import CountField, DayField, RupiahField, WordField


class EventForm(forms.Form):
    """What happened, and what the sum depends on; what nobody knows stays empty."""

    event = WordField(label=_("Apa yang terjadi"), choices=[("", _("Pilih …")), *EVENTS.items()])
    on = DayField(label=_("Hari kejadian"))
    days = CountField(
        label=_("Hari tidak mampu bekerja"), most=5000, required=False, help_text=_("Untuk kecelakaan kerja.")
    )
    disabled = forms.BooleanField(label=_("Cacat total tetap"), required=False)
    balance = RupiahField(label=_("Saldo JHT"), required=False, help_text=_("Dari JMO atau cabang."))
    relatives = forms.MultipleChoiceField(
        label=_("Kerabat yang ada"), choices=list(RELATIVES.items()), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Untuk kematian: siapa yang berhak lebih dahulu."),
    )  # fmt: skip


class ReportBookForm(forms.Form):
    """A workbook of events that a village fills in."""

    book = forms.FileField(label=_("Buku kerja laporan yang diisi"))


class ChildForm(forms.Form):
    """A child with a right to a scholarship."""

    name = forms.CharField(label=_("Nama anak"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    birth_date = DayField(label=_("Tanggal lahir"))
    level = WordField(label=_("Sekolah sekarang"), choices=[], required=False)

    def __init__(self, *args: Any, levels: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = [("", _("belum sekolah")), *levels]  # type: ignore[attr-defined]  # a choice field
