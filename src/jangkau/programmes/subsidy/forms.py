"""What people choose and type about schemes, nominees and decrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import Month
from jangkau.programmes.subsidy.presenters.words import CIVIL_WORDS, FIELD_WORDS, MISSING_WORDS, REASON_WORDS
from jangkau.programmes.subsidy.states import Left, RoundKind, SchemeKind, State
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.forms.fields import EMPTY, CountField, DayField, MonthField, RupiahField, WordField

MOST_PEOPLE, MOST_MONTHS = 1_000_000, 24


def _words(label: Any, length: int, *, required: bool = True, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=required, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": EMPTY}, **options,
    )  # fmt: skip


class SchemeForm(forms.Form):
    """A scheme: whose money, for whom, how long."""

    name = _words(_("Nama skema"), 160)
    kind = WordField(label=_("Sumber dana"), choices=SchemeKind.choices)
    area_id = WordField(label=_("Wilayah"))
    first_month = MonthField(label=_("Bulan iuran pertama"))
    months = CountField(label=_("Banyak bulan"), least=1, most=MOST_MONTHS)
    budget = RupiahField(label=_("Anggaran (rupiah)"))
    places = CountField(label=_("Kuota (orang)"), least=1, most=MOST_PEOPLE)
    reserve = CountField(label=_("Cadangan (orang)"), most=MOST_PEOPLE)
    income = RupiahField(
        label=_("Dasar penghasilan sebulan"),
        help_text=_("Pekerja rentan: Rp1.000.000. Non-ASN dan perangkat: upahnya."),
    )
    sector = WordField(label=_("Bidang kerja"), choices=[("other", _("bukan angkutan")), ("transport", _("angkutan"))])
    with_jht = forms.BooleanField(label=_("Dengan JHT"), required=False)
    youngest = CountField(label=_("Usia paling muda"), least=15, most=65)
    oldest = CountField(
        label=_("Usia paling tua"),
        least=15,
        most=65,
        help_text=_("Genap tahun pada bulan pertama. Belum 65: tulis 64."),
    )
    highest_decile = CountField(
        label=_("Desil paling tinggi"), least=1, most=10, required=False, help_text=_("Kosong: semua desil.")
    )
    occupations = _words(
        _("Kata pekerjaan"), 300, required=False, help_text=_("Dipisah koma: tani, nelayan. Kosong: semua pekerjaan.")
    )
    needs_field_check = forms.BooleanField(label=_("Wajib cek lapangan"), required=False)
    needs_civil_check = forms.BooleanField(label=_("Wajib padanan Dukcapil"), required=False)

    def __init__(self, *args: Any, places: Sequence[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area_id"].choices = [(place.code, place.title) for place in places]  # type: ignore[attr-defined]  # a choice field

    def clean_first_month(self) -> date:
        return Month.parse(self.cleaned_data["first_month"]).first_day

    def clean_occupations(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data["occupations"].split(",") if word.strip()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("youngest") or 0) > (told.get("oldest") or 999):
            raise ValidationError(_("Usia paling muda melebihi usia paling tua."))
        return told


class QuotaForm(forms.Form):
    """Places of villages, one a line: code and number."""

    quotas = forms.CharField(
        label=_("Kode desa dan kuota, satu baris satu desa"), required=False, max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Misalnya 32.02.01.2003 100. Kosong: kuota untuk seluruh wilayah."),
    )  # fmt: skip

    def clean_quotas(self) -> dict[str, int]:
        found = {}
        for number, line in enumerate(self.cleaned_data["quotas"].splitlines(), 1):
            parts = line.replace(";", " ").replace("\t", " ").split()
            if not parts:
                continue
            if len(parts) != 2 or not parts[1].isdecimal() or int(parts[1]) > MOST_PEOPLE:
                raise ValidationError(_("Baris %(n)s: tulis kode desa, spasi, lalu kuotanya."), params={"n": number})
            found[parts[0]] = int(parts[1])
        return found


class ProposeForm(forms.Form):
    """Whom to propose: rows of a published list, or a pasted column of NIK."""

    sent_list = forms.TypedChoiceField(
        label=_("Dari daftar yang dipublikasikan"), coerce=int, empty_value=None, required=False
    )
    region = forms.CharField(label=_("Hanya kode wilayah"), max_length=13, required=False)
    occupation = forms.CharField(label=_("Hanya pekerjaan yang memuat"), max_length=60, required=False)
    highest_decile = CountField(label=_("Hanya sampai desil"), least=1, most=10, required=False)
    niks = forms.CharField(
        label=_("Atau tempel satu kolom NIK"), required=False, max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Sequence[SentList], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("pilih daftar")), *((item.pk, _list_title(item)) for item in lists)]
        self.fields["sent_list"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("sent_list")) == bool((told.get("niks") or "").strip()):
            raise ValidationError(_("Pilih satu: sebuah daftar, atau tempel kolom NIK."))
        return told


def _list_title(item: SentList) -> str:
    return f"{item.get_kind_display()} · {item.title or item.file_name} ({item.rows_of_people:,})".replace(",", ".")


class FilterForm(forms.Form):
    """Which nominees are shown."""

    state = forms.ChoiceField(label=_("Keadaan"), choices=[("", _("Semua")), *State.choices], required=False)
    reason = forms.ChoiceField(
        label=_("Alasan"), required=False, choices=[("", _("Semua")), *REASON_WORDS.items(), *MISSING_WORDS.items()]
    )
    village = forms.ChoiceField(label=_("Desa"), required=False)
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, villages: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["village"].choices = [("", _("Semua")), *villages]  # type: ignore[attr-defined]  # a choice field


class CheckForm(forms.Form):
    """What a check found: the same for the chosen, or a workbook with an answer for each."""

    kind = WordField(
        label=_("Cek"),
        choices=[(kind.value, kind.label) for kind in (RoundKind.FIELD_CHECK, RoundKind.CIVIL_CHECK)],
    )
    answer = forms.ChoiceField(
        label=_("Hasil untuk semua yang dipilih"), required=False,
        choices=[
            ("", _("pilih hasil")),
            (_("Cek lapangan"), list(FIELD_WORDS.items())),
            (_("Padanan Dukcapil"), [(f"civil:{code}", words) for code, words in CIVIL_WORDS.items()]),
        ],
    )  # fmt: skip
    book = forms.FileField(label=_("Atau buku kerja yang diisi"), required=False)


class DecreeForm(forms.Form):
    """Number and day of a decree."""

    number = _words(
        _("Nomor SK"),
        120,
        required=False,
        help_text=_("Kosong: nomor berikutnya dari buku nomor, saat ditandatangani."),
    )
    dated_on = DayField(label=_("Tanggal SK"))


class LeaveForm(forms.Form):
    """Why those chosen stop."""

    because = WordField(label=_("Alasan"), choices=[("", _("menurut temuan")), *Left.choices], required=False)
