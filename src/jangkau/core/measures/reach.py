"""Which villages should have been reached, which were: a village is missed only in a district of which anything is
known, so that a register of a few districts does not miss the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def villages_asked(workers: Mapping[str, int], reached: Collection[str]) -> frozenset[str]:
    """The villages (codes) that count as reached or not: those of `workers` (every village of the area, with its
    workers) whose district has a worker or a village of `reached`.

    >>> sorted(villages_asked({"32.02.01.2001": 5, "32.02.01.2002": 0, "32.02.02.2001": 0}, ()))
    ['32.02.01.2001', '32.02.01.2002']
    """
    known = {code[:8] for code, people in workers.items() if people} | {code[:8] for code in reached}
    return frozenset(code for code in workers if code[:8] in known)
