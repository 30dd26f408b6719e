"""How are a million people named? One to three tokens, frequent ones more often, so that namesakes arise by themselves.
Nobody real is meant; spelling on lists is the business of `mess`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from jangkau.core.synthetic import words

_GIVEN = [word.upper() for word in words.MEN + words.WOMEN]
_FAMILY = [word.upper() for word in words.MEN_LAST + words.WOMEN_LAST]
_MEN, _MEN_LAST = len(words.MEN), len(words.MEN_LAST)
_TOKENS = np.array([0, 1, 2])
_TOKEN_SHARE = (0.08, 0.62, 0.30)


class Tokens(NamedTuple):
    """Names as numbers: index of the given name, of a middle given name (-1: none) and of the last name (-1: none)."""

    given: NDArray[np.int64]
    middle: NDArray[np.int64]
    last: NDArray[np.int64]


def draw(rng: Generator, female: NDArray[np.bool_]) -> Tokens:
    """One name for each entry of `female`.

    >>> tokens = draw(np.random.default_rng(1), np.array([True, False]))
    >>> spell(tokens).to_list()
    ['LILIS YUNINGSIH', 'MUMU ENDANG KOMARUDIN']
    """
    extra = rng.choice(_TOKENS, size=len(female), p=_TOKEN_SHARE)
    given = _pick(rng, female, _MEN, len(_GIVEN))
    middle = np.where(extra == 2, _pick(rng, female, _MEN, len(_GIVEN)), -1)
    last = np.where(extra > 0, _pick(rng, female, _MEN_LAST, len(_FAMILY)), -1)
    return Tokens(given, np.where(middle == given, -1, middle), last)


def spell(tokens: Tokens) -> pl.Series:
    """The names in upper case with single spaces."""
    given, family = pl.Series(_GIVEN), pl.Series(_FAMILY)
    parts = pl.DataFrame(
        {
            "given": given.gather(tokens.given),
            "middle": given.gather(np.maximum(tokens.middle, 0)).zip_with(
                pl.Series(tokens.middle >= 0), pl.Series([None], dtype=pl.String)
            ),
            "last": family.gather(np.maximum(tokens.last, 0)).zip_with(
                pl.Series(tokens.last >= 0), pl.Series([None], dtype=pl.String)
            ),
        }
    )
    return parts.select(name=pl.concat_str("given", "middle", "last", separator=" ", ignore_nulls=True))["name"]


def twin_of(given: NDArray[np.int64]) -> NDArray[np.int64]:
    """The given name that parents take for the second twin: another one of the same sex with the same initial."""
    return _PARTNER[given]


def _pick(rng: Generator, female: NDArray[np.bool_], men: int, total: int) -> NDArray[np.int64]:
    man = rng.choice(men, size=len(female), p=_falling(men))
    woman = men + rng.choice(total - men, size=len(female), p=_falling(total - men))
    return np.where(female, woman, man).astype(np.int64)


def _falling(size: int) -> NDArray[np.float64]:
    weight = 1.0 / (np.arange(size) + 9.0)
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def _partners() -> NDArray[np.int64]:
    found = []
    for index, name in enumerate(_GIVEN):
        low, high = (0, _MEN) if index < _MEN else (_MEN, len(_GIVEN))
        others = [i for i in range(low, high) if _GIVEN[i][0] == name[0] and _GIVEN[i] != name]
        later = [i for i in others if i > index]
        found.append((later or others or [low if index != low else low + 1])[0])
    return np.array(found, dtype=np.int64)


_PARTNER = _partners()
