"""What people type about a work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jangkau.programmes.construction.models import BudgetLine, Work
from jangkau.programmes.construction.queries.builders import LEAST_DAYS, LEAST_WORKS
from jangkau.programmes.construction.states import State
from jangkau.registry.lists.queries.facts import Place
from jangkau.registry.people.forms.fields import EMPTY, CountField, DayField, RupiahField, WordField, typed
from jangkau.registry.people.gateways.gazetteer import gazetteer

GAP_CHOICES = [
    ("", _("Semua proyek")),
    ("open", _("Ada pekerja tanpa perlindungan hari ini")),
    ("gap", _("Pernah tanpa perlindungan atau kurang bayar")),
    ("unproven", _("Belum ada bukti pendaftaran dan pembayaran")),
    ("underpaid", _("Kurang bayar")),
    ("late", _("Pekerja dinamai setelah mulai bekerja")),
    ("changes", _("Perubahan pekerja belum dilaporkan ke cabang")),
]


class RegionForm(forms.Form):
    """Which region is meant."""

    region = forms.RegexField(r"^\d{2}\.\d{2}(\.\d{2}(\.\d{4})?)?$", required=False, widget=forms.HiddenInput)

    def clean_region(self) -> str:
        code = str(self.cleaned_data["region"])
        if code and code not in gazetteer():
            raise ValidationError(_("Wilayah ini tidak dikenal."))
        return code


class FilterForm(RegionForm):
    """Which works are shown."""

    q = forms.CharField(label=_("Kegiatan"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("Status"), choices=[("", _("Semua status")), *State.choices], required=False)
    gap = forms.ChoiceField(label=_("Celah"), choices=GAP_CHOICES, required=False)
    year = forms.TypedChoiceField(label=_("Tahun mulai"), coerce=int, empty_value=None, required=False)
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, years: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [("", _("Semua tahun")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> dict[str, Any]:
        """What queries.chosen asks for."""
        told = self.cleaned_data
        return {name: told[name] for name in ("region", "state", "gap", "year")} | {"words": told["q"]}


def _words(label: Any, length: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=required, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": EMPTY},
    )  # fmt: skip


class WorkForm(forms.Form):
    """A work that is planned."""

    activity = _words(_("Kegiatan"), 200, required=True)
    village = WordField(label=_("Desa"))
    owner = WordField(label=_("Pemilik pekerjaan"), choices=Work.Owner.choices)
    agency = _words(_("Nama dinas"), 120)
    value = RupiahField(label=_("Nilai RAB atau kontrak"))
    vat_included = forms.BooleanField(label=_("Nilai sudah termasuk PPN"), required=False)
    by_wages = forms.BooleanField(
        label=_("Iuran dihitung dari upah"), required=False, help_text=_("Bila upah setiap pekerja diketahui.")
    )
    source = _words(_("Sumber dana"), 120)
    executor = _words(_("Pelaksana"), 200)
    team = _words(_("Ketua TPK"), 200)
    ordered_on = DayField(label=_("Tanggal SPK"), required=False)
    starts_on = DayField(label=_("Hari kerja pertama"))
    ends_on = DayField(label=_("Hari kerja terakhir"))

    def __init__(self, *args: Any, villages: list[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["village"].choices = [(place.code, place.title) for place in villages]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("owner") == Work.Owner.AGENCY and not told.get("agency"):
            self.add_error("agency", ValidationError(_("Tulis nama dinas pemilik pekerjaan.")))
        return told


class StepForm(forms.Form):
    """A step with its proof."""

    to = forms.ChoiceField(choices=State.choices)
    on = DayField(label=_("Tanggal"))
    paper = _words(_("Nomor"), 60)
    amount = RupiahField(label=_("Jumlah dibayar"), required=False)
    because = _words(_("Alasan"), 200)


class AddendumForm(forms.Form):
    """A changed value or end of the contract."""

    on = DayField(label=_("Tanggal adendum"))
    paper = _words(_("Nomor adendum"), 60)
    value = RupiahField(label=_("Nilai baru"), required=False)
    ends_on = DayField(label=_("Tanggal selesai baru"), required=False)
    because = forms.CharField(
        label=_("Alasan"), max_length=200, widget=typed(inputmode="text"), error_messages={"required": EMPTY}
    )


class WorkersForm(forms.Form):
    """Workers pasted from Excel or typed."""

    pasted = forms.CharField(
        label=_("Pekerja"), max_length=200_000, strip=False, error_messages={"required": _("Tempelkan pekerjanya.")},
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Tempel dari Excel atau ketik, satu baris satu orang: NIK, nama, tugas, upah sehari, hari."),
    )  # fmt: skip
    first_on = DayField(label=_("Hari pertama bekerja"), required=False)
    named_on = DayField(label=_("Dinamai pada"))


class LeaveForm(forms.Form):
    """A worker who leaves."""

    line = forms.IntegerField(label=_("Pekerja"), error_messages={"required": EMPTY})
    on = DayField(label=_("Hari terakhir bekerja"))
    because = _words(_("Alasan"), 200, required=True)


class TellForm(forms.Form):
    """The branch was told."""

    on = DayField(label=_("Dilaporkan pada"))


class BudgetFilterForm(RegionForm):
    """Which lines of the village budgets are shown."""

    finding = forms.ChoiceField(
        label=_("Temuan"), choices=[("", _("Semua temuan")), *BudgetLine.Finding.choices], required=False
    )
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class BuilderForm(forms.Form):
    """From how many works or days a builder is a candidate."""

    works = CountField(label=_("Paling sedikit proyek"), least=1, most=50, required=False)
    days = CountField(label=_("atau hari kerja"), least=1, most=400, required=False)
    after = forms.RegexField(r"^\d+-\d+$", required=False, widget=forms.HiddenInput)

    @property
    def rule(self) -> tuple[int, int]:
        """Works and days."""
        return self.cleaned_data["works"] or LEAST_WORKS, self.cleaned_data["days"] or LEAST_DAYS
