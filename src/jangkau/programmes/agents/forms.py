"""What is typed about offices, agents and recruits."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import JangkauError, Month, RegionCode
from jangkau.programmes.agents.models import Agent, Office, Signal
from jangkau.registry.people.gateways.gazetteer import gazetteer


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _month(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )  # fmt: skip


class RegionField(forms.CharField):
    """A Kemendagri code of a district or village; empty is None."""

    def clean(self, value: Any) -> str | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        try:
            return str(gazetteer()[RegionCode(typed)].code)
        except JangkauError as error:
            raise forms.ValidationError(_("Kode wilayah ini tidak dikenal, misalnya 32.02.01.2003.")) from error


class AgentForm(forms.Form):
    """An agent: who, where, under which agreement."""

    area_id = RegionField(
        label=_("Wilayah kerja"), max_length=13, required=False,
        help_text=_("Kode kecamatan atau desa; kosong: kecamatan tempat kebanyakan anggotanya tinggal."),
    )  # fmt: skip
    contract_from = _day(_("Perjanjian sejak"))
    contract_until = _day(_("Perjanjian sampai"))
    state = forms.ChoiceField(label=_("Keadaan"), choices=Agent.State.choices)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        since, until = told.get("contract_from"), told.get("contract_until")
        if since and until and until < since:
            self.add_error("contract_until", _("Perjanjian berakhir sebelum dimulai."))
        return told


class NewAgentForm(AgentForm):
    """An agent who stands in no list yet; the office may be a new one."""

    name = forms.CharField(label=_("Nama agen"), max_length=200)
    office = forms.CharField(label=_("Kantor (wadah)"), max_length=200, help_text=_("Nama kantor; yang baru dicatat."))
    field_order = ("name", "office")


class RecruitForm(forms.Form):
    """A new recruit; the smallest set that the branch asks for."""

    nik = forms.RegexField(
        label="NIK", regex=r"^\d{16}$", error_messages={"invalid": _("NIK terdiri dari 16 angka. Periksa dari KTP.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(label=_("Nama"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    birth_date = _day(_("Tanggal lahir"), required=True)
    village_id = RegionField(label=_("Kode desa"), max_length=13, required=False)
    phone = forms.CharField(
        label=_("Nomor HP"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    account = forms.CharField(
        label=_("Rekening yang membayar"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    occupation = forms.CharField(label=_("Pekerjaan"), max_length=120, required=False)
    registered_on = _day(_("Tanggal daftar"), required=True)


class SheetForm(forms.Form):
    """A month whose incentives are asked for, of all agents or of one office."""

    month = _month(_("Bulan"))
    office = forms.ModelChoiceField(
        label=_("Kantor"), queryset=Office.objects.order_by("name"), required=False, empty_label=_("semua kantor")
    )


class RatesForm(forms.Form):
    """Rates for months of which no law is known, with the paper that states them."""

    office = forms.ModelChoiceField(
        label=_("Kantor"), queryset=Office.objects.order_by("name"), required=False, empty_label=_("semua kantor")
    )
    since = _month(_("Berlaku sejak bulan"))
    until = _month(_("Sampai bulan"), required=False)
    acquisition_amount = forms.IntegerField(label=_("Insentif akuisisi sebulan, rupiah"), min_value=0)
    acquisition_members = forms.IntegerField(label=_("Anggota baru paling sedikit"), min_value=0)
    contribution_rate = forms.CharField(label=_("Bagian dari iuran"), max_length=12, help_text=_("misalnya 7,5%"))
    agent_share = forms.CharField(label=_("Bagian agen dari insentif"), max_length=12, help_text=_("misalnya 90%"))
    source = forms.CharField(label=_("Sumber"), max_length=500, help_text=_("Nomor dan tanggal surat, atau alamat."))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for name in ("contribution_rate", "agent_share"):
            text = told.get(name, "").replace(",", ".").replace(" ", "")
            if name in told and not (re.fullmatch(r"\d{1,3}(\.\d{1,4})?%", text) and float(text[:-1]) <= 100):
                self.add_error(name, _("Tulis sebagai persen, misalnya 7,5%."))
            told[name] = text
        if told.get("until"):
            told["until"] = Month.of(told["until"]).last_day
            if told.get("since") and told["until"] < told["since"]:
                self.add_error("until", _("Bulan terakhir mendahului bulan pertama."))
        return told


class AccountForm(forms.Form):
    """The account with which an agent signs in."""

    username = forms.CharField(
        label=_("Nama akun"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("Kata sandi pertama"), max_length=128, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kosong: akun itu sudah ada."),
    )  # fmt: skip

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class AnswerForm(forms.Form):
    """What an officer found out about a signal."""

    state = forms.ChoiceField(label=_("Jawaban"), choices=Signal.State.choices)
    answer = forms.CharField(label=_("Apa yang ditemukan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SettleForm(forms.Form):
    """Who is meant by a name: an agent of the office, or somebody new (empty)."""

    agent = forms.ModelChoiceField(
        label=_("Agen"), queryset=Agent.objects.none(), required=False, empty_label=_("agen lain, belum tercatat")
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].queryset = office.agents.order_by("name", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField
