"""The monthly bill of many members: computed in chunks, totals that equal the sum of the parts, and a hash that is the
same whatever the chunks, so that two offices can tell whether they hold the same bill."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jangkau.core.kernel import Refused
from jangkau.core.rules.arithmetic import LARGEST, DoesNotFit
from jangkau.core.rules.catalogue import CATALOGUE
from jangkau.core.rules.engine import run_columns
from jangkau.core.rules.loading import book
from jangkau.core.rules.scenarios import Scenario

CHUNK = 16_384  # fits the processor's cache: faster than the whole column at once
Columns = dict[str, NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Bill:
    """Totals in whole rupiah by output of the rule; `sha256` over every member's amounts in the order given."""

    rule: str
    members: int
    totals: dict[str, int]
    sha256: str


def monthly_bill(
    rule_name: str, given: Mapping[str, object], *, scenario: Scenario | None = None, chunk: int = CHUNK,
    each: Callable[[int, Columns], None] | None = None,
) -> Bill:  # fmt: skip
    """The bill of all members. `given`: NumPy columns of equal length (a Polars column by `to_numpy()`), or one value
    that all share. `each` receives the position of the first member of a chunk and the chunk's amounts. Raises Refused
    for columns of different length, DoesNotFit when a total needs more than 64 bits, and what the rule raises.

    >>> given = {"wage": np.array([3_605_000, 4_000_000]), "risk_class": "III", "month": "2026-03", "scale": "medium"}
    >>> monthly_bill("pu_contribution", given).totals["jkk"]
    67685
    """
    rule, law = CATALOGUE[rule_name], scenario.book if scenario else book()
    members = _members(given)
    totals: dict[str, int] = {}
    digests: dict[str, hashlib._Hash] = {}
    for start in range(0, members, chunk):
        size = min(chunk, members - start)
        part = {
            name: value[start : start + size] if isinstance(value, np.ndarray) else value
            for name, value in given.items()
        }
        columns = {
            name: np.ascontiguousarray(np.broadcast_to(np.asarray(amounts, dtype="<i8"), size))
            for name, amounts in run_columns(rule, part, law).items()
        }
        for name, amounts in columns.items():
            totals[name] = totals.get(name, 0) + int(amounts.sum())
            digests.setdefault(name, hashlib.sha256()).update(amounts.data)
        if each is not None:
            each(start, columns)
    if any(total > LARGEST for total in totals.values()):
        raise DoesNotFit()
    whole = hashlib.sha256(rule_name.encode())
    for name in sorted(digests):
        whole.update(name.encode() + digests[name].digest())
    return Bill(rule_name, members, totals, whole.hexdigest())


def _members(given: Mapping[str, object]) -> int:
    sizes = {len(value) for value in given.values() if isinstance(value, np.ndarray)}
    if len(sizes) != 1:
        raise Refused(
            "Kolom tagihan harus ada dan sama panjang untuk semua peserta.",
            "A bill needs columns, of the same length for all members.",
        )
    return sizes.pop()
