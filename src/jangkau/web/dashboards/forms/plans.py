"""What is asked before a plan is made: a budget or a goal, where, whose work, who pays, from when and how long."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jangkau.registry.lists.presenters.shares import TRADE_WORDS
from jangkau.registry.people.forms.fields import CountField, DayField, RupiahField, WordField, typed
from jangkau.web.dashboards.forms.simulations import FUNDING

_POINTS = re.compile(r"\d{1,2}([.,]\d{1,2})?")
FROM_A_BUDGET = [choice for choice in FUNDING if choice[0] != "own"]


class PlanForm(forms.Form):
    """One of budget, people and points is filled."""

    region = WordField(label=_("Wilayah"))
    budget = RupiahField(label=_("Anggaran"), required=False, help_text=_("Untuk seluruh masa di bawah."))
    people = CountField(label=_("Atau banyak orang"), most=10**7, least=1, required=False)
    points = forms.CharField(
        label=_("Atau poin persen"), max_length=6, required=False, widget=typed(), help_text=_("Misalnya 2,5.")
    )
    trade = WordField(
        label=_("Pekerjaan"), choices=[("", _("Semua pekerjaan BPU")), *TRADE_WORDS.items()], required=False
    )
    funding = WordField(label=_("Siapa yang membayar?"), choices=FROM_A_BUDGET, initial="apbd")
    income = RupiahField(label=_("Penghasilan sebulan"), help_text=_("Menentukan dasar iuran."), initial="1.000.000")
    first_covered_on = DayField(label=_("Hari pertama dilindungi"))
    months = CountField(label=_("Banyak bulan"), most=60, least=1, initial=12)
    most_each = CountField(
        label=_("Paling banyak orang tiap desa"),
        most=10**6,
        least=1,
        required=False,
        help_text=_("Misalnya 100. Kosong: semua yang belum terlindungi."),
    )

    def __init__(self, *given: Any, regions: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["region"].choices = list(regions)  # type: ignore[attr-defined]  # a ChoiceField

    def clean_first_covered_on(self) -> Any:
        day = self.cleaned_data["first_covered_on"]
        if day.year < 2015:
            raise ValidationError(_("Perlindungan ini ada sejak Juli 2015."))
        return day

    def clean_points(self) -> Decimal | None:
        text = self.cleaned_data["points"].strip()
        if not text:
            return None
        points = Decimal(text.replace(",", ".")) if _POINTS.fullmatch(text) else Decimal(0)
        if not points:
            raise ValidationError(_("Tulis poin persen di atas nol, misalnya 2,5."))
        return points

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        filled = [name for name in ("budget", "people", "points") if said.get(name) or name in self.errors]
        if len(filled) != 1:
            self.add_error("budget", _("Isi salah satu saja: anggaran, banyak orang, atau poin persen."))
        return said
