"""How numbers, money, dates and shares are written for people: Indonesian separators by default, English by switch.
Source: EYD V for the decimal comma and the point between thousands. The law's
own rounding is elsewhere (core.rules)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, gettext, pgettext

from jangkau.registry.access.permissions import Withheld

_MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_SHORT = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_BOUNDS = (20, 35, 50, 65)  # per cent; a class holds its lower bound
_NOTHING = "\N{EN DASH}"


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def _separated(text: str) -> str:
    """Turns "1,150,000.5" into the form of the language."""
    return text if _language() == "en" else text.translate(str.maketrans(",.", ".,"))


def people(value: int | None) -> str:
    """A count: 1.150.000."""
    return _NOTHING if value is None else _separated(f"{value:,}")


def percent(value: float | Decimal | None, places: int = 1) -> str:
    """A percentage 0-100, half up: 41,0 %. A published whole number keeps its form with `places` 0."""
    if value is None:
        return _NOTHING
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = "%" if _language() == "en" else "\N{NO-BREAK SPACE}%"
    return _separated(f"{rounded:,}") + sign


def as_published(value: float | None) -> str:
    """A percentage with the decimals it was published with: 41 %, 37,7 %, 52,15 %."""
    if value is None:
        return _NOTHING
    text = format(Decimal(str(value)).normalize(), "f")
    return percent(value, len(text.partition(".")[2]))


def chance(value: float | None) -> str:
    """A probability 0-1 as a percentage; never rounded up to certainty."""
    return _NOTHING if value is None else percent(min(100 * value, 99.9) if value < 1 else 100, 0 if value >= 1 else 1)


def masked(nik: str | None) -> str:
    """A NIK as people see it who have not asked for the whole number; the same form as core.kernel.Nik."""
    if not nik:
        return _NOTHING
    return nik[:4] + "*" * (len(nik) - 8) + nik[-4:] if len(nik) > 8 else "*" * len(nik)


def rupiah(value: int | Withheld | None) -> str:
    """Whole rupiah: Rp16.800; what was taken out stays as it is."""
    if isinstance(value, Withheld):
        return value
    return _NOTHING if value is None else f"Rp{_separated(f'{value:,}')}"


def day(value: date | None) -> str:
    """A day: 14 Juli 2025."""
    return _NOTHING if value is None else f"{value.day} {_MONTHS[_language()][value.month - 1]} {value.year}"


def month(value: date | Withheld | None) -> str:
    """A month: Oktober 2026; what was taken out stays as it is."""
    if isinstance(value, Withheld):
        return value
    return _NOTHING if value is None else f"{_MONTHS[_language()][value.month - 1]} {value.year}"


def short_month(value: date | None) -> str:
    """A month for the axis of a chart: Okt 26."""
    return _NOTHING if value is None else f"{_SHORT[_language()][value.month - 1]} {value.year % 100:02d}"


def clock(value: int | None) -> str:
    """A duration in seconds, in words: 40 detik, 3 menit."""
    if value is None:
        return ""
    if value < 90:
        return gettext("%(n)s detik") % {"n": max(1, round(value))}
    return gettext("%(n)s menit") % {"n": round(value / 60)}


def coverage_class(value: float | None) -> str:
    """The class of the legend that a percentage falls into: 0 to 4, over, none."""
    if value is None:
        return "none"
    if value > 100:
        return "over"
    return str(sum(value >= bound for bound in _BOUNDS))


def coverage_word(value: float | None) -> str:
    """The class in words, for those who see no colour."""
    words = {
        "none": gettext("tidak ada data"),
        "over": gettext("terlalu tinggi"),
        "0": pgettext("cakupan", "rendah"),
        "1": pgettext("cakupan", "rendah"),
        "2": pgettext("cakupan", "sedang"),
    }
    return words.get(coverage_class(value)) or pgettext("cakupan", "tinggi")
