"""What people tell at the help desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.programmes.claims.presenters.entitlement import RELATIVES
from jangkau.programmes.claims.states import DESK_EVENTS, PARTIAL_JHT, PURPOSES
from jangkau.registry.people.forms.disabilities import DISABILITIES, MEASURED
from jangkau.registry.people.forms.fields import CountField, DayField, RupiahField, WordField


class EventForm(forms.Form):
    """What happened, and what the sum depends on; what nobody knows stays empty."""

    event = WordField(label=_("Apa yang terjadi"), choices=[("", _("Pilih …")), *DESK_EVENTS.items()])
    on = DayField(label=_("Hari kejadian"))
    days = CountField(
        label=_("Hari tidak mampu bekerja"), most=5000, required=False, help_text=_("Untuk kecelakaan kerja.")
    )
    disabled = forms.BooleanField(label=_("Cacat total tetap"), required=False)
    losses = forms.MultipleChoiceField(
        label=_("Cacat sebagian"), choices=[*DISABILITIES.items(), *MEASURED.items()], required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Untuk kecelakaan kerja, menurut surat dokter. Orang kidal: tukar kanan dan kiri."),
    )  # fmt: skip
    measure = CountField(
        label=_("Besarnya cacat"), most=150, required=False,
        help_text=_("Persen fungsi yang hilang, atau dB untuk pendengaran. Kosong: hilang seluruhnya."),
    )  # fmt: skip
    balance = RupiahField(label=_("Saldo JHT"), required=False, help_text=_("Dari JMO atau cabang."))
    purpose = WordField(
        label=_("Keperluan"), choices=[("", _("Pilih …")), *PURPOSES.items()], required=False,
        help_text=_("Untuk mengambil sebagian JHT."),
    )  # fmt: skip
    relatives = forms.MultipleChoiceField(
        label=_("Kerabat yang ada"), choices=list(RELATIVES.items()), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Untuk kematian: siapa yang berhak lebih dahulu."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        losses = told.get("losses") or []
        if losses and told.get("disabled"):
            self.add_error("disabled", _("Pilih satu: cacat total tetap, atau cacat sebagian."))
        if told.get("measure") is not None and len(losses) != 1:
            self.add_error("measure", _("Besarnya hanya untuk satu cacat; beberapa cacat dihitung hilang seluruhnya."))
        if told.get("event") == PARTIAL_JHT and not told.get("purpose"):
            self.add_error("purpose", _("Pilih keperluannya."))
        return told


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
