"""Regions of Indonesia by Kemendagri code: 32 province, 32.02 regency, 32.02.01 district, 32.02.01.2001 village.
Source of codes and names: Kepmendagri 300.2.2-2138/2025. Codes of BPS are other numbers and are never accepted here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jangkau.core.kernel.errors import Refused, Unknown

_FORM = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
LEVELS = ("province", "regency", "district", "village")
WIDTHS = {"province": 2, "regency": 5, "district": 8, "village": 13}


class RegionCode(str):
    """A Kemendagri code with dots.

    >>> RegionCode("32.02.01.2001").level, RegionCode("32.02.01.2001").parent, RegionCode("32.02").digits
    ('village', '32.02.01', '3202')
    """

    __slots__ = ()

    def __new__(cls, text: str) -> RegionCode:
        if not _FORM.fullmatch(text):
            raise Refused(
                f"“{text}” bukan kode wilayah. Tulis kode Kemendagri, misalnya 32.02 atau 32.02.01.2001.",
                f"“{text}” is not a region code. Write a Kemendagri code, for example 32.02 or 32.02.01.2001.",
            )
        return super().__new__(cls, text)

    @property
    def level(self) -> str:
        return LEVELS[self.count(".")]

    @property
    def parent(self) -> RegionCode | None:
        """The region one level up; None for a province."""
        return RegionCode(self.rpartition(".")[0]) if "." in self else None

    @property
    def digits(self) -> str:
        """The code without dots, as it stands at the head of a NIK."""
        return self.replace(".", "")

    def at(self, level: str) -> RegionCode:
        """The region of a higher (or the same) level that holds this one.

        >>> RegionCode("32.02.01.2001").at("district")
        '32.02.01'
        """
        return RegionCode(self[: WIDTHS[level]])

    def holds(self, other: str) -> bool:
        """Is `other` this region or inside it?"""
        return other == self or other.startswith(self + ".")

    @property
    def is_kelurahan(self) -> bool:
        """Kelurahan carry 1NNN, desa 2NNN (customary villages 3NNN)."""
        return self.level == "village" and self[9] == "1"


class Region(NamedTuple):
    """A region with its name as the decree writes it; coordinates in degrees (WGS 84) of a point inside, or None."""

    code: RegionCode
    name: str
    latitude: float | None = None
    longitude: float | None = None


class Gazetteer:
    """All regions, held in memory: look up, walk down."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = {region.code: region for region in regions}
        self._children: dict[str, list[Region]] = {}
        for region in self._regions.values():
            self._children.setdefault(region.code.rpartition(".")[0], []).append(region)

    @classmethod
    def parse(cls, table: str) -> Gazetteer:
        """Reads the table that the package carries: one line a region, `code|name|latitude|longitude`, the last two
        empty where unknown.

        >>> g = Gazetteer.parse("32|Jawa Barat||\\n32.02|Kabupaten Sukabumi|-7.0|106.7")
        >>> g["32.02"].name, len(g), [r.code for r in g.children("32")]
        ('Kabupaten Sukabumi', 2, ['32.02'])
        """
        return cls(_parse_lines(table.splitlines()))

    def __getitem__(self, code: str) -> Region:
        try:
            return self._regions[code]  # type: ignore[index]  # a str equal to the code finds it
        except KeyError:
            raise Unknown(
                f"Kode wilayah {code} tidak ada dalam daftar Kemendagri yang dimuat.",
                f"Region code {code} is not in the Kemendagri list that is loaded.",
            ) from None

    def __contains__(self, code: object) -> bool:
        return code in self._regions

    def __len__(self) -> int:
        return len(self._regions)

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def children(self, code: str) -> list[Region]:
        """The regions one level below `code` ("" for the provinces), by code."""
        return sorted(self._children.get(code, []))

    def inside(self, code: str, level: str) -> list[Region]:
        """All regions of `level` inside `code`, by code; the region itself when it is of that level."""
        if RegionCode(code).level == level:
            return [self[code]]
        return [found for child in self.children(code) for found in self.inside(child.code, level)]


def _parse_lines(lines: Iterable[str]) -> Iterator[Region]:
    for line in lines:
        code, name, latitude, longitude = line.split("|")
        yield Region(
            RegionCode(code), name, float(latitude) if latitude else None, float(longitude) if longitude else None
        )
