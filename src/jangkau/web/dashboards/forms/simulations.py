"""What is asked before a price is told: a worker, an employer, a village project, contributions paid by a budget."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jangkau.registry.people.forms.fields import CountField, DayField, MonthField, RupiahField, WagesField, WordField

SCALES = [("micro", _("Mikro")), ("small", _("Kecil")), ("medium", _("Menengah")), ("large", _("Besar"))]
CLASSES = [
    ("I", _("I, sangat rendah")),
    ("II", _("II, rendah")),
    ("III", _("III, sedang")),
    ("IV", _("IV, tinggi")),
    ("V", _("V, sangat tinggi")),
]
SECTORS = [
    ("other", _("Bukan angkutan (petani, nelayan, pedagang, …)")),
    ("transport", _("Angkutan (ojek, sopir, kurir, …)")),
]
FUNDING = [
    ("own", _("Pekerja sendiri")),
    ("apbd", _("APBD kabupaten atau provinsi")),
    ("apbn", "APBN"),
    ("apbdes", _("APBDes")),
    ("dbhcht", "DBHCHT"),
    ("csr", _("Perusahaan (CSR)")),
    ("donor", _("Donatur")),
]


class WageEarnerForm(forms.Form):
    wage = RupiahField(label=_("Upah sebulan"), help_text=_("Upah pokok dan tunjangan tetap."))
    risk_class = WordField(label=_("Kelas risiko usaha"), choices=CLASSES)
    scale = WordField(label=_("Skala usaha"), choices=SCALES, initial="small")
    month = MonthField(label=_("Bulan iuran"))
    labour_intensive = forms.BooleanField(label=_("Industri padat karya"), required=False)
    workers = CountField(label=_("Banyak pekerja perusahaan"), most=10**6, least=1, initial=1)


class SelfEmployedForm(forms.Form):
    income = RupiahField(label=_("Penghasilan sebulan"))
    sector = WordField(label=_("Pekerjaan"), choices=SECTORS)
    funding = WordField(label=_("Siapa yang membayar?"), choices=FUNDING)
    month = MonthField(label=_("Bulan iuran"))
    jht = forms.BooleanField(label=_("Dengan JHT"), required=False)


class MigrantForm(forms.Form):
    channel = WordField(
        label=_("Berangkat lewat"),
        choices=[("company", _("Perusahaan penempatan")), ("individual", _("Perseorangan"))],
    )
    months = WordField(
        label=_("Lama perjanjian kerja"), choices=[("24", _("24 bulan")), ("12", _("12 bulan")), ("6", _("6 bulan"))]
    )
    jht = forms.BooleanField(label=_("Dengan JHT"), required=False)


class EmployerForm(forms.Form):
    wages = WagesField(label=_("Upah para pekerja"), help_text=_("Satu upah tiap baris; boleh ditempel dari Excel."))
    risk_class = WordField(label=_("Kelas risiko usaha"), choices=CLASSES)
    scale = WordField(label=_("Skala usaha"), choices=SCALES, initial="small")
    month = MonthField(label=_("Bulan iuran"))
    labour_intensive = forms.BooleanField(label=_("Industri padat karya"), required=False)
    arrears_months = CountField(
        label=_("Bulan yang menunggak"),
        help_text=_("Banyaknya bulan dengan iuran yang sama; 0 bila lancar."),
        most=120,
        initial=0,
    )


class ProjectForm(forms.Form):
    basis = WordField(
        label=_("Dasar hitungan"), choices=[("value", _("Nilai pekerjaan")), ("wage", _("Upah yang diketahui"))]
    )
    amount = RupiahField(
        label=_("Nilai pekerjaan, atau upah sebulan"), help_text=_("Nilai dalam kontrak atau RAB; upah semua pekerja.")
    )
    vat_included = forms.BooleanField(label=_("Nilai sudah termasuk PPN"), required=False)
    month = MonthField(label=_("Bulan pekerjaan dimulai"))


class SubsidyForm(forms.Form):
    people = CountField(label=_("Banyak pekerja"), most=10**7, least=1, initial=100)
    income = RupiahField(label=_("Penghasilan sebulan"), help_text=_("Menentukan dasar iuran."), initial="1.000.000")
    sector = WordField(label=_("Pekerjaan"), choices=SECTORS)
    funding = WordField(label=_("Siapa yang membayar?"), choices=FUNDING, initial="apbd")
    first_covered_on = DayField(label=_("Hari pertama dilindungi"))
    months = CountField(label=_("Banyak bulan"), most=60, least=1, initial=12)

    def clean_first_covered_on(self) -> Any:
        day = self.cleaned_data["first_covered_on"]
        if day.year < 2015:
            raise ValidationError(_("Perlindungan ini ada sejak Juli 2015."))
        return day
