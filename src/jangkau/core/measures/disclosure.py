"""Which counts may be published without telling who? A count of one to four people may tell about a person, and so may
a sum that gives it away. Small counts are hidden, and with them as many others as it takes that nobody who reads all
tables together can tell that a hidden count is small. Source: the usual cell suppression of statistics (primary
cells by a minimum frequency, complementary cells by linear-programming audit). What is known about a person from
elsewhere, and two publications of different days, are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import connected_components

THRESHOLD = 5  # assumed: the smallest count that may be shown; zero tells of nobody
COUNTS = ("workers", "covered", "uncovered")
APART = ("all", "jakon")  # these rows are no part of the region's own row
ONE_BY_ONE = 10  # cells that are tried alone before they are taken for told
_ROUNDING = 1e-6  # of the solver
_SOLVED = 0


class KeptBack(NamedTuple):
    """People who are in one row (`region_code, dimension, value`) and not in another that is part of it."""

    whole: tuple[str, str, str]
    part: tuple[str, str, str]
    workers: int
    covered: int


class Sum(NamedTuple):
    """The count at `whole` is the sum of the counts at `parts` (positions in the array of counts)."""

    whole: int
    parts: tuple[int, ...]


def hidden_counts(
    counts: NDArray[np.int64],
    sums: Sequence[Sum],
    *,
    threshold: int = THRESHOLD,
    kept_back: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Which of `counts` (people, not negative) must not be shown: every count from 1 to `threshold` - 1, and the
    cheapest others found until the shown ones and the `sums` leave each of those room to reach `threshold`. Counts
    that nobody shows anyway (`kept_back`) are hidden, whatever they are, and need no room.

    >>> hidden_counts(np.array([30, 3, 12, 15]), [Sum(0, (1, 2, 3))]).tolist()
    [False, True, True, False]
    """
    kept = np.zeros(counts.size, dtype=bool) if kept_back is None else kept_back
    small = (counts > 0) & (counts < threshold) & ~kept
    hidden = small | kept
    beside = _beside(sums, counts.size)
    if small.any():
        _close_gaps(np.flatnonzero(small).tolist(), counts, hidden, beside, threshold - 1)
    many, before = 1, counts.size
    while told := _told(small, counts, hidden, sums, threshold):
        many = many * 2 if len(told) > before / 2 else 1  # who stays told for long is helped by more and more
        before, room = len(told), threshold - int(counts[told].min())
        closed = _close_gaps(told, counts, hidden, beside, room)
        if not (closed or _hide_near(told, counts, hidden, beside, room, many)):
            break  # nothing is shown that could tell
    return hidden


def protect(published: pl.DataFrame, *, threshold: int = THRESHOLD, kept_back: Sequence[KeptBack] = ()) -> pl.DataFrame:
    """`published` with counts that may tell of a person set to null.

    One row for each `region_code, level, dimension, value` with `workers, covered` (i64). The row with dimension "all"
    is the region; the values of every other dimension add up to it, except "jakon", which stands apart, or to the row
    of their region that `of_dimension, of_value` name, where these columns are there and filled in; regions add up to
    the region their code begins with. `kept_back` are counts that no table shows and that tables imply. Returns the
    same rows with `workers, covered, uncovered, percent` (0-100, half up) where they may be shown, and `suppressed`
    (bool) where not all of them may.

    >>> table = pl.DataFrame({"region_code": ["32.02", "32.02.01", "32.02.02", "32.02.03"], "level": ["regency"] +
    ...     ["district"] * 3, "dimension": ["all"] * 4, "value": ["all"] * 4, "workers": [99, 40, 30, 29],
    ...     "covered": [33, 2, 15, 16]})
    >>> protect(table)["covered"].to_list()
    [33, None, None, 16]
    """
    cells = published.with_columns(uncovered=pl.col("workers") - pl.col("covered"))
    beyond = [(told.workers, told.covered, told.workers - told.covered) for told in kept_back]
    counts = np.concatenate(
        [
            np.concatenate([cells[name].to_numpy() for name in COUNTS]),
            np.array(beyond, dtype=np.int64).T.reshape(-1),
        ]
    ).astype(np.int64)
    shown_at_all = len(COUNTS) * cells.height
    hidden = hidden_counts(
        counts, sums_of(cells, kept_back), threshold=threshold, kept_back=np.arange(counts.size) >= shown_at_all
    )[:shown_at_all].reshape(len(COUNTS), -1)
    shown = [
        pl.when(pl.Series(~mask)).then(pl.col(name)).alias(name) for name, mask in zip(COUNTS, hidden, strict=True)
    ]
    percent = (pl.col("covered") * 20_000 + pl.col("workers")) // (pl.col("workers") * 2) / 100
    return cells.with_columns(*shown, suppressed=pl.Series(hidden.any(axis=0))).with_columns(
        percent=pl.when(pl.col("workers") > 0).then(percent)
    )


