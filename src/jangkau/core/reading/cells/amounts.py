"""Money, counts, programmes, segments and sexes as officers write them; one function a cell, called once for each
distinct text."""

from __future__ import annotations

import re

_PROGRAMMES = ("jkk", "jkm", "jht", "jp", "jkp")
_MALE = {"L", "LK", "LAKI", "LAKILAKI", "LAKI2", "LLAKI", "PRIA", "M", "MALE", "COWO", "COWOK", "LELAKI", "LALAKI"}
_FEMALE = {"P", "PR", "PRP", "PEREMPUAN", "WANITA", "W", "WN", "F", "FEMALE", "CEWE", "CEWEK",
           "PEREMPUN", "AWEWE"}  # fmt: skip
_TICKS = {"V", "X", "√", "✓", "✔", "1", "YA", "Y", "*", "●", "O", "☑"}


def rupiah(text: str) -> int | None:
    """Whole rupiah; thousands and decimal marks by their place; "2,5 juta" is understood.

    >>> [rupiah(t) for t in ("Rp 3.831.926,-", "3,831,926.00", "1050000", "2,5 jt", "1.500", "tidak tentu")]
    [3831926, 3831926, 1050000, 2500000, 1500, None]
    """
    found = re.search(r"\d[\d., ]*", text)
    if not found:
        return None
    rest = text[found.end() :].strip(" ,-./").lower()
    number = found[0].replace(" ", "").rstrip(".,")
    factor = 1_000_000 if rest.startswith(("jt", "juta")) else 1000 if rest.startswith(("rb", "ribu")) else 1
    decimal = re.search(r"[.,](\d{1,2})$", number)
    fraction = float(f"0.{decimal[1]}") if decimal else 0.0
    whole = re.sub(r"[.,]", "", number[: decimal.start()] if decimal else number)
    if len(whole) > 15:
        return None
    return round((int(whole or 0) + fraction) * factor)


def count(text: str) -> int | None:
    """A number of people or months: "± 64", "58 org", "26".

    >>> [count(t) for t in ("± 64", "58 org", "1.250", "-")]
    [64, 58, 1250, None]
    """
    found = re.search(r"\d{1,3}(?:\.\d{3})+|\d{1,9}", text)
    return int(found[0].replace(".", "")) if found else None


def decile(text: str) -> int | None:
    """1 to 10, None for anything else.

    >>> decile("Desil 4"), decile("2"), decile("11")
    (4, 2, None)
    """
    found = count(text)
    return found if found is not None and 1 <= found <= 10 else None


def programmes(text: str) -> str | None:
    """The programmes named, in the order of the law: "jkk,jkm,jht".

    >>> programmes("JKK+JKM+JHT"), programmes("JP, JHT, JKK dan JKM"), programmes("-")
    ('jkk,jkm,jht', 'jkk,jkm,jht,jp', None)
    """
    said = set(re.findall(r"[a-z]+", text.lower()))
    return ",".join(p for p in _PROGRAMMES if p in said) or None


def segment(text: str) -> str | None:
    """pu, bpu, jakon or pmi.

    >>> [segment(t) for t in ("PU", "Bukan Penerima Upah", "penerima upah", "Jasa Konstruksi", "?")]
    ['pu', 'bpu', 'pu', 'jakon', None]
    """
    letters = re.sub(r"[^a-z]", "", text.lower())
    if letters in {"bpu", "mandiri"} or letters.startswith("bukanpenerima"):
        return "bpu"
    if letters in {"pu", "ppu"} or letters.startswith("penerimaupah"):
        return "pu"
    if "jakon" in letters or "konstruksi" in letters:
        return "jakon"
    return "pmi" if letters in {"pmi", "tki"} or "migran" in letters else None


def sex(text: str) -> str | None:
    """L or P.

    >>> [sex(t) for t in ("Laki-laki", "Lk", "p", "Pr.", "wanita", "?")]
    ['L', 'L', 'P', 'P', 'P', None]
    """
    letters = re.sub(r"[^A-Z2]", "", text.upper())
    if letters in _MALE:
        return "L"
    return "P" if letters in _FEMALE else None


def ticked(text: str) -> bool:
    """Is this a tick mark?

    >>> ticked("√"), ticked("v"), ticked("-")
    (True, True, False)
    """
    return text.strip().upper() in _TICKS
