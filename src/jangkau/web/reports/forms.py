"""What people choose and type on the pages of reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.registry.cases.models import Letterhead
from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.presenters.figures import day
from jangkau.web.reports.models import Audience, Bundle, Kind


class ReportForm(forms.Form):
    """Which report, of which region and measured day, on which letter."""

    kind = forms.ChoiceField(label=_("Laporan"), choices=Kind.choices)
    region = forms.ChoiceField(label=_("Wilayah"))
    on = forms.ChoiceField(label=_("Keadaan pada"))
    dated_on = forms.DateField(
        label=_("Tanggal surat"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Kosong: diisi dengan pena."),
    )
    take_number = forms.BooleanField(label=_("Beri nomor surat berikutnya"), required=False)
    audience = forms.ChoiceField(label=_("Lembar desa untuk"), choices=Audience.choices)
    bundle = forms.ChoiceField(label=_("Lembar desa sebagai"), choices=Bundle.choices)

    def __init__(self, *args: Any, places: Iterable[Place], days: Iterable[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [(place.code, place.title) for place in places]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["on"].choices = [(on.isoformat(), day(on)) for on in days]  # type: ignore[attr-defined]  # a ChoiceField


class LetterheadForm(forms.ModelForm):
    class Meta:
        model = Letterhead
        exclude = ("area_code", "agency", "changed_by")
        help_texts = {
            "government": _("Misalnya: Pemerintah Kabupaten Sukabumi"),
            "addressee": _("Misalnya: Bupati Sukabumi"),
            "number_form": _(
                "{urut} nomor urut, {jenis} jenis surat, {bulan} bulan, {tahun} tahun: 500.15/{urut}/{tahun}"
            ),
            "first_number": _("Dipakai bila tahun ini belum ada nomor dari sini."),
        }