def sums_of(published: pl.DataFrame, kept_back: Sequence[KeptBack] = ()) -> list[Sum]:
    """Every way in which counts of the table add up; positions are row + n x place in COUNTS, with n rows, and then the
    counts kept back, in the same order."""
    rows = published.height
    at = {key: row for row, key in enumerate(published.select("region_code", "dimension", "value").iter_rows())}
    groups: dict[tuple[int, str], list[int]] = {}
    for (code, dimension, value), row, of in zip(at, at.values(), _parents(published), strict=True):
        whole = at.get((code, *of)) if of else None
        if whole is not None:
            groups.setdefault((whole, dimension), []).append(row)
        above = next((at[key] for up in _above(code) if (key := (up, dimension, value)) in at), None)
        if above is not None:
            groups.setdefault((above, "regions"), []).append(row)
    wholes = [Sum(row, (row + rows, row + 2 * rows)) for row in range(rows)]
    beyond = len(COUNTS) * rows
    return [
        *wholes,
        *(
            Sum(whole + place * rows, tuple(part + place * rows for part in parts))
            for (whole, _), parts in groups.items()
            for place in range(len(COUNTS))
        ),
        *(
            Sum(at[told.whole] + place * rows, (at[told.part] + place * rows, beyond + place * len(kept_back) + number))
            for number, told in enumerate(kept_back)
            for place in range(len(COUNTS))
        ),
    ]


def _parents(published: pl.DataFrame) -> list[tuple[str, str] | None]:
    """Of what row of its region each row is a part: dimension and value; None for rows that stand apart."""
    usual = [None if name in APART else ("all", "all") for name in published["dimension"]]
    if "of_dimension" not in published.columns:
        return usual
    given = published.select("of_dimension", "of_value").iter_rows()
    return [said if said[0] is not None else otherwise for said, otherwise in zip(given, usual, strict=True)]


