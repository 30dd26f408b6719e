"""Words as numbers: a million people are counted by whole numbers in a fraction of the time that words take."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl


class Placed(NamedTuple):
    """The distinct values of a column in ascending order (null, where it occurs, first), and of every line the place of
    its value among them."""

    values: pl.Series
    places: npt.NDArray[np.int64]


def placed(column: pl.Series) -> Placed:
    """The values of a column (str, categorical or bool) and their places.

    >>> values, places = placed(pl.Series(["PU", None, "BPU", "PU"]))
    >>> values.to_list(), places.tolist()
    ([None, 'BPU', 'PU'], [2, 0, 1, 2])
    """
    words = column if column.dtype == pl.Boolean else column.cast(pl.Categorical)
    distinct = words.unique()
    values = distinct if column.dtype == pl.Boolean else distinct.cast(pl.String)
    order = values.arg_sort()
    # the numbers behind the words, from 1; 0 stands for null
    numbers, known = (each.to_physical().cast(pl.Int32).fill_null(-1).to_numpy() + 1 for each in (words, distinct))
    place_of = np.zeros(int(known.max(initial=0)) + 1, dtype=np.int64)
    place_of[known[order.to_numpy()]] = np.arange(len(known))
    return Placed(values.gather(order), place_of[numbers])
