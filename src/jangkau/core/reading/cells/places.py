"""Which village does this text name? Names repeat between districts, so the district said first decides; misspelt names
count only inside a known district and only when one village is clearly nearest. A place outside the area is not
forced into it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from jangkau.core.kernel import Gazetteer, RegionCode

_LEADS = re.compile(
    r"^(?:(?:pemerintah|kantor|balai|aula|warga|desa|ds|kelurahan|kel|lurah|kecamatan|kec|tpi|pasar|sekolah|gedung|"
    r"posyandu|ponpes|lapang(?:an)?)\b[.:\s]*)+",
    re.IGNORECASE,
)
_SHORT = {"gn": "gunung", "gng": "gunung", "pel": "palabuhan", "skbmi": "sukabumi", "sukb": "sukabumi", "jp": "jampang",
          "cbdk": "cibadak"}  # fmt: skip
CLEAR = 74.0  # similarity that a misspelt name inside the district said must reach; 100 is equal
NEAR = 85.0  # the same inside the list's own district, when none was said
FAR = 90.0  # the same in the whole area
MARGIN = 6.0  # and by how much the second best must be worse

VILLAGE_IN_TEXT = re.compile(
    r"\b(?:DS|DESA|KEL|KELURAHAN)\b[.:\s]*([A-Z?][A-Z'?\- ]*?)\s*(?:[,(;\d]|\bKEC|\bKAB|\bKOTA\b|\bRT\b|\bRW\b|$)"
)
DISTRICT_IN_TEXT = re.compile(r"\bKEC(?:AMATAN)?\b[.:\s]*([A-Z][A-Z'\- ]*?)\s*(?:[,(;\d]|\bKAB|\bKOTA\b|\bDESA\b|$)")
REGENCY_IN_TEXT = re.compile(r"\b(KAB|KABUPATEN|KOTA)\b[.:\s]*([A-Z][A-Z'\- ]*?)\s*(?:[,(;\d]|\bPROV|$)")


class Place(NamedTuple):
    """What a text names: codes where known, else None and the problem (region_unknown, region_ambiguous)."""

    village: str | None
    district: str | None
    problem: str | None = None


NOWHERE = Place(None, None)
UNKNOWN = Place(None, None, "region_unknown")


@cache
def squash(text: str) -> str:
    """Letters alone, lower case, without words like "desa", short forms spelt out.

    >>> squash("Ds. Gn. Guruh "), squash("Palabuhan Ratu")
    ('gunungguruh', 'palabuhanratu')
    """
    words = re.findall(r"[a-z]+", _LEADS.sub("", text.strip()).lower())
    return "".join(_SHORT.get(word, word) for word in words)


class Places:
    """Names of districts and villages inside one area, ready for look-up."""

    def __init__(self, gazetteer: Gazetteer, area: RegionCode) -> None:
        self.area_name = gazetteer[area].name if area in gazetteer else ""
        known = area in gazetteer
        self.districts = {r.code: r.name for r in gazetteer.inside(area, "district")} if known else {}
        self.villages = {r.code: r.name for r in gazetteer.inside(area, "village")} if known else {}
        self._district_by_name: dict[str, str] = {squash(name): code for code, name in self.districts.items()}
        self._village_by_name: dict[str, list[str]] = {}
        self._names_in: dict[str, dict[str, str]] = {code: {} for code in self.districts}
        for code, name in self.villages.items():
            key = squash(name) or name.lower()
            self._village_by_name.setdefault(key, []).append(code)
            self._names_in.setdefault(code[:8], {})[key] = code

    def district(self, text: str | None) -> str | None:
        """The district that `text` names, misspelt or not; None when none is clear."""
        if not text:
            return None
        key = squash(text)
        return self._district_by_name.get(key) or _nearest(key, self._district_by_name, CLEAR)

    def has_village(self, text: str) -> bool:
        """Is there a village of this name somewhere in the area?"""
        return squash(text) in self._village_by_name

    def exact_district(self, text: str) -> str | None:
        """The district whose name `text` is, spelling aside."""
        return self._district_by_name.get(squash(text))

    def is_outside(self, kind: str | None, name: str | None) -> bool:
        """Does "Kota Skbmi" or "Kab. Cianjur" lie outside the area? Silence does not."""
        if not name or not self.area_name:
            return False
        city = self.area_name.lower().startswith("kota")
        if kind and (kind.upper() == "KOTA") != city:
            return True
        own = squash(re.sub(r"^(?:kabupaten|kota)\s+", "", self.area_name, flags=re.IGNORECASE))
        return fuzz.ratio(squash(name), own) < CLEAR

    def find(
        self,
        village: str | None,
        district: str | None = None,
        *,
        near: str | None = None,
        only: frozenset[str] | None = None,
    ) -> Place:
        """The village named; `district` as the row says it, `near` the code of the list's own district, `only` the
        codes of districts the list is about.

        >>> g = Gazetteer.parse("32||| \\n".replace("||| ", "|Jawa Barat||") + "32.02|Kabupaten Sukabumi||\\n"
        ...     "32.02.01|Satu||\\n32.02.01.2001|Mekarsari||\\n32.02.02|Dua||\\n32.02.02.2001|Mekarsari||")
        >>> p = Places(g, RegionCode("32.02"))
        >>> p.find("Ds. Mekarsarii", "Dua"), p.find("Mekarsari").problem, p.find("Mekarsari", near="32.02.01").village
        (Place(village='32.02.02.2001', district='32.02.02', problem=None), 'region_ambiguous', '32.02.01.2001')
        """
        said = self.district(district)
        if district and not said and squash(district):
            return UNKNOWN
        key = squash(village or "")
        if not key:
            return UNKNOWN if village and "?" in village else Place(None, said)
        if said:
            code = self._names_in[said].get(key) or _nearest(key, self._names_in[said], CLEAR)
            return Place(code, said) if code else Place(None, said, "region_unknown")
        return self._without_district(key, near, only)

    def may_be(self, text: str | None, district: str | None = None) -> list[str]:
        """The villages (codes) that `text` may name, in the area or in the district with this code: those so called,
        else those whose name is like it.

        >>> g = Gazetteer.parse("32|Jawa Barat||\\n32.02|Kabupaten Sukabumi||\\n32.02.01|Satu||\\n"
        ...     "32.02.01.2001|Mekarsari||\\n32.02.02|Dua||\\n32.02.02.2001|Mekarsari||\\n32.02.02.2002|Cikadu||")
        >>> p = Places(g, RegionCode("32.02"))
        >>> p.may_be("mekarsari"), p.may_be("Ds. Mekarsarri", "32.02.02"), p.may_be("Aula")
        (['32.02.01.2001', '32.02.02.2001'], ['32.02.02.2001'], [])
        """
        key = squash(text or "")
        if len(key) < 4:
            return []
        if district:
            names = self._names_in.get(district, {})
            same = [names[key]] if key in names else []
            return same or [code for _, _, code in _like(key, {code: name for name, code in names.items()}, CLEAR)]
        own = self._village_by_name.get(key)
        like = _like(key, {name: name for name in self._village_by_name}, FAR)
        return sorted(own or (code for name, _, _ in like for code in self._village_by_name[name]))

    def _without_district(self, key: str, near: str | None, only: frozenset[str] | None) -> Place:
        codes = self._village_by_name.get(key, [])
        at_home = [code for code in codes if near and code.startswith(near)]
        nearby = [code for code in codes if only and code[:8] in only]
        for chosen in (at_home, codes, nearby):
            if len(chosen) == 1:
                return Place(chosen[0], chosen[0][:8])
        if codes:
            return Place(None, None, "region_ambiguous")
        own = _nearest(key, self._names_in.get(near or "", {}), NEAR)
        if own:
            return Place(own, own[:8])
        far = _nearest(key, {name: name for name in self._village_by_name}, FAR)
        return self._without_district(far, near, only) if far else UNKNOWN

    def find_leading(self, words: list[str], near: str | None) -> Place:
        """The village whose name the first words spell, the longest name first ("CIBOLANG KALER RW 01")."""
        for size in range(min(len(words), 4), 0, -1):
            key = squash(" ".join(words[:size]))
            codes = self._village_by_name.get(key, [])
            at_home = [code for code in codes if near and code.startswith(near)]
            for chosen in (at_home, codes):
                if len(chosen) == 1:
                    return Place(chosen[0], chosen[0][:8])
            if codes:
                return Place(None, None, "region_ambiguous")
        return NOWHERE


def _like(key: str, names: dict[str, str], least: float) -> list[tuple[str, float, str]]:
    """(name, similarity, key of `names`) of the names that are like `key`, the nearest first."""
    return process.extract(key, names, scorer=fuzz.ratio, limit=None, score_cutoff=least)


def _nearest(key: str, names: dict[str, str], least: float) -> str | None:
    """The value of the name nearest to `key`, when it is near enough and clearly nearer than the next."""
    if len(key) < 4 or not names:
        return None
    best = process.extract(key, names.keys(), scorer=fuzz.ratio, limit=2, score_cutoff=least)
    if not best or (len(best) == 2 and best[0][1] - best[1][1] < MARGIN):
        return None
    return names[best[0][0]]