def _above(code: str) -> list[str]:
    """The codes of the regions around, nearest first."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


def _beside(sums: Sequence[Sum], size: int) -> list[list[NDArray[np.int64]]]:
    """For every cell the sums it stands in, each as the positions of all its cells."""
    found: list[list[NDArray[np.int64]]] = [[] for _ in range(size)]
    for total in sums:
        cells = np.array([total.whole, *total.parts], dtype=np.int64)
        for cell in cells:
            found[cell].append(cells)
    return found


def _close_gaps(
    told: Sequence[int],
    counts: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    beside: list[list[NDArray[np.int64]]],
    room: int,
) -> bool:
    """Hides one more count in every sum that has a single hidden one, among all that hang together with the cells
    `told`. Tells whether there was such a sum."""
    closed = False
    reached, edge = set(told), list(told)
    while edge:
        around = [cells for place in edge for cells in beside[place]]
        for cells in around:
            closed |= hidden[cells].sum() == 1 and _hide_smallest(cells, counts, hidden, room)
        edge = sorted({int(other) for cells in around for other in cells[hidden[cells]]} - reached)
        reached |= set(edge)
    return closed


def _hide_near(
    told: Sequence[int],
    counts: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    beside: list[list[NDArray[np.int64]]],
    room: int,
    many: int,
) -> bool:
    """Hides the smallest count in each of the `many` sums nearest to each of the cells `told`, but for cells to which
    another has just given room. Tells whether anything was left to hide."""
    helped: set[int] = set()
    for cell in told:
        if cell not in helped:
            near = (cells for cells in _outwards(cell, hidden, beside) if _hide_smallest(cells, counts, hidden, room))
            for cells in islice(near, many):
                helped.update(cells.tolist())
    return bool(helped)


def _outwards(
    cell: int, hidden: NDArray[np.bool_], beside: list[list[NDArray[np.int64]]]
) -> Iterator[NDArray[np.int64]]:
    """The sums that hang together with a cell, the nearest first."""
    reached, edge = {cell}, [cell]
    while edge:
        around = [cells for place in edge for cells in beside[place]]
        yield from around
        edge = sorted({int(other) for cells in around for other in cells[hidden[cells]]} - reached)
        reached |= set(edge)


def _hide_smallest(cells: NDArray[np.int64], counts: NDArray[np.int64], hidden: NDArray[np.bool_], room: int) -> bool:
    shown = cells[~hidden[cells]]
    if not shown.size:
        return False
    roomy = shown[counts[shown] >= room]
    best = roomy if roomy.size else shown
    hidden[best[np.argmin(counts[best])]] = True
    return True


def _told(
    small: NDArray[np.bool_],
    counts: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    sums: Sequence[Sum],
    threshold: int,
) -> list[int]:
    """The cells of `small` that cannot reach `threshold` for a reader of all that are shown. Many are tried together:
    one solution in which a cell reaches it clears the cell. Where more than ONE_BY_ONE stay, all are taken for
    told."""
    found: list[int] = []
    for members, equations, shown in _unknowns(counts, hidden, sums):
        left = _tried_together(np.flatnonzero(small[members]), equations, shown, threshold)
        if left.size <= ONE_BY_ONE:
            alone = [place for place in left if _short(np.array([place]), equations, shown, threshold).size]
            left = np.array(alone, dtype=np.int64)
        found += members[left].tolist()
    return found


def _tried_together(
    places: NDArray[np.int64], equations: csr_array, shown: NDArray[np.float64], enough: int
) -> NDArray[np.int64]:
    while places.size:
        left = _short(places, equations, shown, enough)
        if left.size == places.size:
            break
        places = left
    return places


def _short(
    places: NDArray[np.int64], equations: csr_array, shown: NDArray[np.float64], enough: int
) -> NDArray[np.int64]:
    """Those of the unknowns at `places` that stay below `enough` where as much as possible is given to all of them:
    each has a helper that is no larger than the unknown and no larger than enough, and the helpers are maximised."""
    number, helpers = equations.shape[1], places.size
    empty = csr_array((equations.shape[0], helpers))
    no_larger = csr_array(
        (
            np.concatenate([np.ones(helpers), -np.ones(helpers)]),
            (np.tile(np.arange(helpers), 2), np.concatenate([number + np.arange(helpers), places])),
        ),
        shape=(helpers, number + helpers),
    )
    solved = linprog(
        np.concatenate([np.zeros(number), -np.ones(helpers)]),
        A_ub=no_larger,
        b_ub=np.zeros(helpers),
        A_eq=hstack([equations, empty], format="csr") if equations.shape[0] else None,
        b_eq=shown if equations.shape[0] else None,
        bounds=np.array([(0, np.inf)] * number + [(0, enough)] * helpers),
        method="highs",
    )
    if solved.status != _SOLVED:  # the true counts are a solution, so this is the solver's failure: nothing is cleared
        return places
    reached: NDArray[np.float64] = np.floor(solved.x[places] + _ROUNDING)
    return places[reached < enough]


def _unknowns(
    counts: NDArray[np.int64], hidden: NDArray[np.bool_], sums: Sequence[Sum]
) -> list[tuple[NDArray[np.int64], csr_array, NDArray[np.float64]]]:
    """The hidden counts in groups that share no sum: positions, equations over them, what the shown ones add up to."""
    unknown = np.flatnonzero(hidden)
    column = np.full(counts.size, -1)
    column[unknown] = np.arange(unknown.size)
    rows, columns, signs = [], [], []
    known: list[int] = []
    for total in sums:
        signed = [(total.whole, 1), *((part, -1) for part in total.parts)]
        if not any(hidden[cell] for cell, _ in signed):
            continue
        for cell, sign in signed:
            if hidden[cell]:
                rows.append(len(known))
                columns.append(column[cell])
                signs.append(sign)
        known.append(-sum(sign * int(counts[cell]) for cell, sign in signed if not hidden[cell]))
    matrix = csr_array((np.array(signs, dtype=float), (rows, columns)), shape=(len(known), unknown.size))
    number, group = connected_components(matrix.T @ matrix, directed=False)
    right = np.array(known, dtype=float)
    parts = []
    for label in range(number):
        inside = np.flatnonzero(group == label)
        of_group = matrix[:, inside]
        told = np.flatnonzero(np.diff(of_group.indptr))
        parts.append((unknown[inside], of_group[told], right[told]))
    return parts
