"""Numbers, rates, days and yes or no as Indonesian and English sentences write them."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from jangkau.core.kernel import Month
from jangkau.core.rules.arithmetic import Rate
from jangkau.core.rules.parameters import Table

_BOTH = re.compile(r"([^();|]+?) \| ([^();|]+)")
STATUS_WORDS = {
    "verified": ("terverifikasi", "verified"),
    "secondary": ("sekunder", "secondary"),
    "assumed": ("asumsi", "assumed"),
    "scenario": ("skenario", "scenario"),
}
ROUNDING_WORDS = {
    "half_up": ("setengah ke atas", "half up"),
    "half_even": ("setengah ke genap", "half to even"),
    "down": ("ke bawah", "down"),
    "up": ("ke atas", "up"),
}


CODE_WORDS = {
    "micro": ("mikro", "micro"),
    "small": ("kecil", "small"),
    "medium": ("menengah", "medium"),
    "large": ("besar", "large"),
    "transport": ("angkutan", "transport"),
    "other": ("lainnya", "other"),
    "housing": ("perumahan", "housing"),
    "own": ("sendiri", "own money"),
    "apbn": ("APBN", "state budget"),
    "apbd": ("APBD", "regional budget"),
    "apbdes": ("APBDes", "village budget"),
    "dbhcht": ("DBHCHT", "tobacco excise share"),
    "csr": ("CSR", "company donation"),
    "donor": ("donatur", "donor"),
    "company": ("perusahaan penempatan", "placement company"),
    "individual": ("perseorangan", "individual"),
    "pu": ("PU", "PU"),
    "bpu": ("BPU", "BPU"),
    "jakon": ("jakon", "Jakon"),
    "jkk": ("JKK", "JKK"),
    "jkm": ("JKM", "JKM"),
    "spouse": ("janda atau duda", "widow or widower"),
    "child": ("anak", "child"),
    "parent": ("orang tua", "parent"),
    "dentures": ("gigi tiruan", "dentures"),
    "hearing_aid": ("alat bantu dengar", "hearing aid"),
    "glasses": ("kacamata", "glasses"),
    "relief_applied": ("keringanan berlaku", "the relief applies"),
    "no_relief_in_month": ("tidak ada keringanan pada bulan itu", "no relief in that month"),
    "funding_source_excluded": (
        "sumber dana dikecualikan dari keringanan",
        "no relief for this funding source",
    ),
    "too_few_workers": ("pekerja kurang dari batas", "too few workers"),
    "not_labour_intensive": ("bukan industri padat karya", "not labour-intensive"),
    "pension": ("pensiun bulanan", "monthly pension"),
    "lump_sum": ("dibayar sekaligus", "paid at once"),
    "pension_as_15_years": ("pensiun dihitung 15 tahun", "pension as after 15 years"),
    "paid": ("lunas", "paid"),
    "arrears": ("menunggak", "in arrears"),
    "ended": ("kepesertaan berakhir", "membership ended"),
}


def grouped(number: int, english: bool) -> str:
    """Thousands apart.

    >>> grouped(3605000, False), grouped(3605000, True)
    ('3.605.000', '3,605,000')
    """
    text = f"{number:,}"
    return text if english else text.replace(",", ".")


def decimal(value: Fraction, english: bool = True) -> str:
    """A fraction written out when it ends, else as a fraction.

    >>> decimal(Fraction(89, 100), False), decimal(Fraction(1, 3)), decimal(Fraction(40))
    ('0,89', '1/3', '40')
    """
    if value < 0:
        return "-" + decimal(-value, english)
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > 12:
            return f"{value.numerator}/{value.denominator}"
    digits = str(int(value * 10**places)).zfill(places + 1)
    whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
    text = grouped(int(whole), english)
    return text + ("." if english else ",") + rest if rest else text


def percent(value: Fraction) -> str:
    """A share as plain percent, without the sign: the form of outputs.

    >>> percent(Fraction(9, 200))
    '4.5'
    """
    return decimal(value * 100).replace(",", "")


def shown(value: object, unit: str, language: str) -> str:
    """A value as a sentence writes it; `unit` as parameters and quantities name it.

    >>> shown(11_086_300, "rupiah", "id"), shown(Fraction(3, 1250), "share of wage", "en"), shown(True, "flag", "id")
    ('Rp11.086.300', '0.24%', 'ya')
    """
    english = language.startswith("en")
    if isinstance(value, bool):
        return ("no", "yes")[value] if english else ("tidak", "ya")[value]
    if isinstance(value, Rate):
        value = value.fraction
    if isinstance(value, int | Fraction):
        return _number(value, unit, english)
    if isinstance(value, dict):
        return ", ".join(f"{key} {shown(each, unit, language)}" for key, each in value.items())
    if isinstance(value, Table | tuple):
        size = len(value.keys if isinstance(value, Table) else value)
        return f"{size} " + ("entries" if english else "butir")
    if value is None:
        return "none" if english else "tidak ada"
    return CODE_WORDS[str(value)][english] if unit == "code" and str(value) in CODE_WORDS else str(value)


def _number(value: int | Fraction, unit: str, english: bool) -> str:
    if unit.startswith("rupiah"):
        return "Rp" + decimal(Fraction(value), english)
    if isinstance(value, Fraction):
        return decimal(value, english) if unit == "months" else decimal(value * 100, english) + "%"
    return str(value) if unit in ("year", "code") else grouped(value, english)


def plain(value: object) -> object:
    """A value as JSON holds it: whole numbers, words, yes or no, ISO days, rates as text."""
    if isinstance(value, Rate):
        return f"{value.fraction.numerator}/{value.fraction.denominator}"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Month):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Table):
        return {key: plain(entry) for key, entry in zip(value.keys, value.entries, strict=True)}
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


def law_in(text: str, language: str) -> str:
    """A legal basis, which the files write with "art.", as the language abbreviates articles; words that are no
    citation stand in both languages, "Indonesian | English".

    >>> law_in("PP 44/2015 art. 16", "id"), law_in("PP 7/2025 art. 2 (berakhir | ended)", "en")
    ('PP 44/2015 ps. 16', 'PP 7/2025 art. 2 (ended)')
    """
    text = _BOTH.sub(r"\2" if language.startswith("en") else r"\1", text)
    return text if language.startswith("en") else text.replace("art. ", "ps. ")
