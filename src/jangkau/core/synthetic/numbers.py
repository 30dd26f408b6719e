"""Numbers that no two invented people share, and that were never issued to anybody: NIK and KK carry serials 9000-9999
(7000-7999 when those are used up) for residents and 8000-8999 for commuters. Membership numbers are random."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from jangkau.core.kernel import Refused

Ints = NDArray[np.int64]
RESIDENT_SERIALS = np.concatenate([np.arange(9001, 10000), [9000], np.arange(7000, 8000)])
COMMUTER_SERIALS = np.concatenate([np.arange(8001, 9000), [8000]])


def date_digits(days: Ints, female: NDArray[np.bool_]) -> Ints:
    """DDMMYY as a number for days since 1970-01-01; women have 40 added to the day.

    >>> date_digits(np.array([7486]), np.array([True])).tolist()  # 1 July 1990
    [410790]
    """
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970
    of_month = (day - month).astype(np.int64) + 1 + 40 * female
    of_year = month.astype(np.int64) % 12 + 1
    return np.asarray(of_month * 10000 + of_year * 100 + year % 100, dtype=np.int64)


def issue(prefix: Ints, digits: Ints, serials: Ints) -> pl.Series:
    """16-digit numbers as text: six digits of the district, six of the date, a serial that is unique among equals.
    Raises Refused when more people share district and date than there are serials.

    >>> issue(np.array([320201, 320201]), np.array([10790, 10790]), RESIDENT_SERIALS).to_list()
    ['3202010107909001', '3202010107909002']
    """
    key = prefix * 1_000_000 + digits
    rank = rank_within(key)
    if len(rank) and int(rank.max()) >= len(serials):
        raise Refused(
            "Terlalu banyak pekerja untuk wilayah sekecil ini. Kurangi jumlahnya.",
            "Too many workers for so small an area. Ask for fewer.",
        )
    return pl.Series((key * 10_000 + serials[rank]).astype(np.int64)).cast(pl.String)


def unlike(count: int, width: int, rng: Generator) -> pl.Series:
    """`count` different numbers of `width` digits as text that look random: a walk through all residues.

    >>> len(set(unlike(1000, 8, np.random.default_rng(1)).to_list()))
    1000
    """
    size = 10**width
    start = int(rng.integers(size))
    step = (int(rng.integers(size // 3, size // 2)) // 10) * 10 + 7  # coprime to 10, so every number comes once
    numbers = (start + np.arange(count, dtype=np.int64) * step) % size
    return pl.Series(numbers).cast(pl.String).str.zfill(width)


def rank_within(key: Ints) -> Ints:
    """0 for the first of each key, 1 for the second, and so on, in the given order."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    fresh = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(key)]
    begin = np.maximum.accumulate(np.where(fresh, np.arange(len(key)), 0))
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = np.arange(len(key)) - begin
    return rank
