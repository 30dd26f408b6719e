"""What an officer enters of a figure that others have published, and the workbook with many of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jangkau.core.measures.published import UCJ, PublishedFigure, WrongCell, figure_from
from jangkau.registry.people.forms.fields import EMPTY, DayField, WordField, typed
from jangkau.registry.people.models import OfficialFigure

SEGMENTS = [("all", _("Semua")), ("pu", _("Penerima upah")), ("bpu", _("Bukan penerima upah"))]
LARGEST = 2_000_000  # bytes: thousands of figures


def _number(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=20, widget=typed(), help_text=help_text)


class OfficialFigureForm(forms.Form):
    """One figure; what does not belong to its kind stays empty. `figure` is there once it is valid."""

    figure: PublishedFigure

    kind = WordField(label=_("Jenis"), choices=OfficialFigure.Kind.choices)
    family = forms.CharField(
        label=_("Indikator"),
        max_length=80,
        initial=UCJ,
        help_text=_("Hanya indikator yang sama yang dibandingkan."),
        error_messages={"required": EMPTY},
    )
    region_code = forms.CharField(
        label=_("Kode wilayah"), max_length=5, required=False, help_text=_("32.02, 32; kosong: Indonesia.")
    )
    segment = WordField(label=_("Segmen"), choices=SEGMENTS)
    on = DayField(label=_("Tanggal"), help_text=_("Target: akhir tahunnya. Penyebut: hari dalam tahunnya."))
    percent = _number(_("Persen"))
    people = _number(_("Orang"), _("Untuk peserta, penyebut, dan penduduk bekerja."))
    numerator = _number(_("Pembilang yang tercetak"))
    denominator = _number(_("Penyebut yang tercetak"), _("Tanpa penyebut, angka ini hanya kutipan."))
    status = WordField(label=_("Keandalan"), choices=OfficialFigure.Status.choices, initial="secondary")
    source = forms.CharField(
        label=_("Sumber"),
        max_length=500,
        help_text=_("Alamat, atau nomor dan tanggal surat."),
        error_messages={"required": EMPTY},
    )
    note = forms.CharField(label=_("Catatan"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        try:
            self.figure = figure_from({**said, "on": said["on"].isoformat()})
        except WrongCell as wrong:
            self.add_error(wrong.column, wrong.sentence(get_language() or "id"))
        return said


class FiguresFileForm(forms.Form):
    file = forms.FileField(
        label=_("Buku kerja"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
        error_messages={"required": _("Pilih berkasnya dulu."), "empty": _("Berkas ini kosong.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("Berkas ini terlalu besar untuk daftar angka. Kirim buku kerja dari halaman ini."))
        return file
