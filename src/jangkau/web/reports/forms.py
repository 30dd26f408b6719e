"""What people choose and type on the pages of reports."""

from __future__ import annotations

import re
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


_FORMS = {"nik": r"\d{16}", "sex": "L|P", "phone": r"[\d+ -]{6,20}"}


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


class CorrectionForm(forms.Form):
    """A value that somebody had corrected, as the register keeps it."""

    field = forms.ChoiceField(
        label=_("Yang diperbaiki"),
        choices=[
            ("name", _("Nama")), ("nik", "NIK"), ("sex", _("Jenis kelamin (L/P)")),
            ("birth_date", _("Tanggal lahir (tahun-bulan-tanggal)")), ("mother_name", _("Nama ibu")),
            ("address", _("Alamat")), ("phone", _("Telepon")), ("occupation", _("Pekerjaan")),
        ],
    )  # fmt: skip
    value = forms.CharField(label=_("Yang benar"), max_length=120)
    identity = forms.CharField(label=_("Bukti diri yang diperlihatkan"), max_length=120)

    def clean(self) -> dict[str, str]:
        """The value in the form in which people are kept."""
        told: dict[str, str] = super().clean() or {}
        field, value = told.get("field", ""), told.get("value", "").strip()
        if field == "birth_date":
            try:
                fits = date.fromisoformat(value) <= date.today()  # noqa: DTZ011  the day of the office
            except ValueError:
                fits = False
        elif field in _FORMS:
            fits = re.fullmatch(_FORMS[field], value) is not None
        else:
            value, fits = value.upper(), True
        if field and value and not fits:
            self.add_error("value", _("Tidak sesuai untuk isian ini."))
        return told | {"value": value}
