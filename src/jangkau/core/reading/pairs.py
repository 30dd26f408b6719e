"""Which pairs of rows of one list are worth a close look? Pairs are laid out as arrays, all at once for each distance
inside a group, and told apart by marks that are cheap to compare: sets of letters as bits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

Places = NDArray[np.int64]
Bools = NDArray[np.bool_]
Bits = NDArray[np.uint32]

_SLICE = 200_000  # texts whose bytes are laid out at a time
_LETTER = np.zeros(256, dtype=np.uint32)
_LETTER[65:91] = 1 << np.arange(26, dtype=np.uint32)
_INITIAL = np.full(256, 1 << 26, dtype=np.uint32)
_INITIAL[65:91] = _LETTER[65:91]
_GAP = np.zeros(256, dtype=np.bool_)
_GAP[:33] = _GAP[ord(".")] = True


def letters_of(texts: pl.Series) -> Bits:
    """The set of capital letters A-Z in each text, one bit a letter; null has none.

    >>> [f"{bits:b}" for bits in letters_of(pl.Series(["ABBA D", None, "é"]))]
    ['1011', '0', '0']
    """
    return _bits(texts, initials=False)


def initials_of(texts: pl.Series) -> Bits:
    """The set of first letters of the words of each text; blanks and dots part words.

    >>> [f"{bits:b}" for bits in initials_of(pl.Series(["ADI B.C", "BD"]))]
    ['111', '10']
    """
    return _bits(texts, initials=True)


def _bits(texts: pl.Series, *, initials: bool) -> Bits:
    found = np.zeros(len(texts), dtype=np.uint32)
    for start in range(0, len(texts), _SLICE):
        part = texts.slice(start, _SLICE).fill_null("")
        sizes = part.str.len_bytes().to_numpy().astype(np.int64)
        filled = np.flatnonzero(sizes)
        if not len(filled):
            continue
        text = np.frombuffer("".join(part.to_list()).encode(), dtype=np.uint8)
        begins = (np.cumsum(sizes) - sizes)[filled]
        bits = (_INITIAL if initials else _LETTER)[text]
        if initials:
            first = np.append(True, _GAP[text[:-1]])
            first[begins] = True
            bits[~first | _GAP[text]] = 0
        found[start + filled] = np.bitwise_or.reduceat(bits, begins)
    return found


def few_letters_apart(one: Bits, other: Bits) -> Bools:
    """True where two sets of letters differ by two letters at most."""
    few: Bools = np.bitwise_count(one ^ other) <= 2
    return few


def within(one: Bits, other: Bits) -> Bools:
    """True where one of two sets holds the other."""
    both = one & other
    inside: Bools = (both == one) | (both == other)
    return inside


def pairs_in(groups: pl.Series, done: Bools, reach: int) -> Iterator[tuple[Places, Places]]:
    """Pairs (later, earlier) of the places in each group (a list, ascending): every place with the one before it, then
    with the one before that, as far as `reach`. Places that are `done` by then are not asked as the later one again.

    >>> done = np.zeros(3, dtype=np.bool_)
    >>> [(a.tolist(), b.tolist()) for a, b in pairs_in(pl.Series([[0, 1, 2]]), done, 9)]
    [([1, 2], [0, 1]), ([2], [0])]
    """
    if not len(groups):
        return
    sizes = groups.list.len().to_numpy().astype(np.int64)
    places = groups.explode().to_numpy()
    rank = np.arange(len(places)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = np.arange(len(places))
    for distance in range(1, min(int(sizes.max()), reach + 1)):
        at = at[(rank[at] >= distance) & ~done[places[at]]]
        if not len(at):
            return
        yield places[at], places[at - distance]
