"""What people choose and type on the pages of cases and follow-ups."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.registry.access.models import Agency
from jangkau.registry.cases.models import FollowUp
from jangkau.registry.cases.states import Ask, CaseType, Step
from jangkau.registry.people.forms.fields import CountField, DayField, RupiahField

MOST_COUNTED = 10_000_000
LIMITS = (("", _("Semua batas waktu")), ("late", _("Lewat batas")), ("week", _("Sampai tujuh hari lagi")))


class CaseFilterForm(forms.Form):
    """Which cases of a kind; what is empty narrows nothing."""

    state = forms.ChoiceField(label=_("Keadaan"), required=False)
    topic = forms.ChoiceField(label=_("Tentang"), required=False)
    agency = forms.ChoiceField(
        label=_("Instansi"), required=False, choices=[("", _("Semua instansi")), *Agency.choices]
    )
    limit = forms.ChoiceField(label=_("Batas waktu"), required=False, choices=LIMITS)
    q = forms.CharField(label=_("Nama"), required=False, max_length=80)

    def __init__(self, *args: Any, declared: CaseType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        states = [("", str(_("Yang terbuka"))), ("all", str(_("Semua, juga yang ditutup")))]
        states += [(name, str(stage.label)) for name, stage in declared.stages.items()]
        self.fields["state"].choices = states  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["topic"].choices = [("", _("Semua")), *declared.topics.items()]  # type: ignore[attr-defined]  # same


class StepForm(forms.Form):
    """The day and the reason of a step, and the facts that it asks for. `numbered`: the register gives the numbers."""

    on = DayField(label=_("Tanggal"))
    reason = forms.CharField(
        label=_("Keterangan"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, step: Step, numbered: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.initial.setdefault("on", timezone.localdate())
        self.asks = [ask for ask in step.asks if not (numbered and ask.kind == "number")]
        self.numbered = numbered and any(ask.series for ask in step.asks)
        for ask in self.asks:
            self.fields[f"fact_{ask.name}"] = _field_of(ask)
        self.order_fields(["on", *(f"fact_{ask.name}" for ask in self.asks), "reason"])

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as they are kept: numbers, and days as text."""
        told = {ask.name: self.cleaned_data[f"fact_{ask.name}"] for ask in self.asks}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in told.items()
            if value not in (None, "")
        }


def _field_of(ask: Ask) -> forms.Field:
    label = str(ask.label)
    if ask.kind == "money":
        return RupiahField(label=label, required=ask.required)
    if ask.kind == "count":
        return CountField(label=label, required=ask.required, most=MOST_COUNTED)
    if ask.kind == "day":
        return DayField(label=label, required=ask.required)
    return forms.CharField(label=label, required=ask.required, max_length=300)


class HandOverForm(forms.Form):
    """To whom a case goes, and why."""

    agency = forms.ChoiceField(label=_("Kepada"), choices=Agency.choices)
    reason = forms.CharField(label=_("Alasan"), max_length=500)


class FollowUpFilterForm(forms.Form):
    """Which follow-ups."""

    state = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Yang terbuka")), ("late", _("Lewat batas")), ("mine", _("Milik saya")),
                 (FollowUp.State.DONE, _("Selesai")), (FollowUp.State.DROPPED, _("Tidak dilanjutkan"))],
    )  # fmt: skip
    q = forms.CharField(label=_("Isi atau penanggung jawab"), required=False, max_length=80)


class ReportForm(forms.Form):
    """What became of a follow-up."""

    text = forms.CharField(label=_("Apa yang sudah terjadi?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    state = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[
            (FollowUp.State.OPEN, _("Masih berjalan")),
            (FollowUp.State.DONE, _("Selesai")),
            (FollowUp.State.DROPPED, _("Tidak dilanjutkan")),
        ],
    )
    on = DayField(label=_("Tanggal"))
    paper = forms.FileField(label=_("Bukti (berkas, boleh kosong)"), required=False)


class LetterForm(forms.Form):
    """Which letter, and its day."""

    kind = forms.CharField(max_length=24)
    dated_on = DayField(label=_("Tanggal surat"))
