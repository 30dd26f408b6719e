"""What an officer fills in: which events to show, an event to plan, how it went."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import RegionCode
from jangkau.programmes.outreach.models import Event, EventFile
from jangkau.programmes.outreach.states import ANY_OPEN
from jangkau.registry.access.models import Agency
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.gateways.gazetteer import gazetteer

EMPTY = _("Isi bagian ini.")
MOST_RUPIAH = 10**12


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CostField(forms.CharField):
    """Whole rupiah, with or without points; None when left empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=24, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **options
        )

    def clean(self, value: Any) -> Any:
        digits = re.sub(r"[.\s]|^Rp", "", super().clean(value))
        if digits and not (digits.isdigit() and int(digits) <= MOST_RUPIAH):
            raise ValidationError(_("Tulis rupiah bulat, misalnya 1.500.000."))
        return int(digits) if digits else None


def place_choices(scope: Scope, *, whole: bool = False) -> list[tuple[str, Any]]:
    """The places somebody may plan in: the districts with their villages; with `whole` the regency of the register."""
    known, area = gazetteer(), RegionCode(settings.JANGKAU_AREA)
    found: list[tuple[str, Any]] = []
    if whole and scope.allows(str(area)):
        found.append((str(area), known[area].name))
    for district in known.inside(area, "district"):
        code = str(district.code)
        inside = [(str(v.code), v.name) for v in known.inside(district.code, "village") if scope.allows(str(v.code))]
        if scope.allows(code):
            inside.insert(0, (code, _("Kecamatan %(name)s") % {"name": district.name}))
        if inside:
            found.append((district.name, inside))
    return found


class FilterForm(forms.Form):
    """Which events to show; what cannot be understood is passed over."""

    kind = forms.ChoiceField(label=_("Jenis"), required=False, choices=[("", _("Semua jenis")), *Event.Kind.choices])
    place = forms.ChoiceField(label=_("Tempat"), required=False)
    since = forms.DateField(label=_("Dari"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Sampai"), required=False, widget=DayInput)
    state = forms.ChoiceField(
        required=False, choices=[("", ""), (ANY_OPEN, ""), *Event.State.choices], widget=forms.HiddenInput
    )
    employer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unclear = forms.BooleanField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["place"].choices = [("", _("Semua tempat")), *place_choices(scope)]  # type: ignore[attr-defined]  # it is a choice field


class EventForm(forms.ModelForm):
    """An event to plan, or one whose plan changes."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Event.Kind.choices)
    place = forms.ChoiceField(label=_("Tempat"))
    planned_on = forms.DateField(label=_("Tanggal"), widget=DayInput, error_messages={"required": EMPTY})
    title = forms.CharField(label=_("Judul atau lokasi"), max_length=200, required=False)
    employer_name = forms.CharField(
        label=_("Perusahaan"), max_length=200, required=False, help_text=_("Untuk kunjungan pabrik.")
    )
    series = forms.CharField(
        label=_("Rangkaian rapat"), max_length=80, required=False,
        help_text=_("Misalnya Rakor UCJ. Yang belum selesai muncul sendiri di agenda rapat berikutnya."),
    )  # fmt: skip
    team = forms.CharField(label=_("Tim atau petugas"), max_length=80, required=False)
    speaker = forms.CharField(label=_("Pembicara"), max_length=120, required=False)
    cost = CostField(label=_("Biaya (rupiah)"))

    class Meta:
        model = Event
        fields = ("kind", "planned_on", "title", "employer_name", "series", "team", "speaker", "cost")

    field_order = ("kind", "place", "planned_on", "title", "employer_name", "series", "team", "speaker", "cost")

    def __init__(self, *given: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["place"].choices = place_choices(scope, whole=True)  # type: ignore[attr-defined]  # it is a choice field
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") == Event.Kind.FACTORY and not said.get("employer_name"):
            self.add_error("employer_name", _("Tulis nama perusahaan yang dikunjungi."))
        return said


class HeldForm(forms.Form):
    """How an event went, and where: a log may have told a place that nobody understood."""

    place = forms.ChoiceField(label=_("Tempat"), error_messages={"required": EMPTY})
    held_on = forms.DateField(label=_("Dilaksanakan"), widget=DayInput, error_messages={"required": EMPTY})
    attendance = forms.IntegerField(
        label=_("Banyak yang hadir"), min_value=0, max_value=100_000, required=False,
        help_text=_("Kosongkan bila daftar hadirnya ditempel atau diunggah di bawah."),
    )  # fmt: skip
    speaker = forms.CharField(label=_("Pembicara"), max_length=120, required=False)
    cost = CostField(label=_("Biaya (rupiah)"))
    result = forms.CharField(
        label=_("Hasil atau notulen"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *given: Any, scope: Scope, event: Event, **options: Any) -> None:
        super().__init__(*given, **options)
        if event.place and event.place.level == "village":
            del self.fields["place"]
            return
        choices = [("", "\u2013"), *place_choices(scope, whole=True)]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]  # it is a choice field


class AttendanceForm(forms.Form):
    """People pasted or typed, one a line, or a file with them."""

    people = forms.CharField(
        label=_("Tempel dari Excel, atau ketik satu orang tiap baris"), max_length=400_000, required=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Kolom apa saja: nama, NIK, desa, tanggal lahir, telepon; dengan atau tanpa judul kolom."),
    )  # fmt: skip
    file = forms.FileField(label=_("Atau unggah daftar hadir"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("people") and not said.get("file"):
            self.add_error("people", EMPTY)
        return said


class EventFileForm(forms.Form):
    what = forms.ChoiceField(label=_("Jenis berkas"), choices=EventFile.What.choices)
    file = forms.FileField(label=_("Berkas"), error_messages={"required": _("Pilih berkasnya dulu.")})


class AgreedForm(forms.Form):
    """One point that a meeting agreed; empty lines are passed over."""

    text = forms.CharField(label=_("Kesepakatan"), max_length=500, required=False)
    agency = forms.ChoiceField(label=_("Instansi"), required=False, choices=[("", "\u2013"), *Agency.choices])
    owner_name = forms.CharField(label=_("Penanggung jawab"), max_length=120, required=False)
    due_on = forms.DateField(label=_("Batas waktu"), required=False, widget=DayInput)
    indicator = forms.CharField(label=_("Ukuran keberhasilan"), max_length=300, required=False)


AgreedFormSet = forms.formset_factory(AgreedForm, extra=5, max_num=20)


class CarryForm(forms.Form):
    due_on = forms.DateField(label=_("Batas baru"), widget=DayInput, error_messages={"required": EMPTY})


class RouteForm(forms.Form):
    """How many go out, from when."""

    since = forms.DateField(label=_("Mulai"), widget=DayInput, error_messages={"required": EMPTY})
    teams = forms.IntegerField(label=_("Banyak tim"), min_value=1, max_value=20)
    a_day = forms.IntegerField(label=_("Paling banyak desa sehari"), min_value=1, max_value=10)
    old = forms.BooleanField(label=_("Juga yang terakhir dijangkau lebih dari setahun lalu"), required=False)


class TakenForm(forms.Form):
    """A line of the proposed calendar as it was left standing."""

    planned_on = forms.DateField()
    team = forms.CharField(max_length=80, required=False)


class CancelForm(forms.Form):
    because = forms.CharField(label=_("Alasan"), max_length=300, error_messages={"required": EMPTY})
