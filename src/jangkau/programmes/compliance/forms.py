"""What people choose and type on the pages of employers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from jangkau.programmes.compliance.states import AGENDA_AGENCIES, ARREARS_CLASSES, TOPICS
from jangkau.registry.access.models import Agency
from jangkau.registry.lists.forms import FilesField
from jangkau.registry.people.forms.fields import DayField


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
    arrears_class = forms.ChoiceField(
        label=_("Kelas piutang"), required=False, choices=[("", _("Semua kelas")), *ARREARS_CLASSES.items()]
    )
    q = forms.CharField(label=_("Nama, NIB, atau NPP"), required=False, max_length=80)


class AccountForm(forms.Form):
    """The account with which an employer signs in."""

    username = forms.CharField(
        label=_("Nama akun"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("Kata sandi pertama"), max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AnswerForm(forms.Form):
    """What an employer says on one of its cases."""

    text = forms.CharField(
        label=_("Jawaban"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    proof = forms.FileField(label=_("Bukti (PDF, foto, atau berkas lain; boleh kosong)"), required=False)


class ListsForm(forms.Form):
    """Lists of workers and wages from an employer."""

    sent = FilesField(label=_("Daftar pekerja dan upah"))


class ScaleForm(forms.Form):
    """From which month in arrears each class begins; an empty one is not used."""

    since = DayField(label=_("Berlaku sejak"))
    source = forms.CharField(label=_("Sumber (surat atau keterangan cabang)"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in ARREARS_CLASSES.items():
            label = _("%(name)s: mulai bulan ke-") % {"name": words}
            self.fields[name] = forms.IntegerField(label=label, required=False, min_value=1, max_value=600)
        self.order_fields([*ARREARS_CLASSES, "since", "source"])

    @property
    def first_months(self) -> dict[str, int]:
        """The classes that are used, with their first month."""
        told = {name: self.cleaned_data[name] for name in ARREARS_CLASSES}
        return {name: first for name, first in told.items() if first is not None}


class AgendaForm(forms.Form):
    """What the joint agenda holds, and in which order."""

    agency = forms.ChoiceField(
        label=_("Giliran"), required=False,
        choices=[("", _("Semua instansi")), *((name, Agency(name).label) for name in AGENDA_AGENCIES)],
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("Tentang"), required=False, choices=[("", _("Semua")), *TOPICS.items()])
    days = forms.ChoiceField(
        label=_("Batas waktu"), required=False,
        choices=[("", _("Sampai 14 hari lagi")), ("0", _("Hari ini atau lewat")), ("30", _("Sampai 30 hari lagi"))],
    )  # fmt: skip
    order = forms.ChoiceField(
        label=_("Urutan"), required=False,
        choices=[("", _("Batas waktu, lalu pekerja terdampak")), ("weight", _("Pekerja terdampak"))],
    )  # fmt: skip
