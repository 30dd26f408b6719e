"""Which counts may be published without telling who? A count of one to four people may tell about a person, and so may
a sum that gives it away. Small counts are hidden, and with them as many others as it takes that nobody who reads all
tables together can tell that a hidden count is small. Source: the usual cell suppression of statistics (primary
cells by a minimum frequency, complementary cells by linear-programming audit). What is known about a person from
elsewhere, and two publications of different days, are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

THRESHOLD = 5  # assumed: the smallest count that may be shown; zero tells of nobody
COUNTS = ("workers", "covered", "uncovered")
APART = ("all", "jakon")  # these rows are no part of the region's own row
_ROUNDING = 1e-6  # of the solver
_SOLVED = 0


class Sum(NamedTuple):
    """The count at `whole` is the sum of the counts at `parts` (positions in the array of counts)."""

    whole: int
    parts: tuple[int, ...]


def hidden_counts(counts: NDArray[np.int64], sums: Sequence[Sum], *, threshold: int = THRESHOLD) -> NDArray[np.bool_]:
    """Which of `counts` (people, not negative) must not be shown: every count from 1 to `threshold` - 1, and the
    cheapest others found until the shown ones and the `sums` leave each of those room to reach `threshold`.

    >>> hidden_counts(np.array([30, 3, 12, 15]), [Sum(0, (1, 2, 3))]).tolist()
    [False, True, True, False]
    """
    small = (counts > 0) & (counts < threshold)
    hidden = small.copy()
    beside = _beside(sums, counts.size)
    while small.any():
        told = [cell for cell, most in _largest(small, counts, hidden, sums, threshold) if most < threshold]
        grown = [_hide_beside(cell, counts, hidden, beside, threshold) for cell in told]
        if not any(grown):  # all are safe, or nothing is shown that could tell
            break
    return hidden


def largest_possible(
    cells: NDArray[np.bool_], counts: NDArray[np.int64], hidden: NDArray[np.bool_], sums: Sequence[Sum]
) -> dict[int, float]:
    """The largest number of people that can stand at each hidden count of `cells` for a reader of all that are shown;
    infinite where nothing bounds it. `counts` are read only where they are not `hidden`."""
    return dict(_largest(cells, counts, hidden, sums, None))


def protect(published: pl.DataFrame, *, threshold: int = THRESHOLD) -> pl.DataFrame:
    """`published` with counts that may tell of a person set to null.

    One row for each `region_code, level, dimension, value` with `workers, covered` (i64). The row with dimension "all"
    is the region; the values of every other dimension add up to it, except "jakon", which stands apart; regions add up
    to the region their code begins with. Returns the same rows with `workers, covered, uncovered, percent` (0-100,
    half up) where they may be shown, and `suppressed` (bool) where not all of them may.

    >>> table = pl.DataFrame({"region_code": ["32.02", "32.02.01", "32.02.02", "32.02.03"], "level": ["regency"] +
    ...     ["district"] * 3, "dimension": ["all"] * 4, "value": ["all"] * 4, "workers": [99, 40, 30, 29],
    ...     "covered": [33, 2, 15, 16]})
    >>> protect(table)["covered"].to_list()
    [33, None, None, 16]
    """
    cells = published.with_columns(uncovered=pl.col("workers") - pl.col("covered"))
    counts = np.concatenate([cells[name].to_numpy().astype(np.int64) for name in COUNTS])
    hidden = hidden_counts(counts, sums_of(cells), threshold=threshold).reshape(len(COUNTS), -1)
    shown = [
        pl.when(pl.Series(~mask)).then(pl.col(name)).alias(name) for name, mask in zip(COUNTS, hidden, strict=True)
    ]
    percent = (pl.col("covered") * 20_000 + pl.col("workers")) // (pl.col("workers") * 2) / 100
    return cells.with_columns(*shown, suppressed=pl.Series(hidden.any(axis=0))).with_columns(
        percent=pl.when(pl.col("workers") > 0).then(percent)
    )


def public_coverage(coverage: pl.DataFrame, *, threshold: int = THRESHOLD) -> pl.DataFrame:
    """The coverage table (see `coverage_table`) as it may be handed out: `workers, covered, percent` null where a count
    may tell of a person, and `suppressed` (bool) instead of `allocated`, which says more than the counts do."""
    apart = pl.col("segment").is_in(APART)
    published = coverage.select(
        "as_of",
        "region_code",
        "level",
        "segment",
        "workers",
        "covered",
        dimension=pl.when(apart).then(pl.col("segment")).otherwise(pl.lit("segment")),
        value=pl.col("segment"),
    )
    told = protect(published, threshold=threshold)
    return told.select(*coverage.drop("allocated").columns, "suppressed")


def sums_of(published: pl.DataFrame) -> list[Sum]:
    """Every way in which counts of the table add up; positions are row + n x place in COUNTS, with n rows."""
    rows = published.height
    at = {key: row for row, key in enumerate(published.select("region_code", "dimension", "value").iter_rows())}
    groups: dict[tuple[int, str], list[int]] = {}
    for (code, dimension, value), row in at.items():
        region = at.get((code, "all", "all"))
        if region is not None and dimension not in APART:
            groups.setdefault((region, dimension), []).append(row)
        above = next((at[key] for up in _above(code) if (key := (up, dimension, value)) in at), None)
        if above is not None:
            groups.setdefault((above, "regions"), []).append(row)
    wholes = [Sum(row, (row + rows, row + 2 * rows)) for row in range(rows)]
    return wholes + [
        Sum(whole + place * rows, tuple(part + place * rows for part in parts))
        for (whole, _), parts in groups.items()
        for place in range(len(COUNTS))
    ]


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


def _hide_beside(
    cell: int,
    counts: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    beside: list[list[NDArray[np.int64]]],
    threshold: int,
) -> bool:
    """Hides one more count in every sum that has a single hidden one, among all that hang together with `cell`; where
    there is no such sum, the smallest count nearest to the cell. Tells whether anything was left to hide."""
    room = threshold - int(counts[cell])
    near: list[NDArray[np.int64]] = []
    alone = False
    reached, edge = {cell}, [cell]
    while edge:
        around = [cells for place in edge for cells in beside[place]]
        for cells in around:
            alone |= hidden[cells].sum() == 1 and _hide_smallest(cells, counts, hidden, room)
        near += around
        edge = sorted({int(other) for cells in around for other in cells[hidden[cells]]} - reached)
        reached |= set(edge)
    return alone or any(_hide_smallest(cells, counts, hidden, room) for cells in near)


def _hide_smallest(cells: NDArray[np.int64], counts: NDArray[np.int64], hidden: NDArray[np.bool_], room: int) -> bool:
    shown = cells[~hidden[cells]]
    if not shown.size:
        return False
    roomy = shown[counts[shown] >= room]
    best = roomy if roomy.size else shown
    hidden[best[np.argmin(counts[best])]] = True
    return True


def _largest(
    cells: NDArray[np.bool_],
    counts: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    sums: Sequence[Sum],
    enough: int | None,
) -> list[tuple[int, float]]:
    """For each of `cells` the largest count that the shown ones allow (with `enough`: no more is asked than that)."""
    found = []
    for members, equations, shown in _unknowns(counts, hidden, sums):
        for place in np.flatnonzero(cells[members]):
            wanted = np.zeros(members.size)
            wanted[place] = -1
            limits = [
                (0, enough if enough is not None and position == place else None) for position in range(members.size)
            ]
            solved = linprog(wanted, A_eq=equations, b_eq=shown, bounds=limits, method="highs")
            most = -solved.fun if solved.status == _SOLVED else np.inf
            found.append((int(members[place]), float(np.floor(most + _ROUNDING))))
    return found


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
