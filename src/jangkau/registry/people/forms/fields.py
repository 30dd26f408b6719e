"""Fields as an officer fills them: rupiah with or without points, months, days. Every refusal says what to write."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import Month, Refused

EMPTY = _("Isi bagian ini.")
MOST = 10**15  # a quadrillion rupiah: above it a figure is a slip of the hand, and far above it no longer exact
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+|\d+")


def typed(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"} | attributes)


def rupiah(text: str) -> int:
    """Whole rupiah from "3.500.000", "Rp3500000" or "3,500,000.00"; raises ValidationError."""
    bare = re.sub(
        r"[.,]00?$", "", text.strip().removeprefix("Rp").removeprefix("IDR").replace("\xa0", "").replace(" ", "")
    )
    if not _GROUPED.fullmatch(bare) or int(re.sub(r"[.,]", "", bare)) > MOST:
        raise ValidationError(
            _("“%(said)s” bukan jumlah rupiah. Tulis misalnya 3.500.000."), params={"said": text[:40]}
        )
    return int(re.sub(r"[.,]", "", bare))


class RupiahField(forms.CharField):
    """Whole rupiah, None when left empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=typed(placeholder="0"), error_messages={"required": EMPTY}, max_length=40, **options)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        return rupiah(text) if text else None


class CountField(forms.IntegerField):
    """Months, days, people: a whole number, not negative."""

    def __init__(self, *, most: int, least: int = 0, **options: Any) -> None:
        super().__init__(
            min_value=least,
            max_value=most,
            error_messages={"required": EMPTY, "invalid": _("Tulis angka bulat.")},
            widget=typed(),
            **options,
        )


class MonthField(forms.CharField):
    """A month, as the text that the rules read: "2026-10"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"type": "month"}),
            error_messages={"required": EMPTY},
            max_length=10,
            **options,
        )

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return str(Month.parse(text))
        except Refused as error:
            raise ValidationError(error.sentence(get_language() or "id")) from error


class DayField(forms.DateField):
    """A day, None when left empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
            error_messages={"required": EMPTY, "invalid": _("Tulis tanggal, misalnya 31/10/2026.")},
            **options,
        )


class WordField(forms.ChoiceField):
    """One of a few words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": EMPTY, "invalid_choice": _("Pilih salah satu.")}, **options)


class WagesField(forms.CharField):
    """A pasted column of wages, one on each line."""

    MOST_LINES = 5000

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.Textarea(
                attrs={"rows": 8, "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
            ),
            error_messages={"required": _("Tempelkan upah, satu baris satu pekerja.")},
            max_length=200_000,
            **options,
        )

    def clean(self, value: Any) -> list[int]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > self.MOST_LINES:
            raise ValidationError(_("Paling banyak %(most)s baris sekali hitung."), params={"most": self.MOST_LINES})
        found = []
        for number, line in enumerate(lines, 1):
            try:
                found.append(rupiah(line))
            except ValidationError as error:
                words = {"n": number, "said": line.strip()[:40]}
                raise ValidationError(
                    _("Baris %(n)s, “%(said)s”, bukan jumlah rupiah. Tulis satu upah tiap baris, misalnya 3.500.000."),
                    params=words,
                ) from error
        return found
