"""What is asked before a benefit is told: an accident, a death, a lost job, old age."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jangkau.registry.people.forms.disabilities import DISABILITIES
from jangkau.registry.people.forms.fields import CountField, DayField, RupiahField, WordField

SEGMENTS = [
    ("bpu", _("Bukan penerima upah (BPU)")),
    ("pu", _("Penerima upah (PU)")),
    ("jakon", _("Jasa konstruksi")),
]
OUTCOMES = [
    ("healed", _("Sembuh")),
    ("partial", _("Cacat sebagian")),
    ("total", _("Cacat total tetap")),
    ("death", _("Meninggal")),
]


class AccidentForm(forms.Form):
    """A work accident with all that follows from it; what did not happen stays empty."""

    accident_on = DayField(label=_("Tanggal kecelakaan"))
    filed_on = DayField(label=_("Tanggal klaim diajukan"), required=False)
    segment = WordField(label=_("Segmen"), choices=SEGMENTS)
    wage = RupiahField(label=_("Upah sebulan"), help_text=_("Yang terakhir dilaporkan; untuk BPU dasar iurannya."))
    outcome = WordField(label=_("Akhirnya"), choices=OUTCOMES)
    row = WordField(label=_("Cacat apa"), choices=[("", _("Pilih …")), *DISABILITIES.items()], required=False)
    function_lost = CountField(
        label=_("Fungsi yang hilang (%)"), most=100, required=False, help_text=_("Kosong: hilang seluruhnya.")
    )
    days = CountField(label=_("Hari tidak mampu bekerja"), most=5000, required=False)
    land = RupiahField(label=_("Biaya angkutan darat, sungai, danau"), required=False)
    sea = RupiahField(label=_("Biaya angkutan laut"), required=False)
    air = RupiahField(label=_("Biaya angkutan udara"), required=False)
    home_care_cost = RupiahField(label=_("Biaya perawatan di rumah"), required=False)
    home_care_months = CountField(label=_("Bulan perawatan di rumah"), most=120, required=False)
    children = CountField(label=_("Anak yang masih bersekolah"), most=30, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("outcome") == "partial" and not said.get("row"):
            self.add_error("row", _("Pilih cacatnya menurut tabel."))
        if said.get("home_care_cost") and said.get("home_care_months") is None:
            self.add_error("home_care_months", _("Isi berapa bulan dirawat di rumah."))
        return said


class DeathForm(forms.Form):
    """A death that work did not cause."""

    segment = WordField(label=_("Segmen"), choices=SEGMENTS)
    first_covered_on = DayField(label=_("Hari pertama dilindungi"))
    died_on = DayField(label=_("Tanggal meninggal"))
    children = CountField(label=_("Anak yang masih bersekolah"), most=30, initial=0)
    months_contributed = CountField(
        label=_("Bulan iuran yang sudah dibayar"), help_text=_("Menentukan beasiswa."), most=1000, required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("children") and said.get("months_contributed") is None:
            self.add_error("months_contributed", _("Isi bulan iuran; beasiswa bergantung padanya."))
        return said


class LostJobForm(forms.Form):
    wage = RupiahField(label=_("Upah terakhir yang dilaporkan"))
    dismissed_on = DayField(label=_("Tanggal diberhentikan"))
    months = CountField(label=_("Bulan tanpa pekerjaan"), most=6, least=1, initial=6)


class OldAgeForm(forms.Form):
    birth_date = DayField(label=_("Tanggal lahir"))
    months = CountField(label=_("Bulan iuran JP"), most=1000)
    average_wage = RupiahField(label=_("Rata-rata upah sebulan selama membayar iuran"))
    year = CountField(label=_("Tahun manfaat"), most=2100, least=2015)
