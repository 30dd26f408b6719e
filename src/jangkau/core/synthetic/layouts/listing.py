"""What a layout is given, and how dates and places are written on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jangkau.core.synthetic.mess import Entry
from jangkau.core.synthetic.words import MONTHS


@dataclass(frozen=True)
class VillageList:
    """A village's list before it has a shape."""

    village: str
    district: str
    regency: str
    kind: str  # DESA or KELURAHAN
    as_of: date
    entries: list[Entry]
    chief: str
    clerk: str

    @property
    def titles(self) -> tuple[str, str]:
        return (
            f"DAFTAR PEKERJA RENTAN {self.kind} {self.village.upper()}",
            f"KECAMATAN {self.district.upper()} {self.regency.upper()}",
        )

    @property
    def signed_at(self) -> str:
        return f"{self.village}, {spelled(self.as_of)}"


def dashed(born: date | str | None) -> str:
    """12-03-1985; what is not a date stays as it is written."""
    return f"{born:%d-%m-%Y}" if isinstance(born, date) else born or ""


def slashed(born: date | str | None) -> str:
    return f"{born:%d/%m/%Y}" if isinstance(born, date) else born or ""


def short(born: date | str | None) -> str:
    """12/03/85, but the whole year from 2012 on, where two digits would be read as 19xx."""
    if not isinstance(born, date):
        return born or ""
    return f"{born:%d/%m/}{born.year % 100:02d}" if born.year < 2012 else slashed(born)


def spelled(born: date | str | None) -> str:
    """12 Maret 1985."""
    return f"{born.day} {MONTHS[born.month - 1]} {born.year}" if isinstance(born, date) else born or ""


def place_and(where: str, born: str) -> str:
    return f"{where}, {born}" if born else where


def street(entry: Entry, pick: int = 0) -> str:
    """Kp. PASIRJATI."""
    return f"{('Kp.', 'Kampung', 'Dusun', 'Dsn.', 'Kp')[(entry.rt + entry.rw + pick) % 5]} {entry.hamlet}"


def full_address(entry: Entry, pick: int) -> str:
    """The hamlet with RT and RW in one of the ways they are written, and the village if another one is meant."""
    rt, rw = entry.rt, entry.rw
    pair = (
        f"RT {rt:03d}/{rw:03d}",
        f"Rt {rt}/{rw}",
        f"RT.{rt:02d} RW.{rw:02d}",
        f"RT{rt:02d}/RW{rw:02d}",
        f"{rt:02d}/{rw:02d}",
    )
    text = f"{street(entry, pick)} {pair[pick % 5]}"
    return f"{text} Ds. {entry.place}" if entry.place else text


def whole(number: int, pick: int) -> int | str:
    """RT and RW as officers type them: 5 or 005."""
    return number if pick % 3 else f"{number:03d}"


def rupiah(amount: int) -> str:
    """Rp 1.250.000,-"""
    return f"Rp {amount:,}".replace(",", ".") + ",-"
