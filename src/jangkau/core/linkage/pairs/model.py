"""What each level of agreement is worth: how often it occurs among pairs of one person (m) and among pairs of two (u).
Source: Fellegi and Sunter (1969). Kept as JSON, so that it can be read, compared and versioned."""

from __future__ import annotations

import json
import math
from importlib import resources
from typing import Any, NamedTuple

import polars as pl

from jangkau.core.kernel import Refused
from jangkau.core.linkage.decisions import LINK
from jangkau.core.linkage.pairs.comparisons import (
    COMPARISONS,
    DAY_SAME,
    HOUSEHOLD,
    NAME_AGREES,
    NAME_SAME,
    NIK_NEXT,
    NIK_SAME,
    Comparison,
)
from jangkau.core.linkage.pairs.forms import Forms

VERSION = 1
_LEAST = 1e-7  # no level is impossible
# How far the rarity of the very value counts beyond the average of its level.
_BY_RARITY = {
    "name": ("name_rarity", (0.0, 0.0, 0.5, 0.5, 0.5, 0.7, 1.0)),
    "birth_date": ("day_rarity", (0.0, 0.0, 0.0, 1.0)),
}
_ASK = -0.5  # bits, odds included: worth asking a human being, no more
_TOLD_BY_NIK = {"birth_date": 3.0, "sex": 0.0}  # an equal NIK has said most of it


class Model(NamedTuple):
    """`m` and `u`: for each comparison the shares of its levels, level 0 first. `trained`: on what and how, in words
    and figures. `link_from`: the probability from which on two rows are linked. `names_must_agree`: brothers, sisters
    and neighbours share a birth date, an address or a NIK; so those alone may ask a human being, and never link.
    `household`: the odds, in bits, that two records of one household are one person; what tells the house from others
    never says more. None: not known."""

    m: dict[str, tuple[float, ...]]
    u: dict[str, tuple[float, ...]]
    trained: dict[str, Any]
    link_from: float = LINK
    names_must_agree: bool = True
    household: float | None = None

    def bits(self, comparison: str) -> list[float]:
        """The match weights of the levels: log2(m / u).

        >>> [round(bits) for bits in Model({"sex": (0.02, 0.98)}, {"sex": (0.5, 0.5)}, {}).bits("sex")]
        [-5, 1]
        """
        shares = zip(self.m[comparison], self.u[comparison], strict=True)
        return [math.log2(max(m, _LEAST) / max(u, _LEAST)) for m, u in shares]

    def as_json(self) -> str:
        """The model as text that `Model.read` takes."""
        comparisons = {name: {"m": self.m[name], "u": self.u[name]} for name in self.m}
        told = {
            "version": VERSION, "trained": self.trained, "link_from": self.link_from,
            "names_must_agree": self.names_must_agree, "household": self.household, "comparisons": comparisons,
        }  # fmt: skip
        return json.dumps(told, indent=1) + "\n"

    @classmethod
    def read(cls, text: str) -> Model:
        """The model in `text`; raises Refused when it is not one of this version's comparisons and levels.

        >>> Model.read(Model.shipped().as_json()) == Model.shipped()
        True
        """
        try:
            told = json.loads(text)
            stated = told["comparisons"]
            m = {c.name: tuple(map(float, stated[c.name]["m"])) for c in COMPARISONS}
            u = {c.name: tuple(map(float, stated[c.name]["u"])) for c in COMPARISONS}
            sizes = [len(m[c.name]) == len(u[c.name]) == len(c.words) for c in COMPARISONS]
            household = told.get("household")
            more = (
                dict(told["trained"]), float(told["link_from"]), bool(told["names_must_agree"]),
                None if household is None else float(household),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError):
            sizes, told = [False], {}
        if told.get("version") != VERSION or not all(sizes):
            raise Refused(
                "Berkas model tidak dapat dipakai. Buat lagi dengan: jangkau linkage train.",
                "The model file cannot be used. Make it again with: jangkau linkage train.",
            )
        return cls(m, u, *more)

    @classmethod
    def shipped(cls) -> Model:
        """The model that comes with the package."""
        return cls.read(resources.files(__package__).joinpath("model.json").read_text(encoding="utf-8"))


def comparable(forms: Forms) -> list[Comparison]:
    """The comparisons for which both tables have values."""

    def filled(side: pl.DataFrame, column: str) -> bool:
        return side[column].null_count() < side.height

    return [c for c in COMPARISONS if filled(forms.left, c.column) and filled(forms.right, c.column)]


def levels_of(forms: Forms, pairs: pl.DataFrame) -> pl.DataFrame:
    """The level (i8, null when unknown) of every comparison that can be made, one column each."""
    return pl.DataFrame({c.name: c.level(forms, pairs) for c in comparable(forms)})


def weigh(forms: Forms, pairs: pl.DataFrame, levels: pl.DataFrame, model: Model, odds: float) -> pl.Series:
    """The sum of the match weights of each pair and of the prior `odds`, in bits."""
    parts = {}
    for column in levels.columns:
        bits = pl.Series(model.bits(column)).gather(levels[column])
        if column in _BY_RARITY:
            rarity, shares = _BY_RARITY[column]
            bits += _rarity(forms, pairs, rarity) * pl.Series(shares).gather(levels[column])
        parts[column] = bits.fill_null(0.0)
    if "nik" in parts and "birth_date" in levels.columns:
        # Whoever is born in the same district on the same day has a similar NIK anyway.
        beside = ((levels["nik"] < NIK_SAME) & (levels["birth_date"] == DAY_SAME)).fill_null(False)
        parts["nik"] = parts["nik"].zip_with(~beside, parts["nik"].clip(upper_bound=0.0))
    nik = levels["nik"] if "nik" in levels.columns else pl.Series([None], dtype=pl.Int8).new_from_index(0, pairs.height)
    same_nik = (nik == NIK_SAME).fill_null(False)
    for told, most in _TOLD_BY_NIK.items():
        if told in parts:
            parts[told] = parts[told].zip_with(~same_nik, parts[told].clip(upper_bound=most))
    nothing = pl.Series([0.0]).new_from_index(0, pairs.height)
    total = (pl.DataFrame(parts).sum_horizontal() if parts else nothing) + odds
    if model.household is not None:
        own = [bits for name, bits in parts.items() if name not in HOUSEHOLD]
        within = (pl.DataFrame(own).sum_horizontal() if own else nothing) + model.household
        total = total.zip_with(total < within, within)
    if not model.names_must_agree or "name" not in levels.columns:
        return total
    named = levels["name"]
    doubt = ((named < NAME_AGREES) & ~(same_nik & (named > 0))) | ((nik == NIK_NEXT) & (named < NAME_SAME))
    doubt = doubt.fill_null(False)
    return total.zip_with(~doubt, total.clip(upper_bound=_ASK))


def _rarity(forms: Forms, pairs: pl.DataFrame, column: str) -> pl.Series:
    """By how many bits the value of a pair (the commoner of the two) is rarer than the average value."""
    sides = {at: side[column].gather(pairs[at]) for at, side in (("left", forms.left), ("right", forms.right))}
    return pl.DataFrame(sides).select(pl.min_horizontal(pl.all())).to_series()
