"""How did one person stand in a programme on one day, and for how many months at most was it paid? The readings of
core.measures.rights for a single person, in plain steps. Gaps between the months no list tells: months are an upper
bound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jangkau.core.kernel import Month
from jangkau.core.measures.coverage import reading_on


@dataclass(frozen=True)
class Held:
    """A membership as the branch states it; `programmes` None: not stated. `paid_until`: in the last month paid."""

    segment: str | None
    programmes: str | None
    since: date | None
    paid_until: date | None
    monthly_income: int | None = None

    def has(self, programme: str) -> bool | None:
        """Does it hold a programme ("jkk", "jkm", "jht", "jp", "jkp")? None where nothing is stated."""
        if self.programmes is None:
            return None
        return programme in self.programmes.lower().replace("+", ",").replace(" ", "").split(",")


@dataclass(frozen=True)
class Standing:
    """`state`: paid_up, grace (months were open: the branch must say), or none; with the membership it rests on."""

    state: str
    held: Held | None = None


def standing_on(held: Iterable[Held], programme: str, day: date) -> Standing:
    """The best standing of a person on a day: the membership paid longest, of equal ones the older. One that does not
    state its programmes counts for jkk and jkm, which every member has, and for no other.

    >>> paid = Held("bpu", "JKK,JKM", date(2024, 1, 1), date(2026, 5, 1))
    >>> standing_on([paid], "jkm", date(2026, 6, 10)).state, standing_on([paid], "jht", date(2026, 6, 10)).state
    ('grace', 'none')
    """
    best: tuple[tuple[date, int], Held] | None = None
    for each in held:
        if each.since is None or each.paid_until is None or each.since > day or not _counts(each, programme):
            continue
        if _open_months(each.paid_until, day) > reading_on(day).grace_months:
            continue
        rank = (each.paid_until, -each.since.toordinal())
        if best is None or rank > best[0]:
            best = rank, each
    if best is None:
        return Standing("none")
    (paid_until, _), chosen = best
    return Standing("paid_up" if _open_months(paid_until, day) <= (chosen.segment == "pu") else "grace", chosen)


def months_paid(held: Iterable[Held], programme: str, day: date, *, since: date | None = None) -> int:
    """At most how many months of a programme were paid by a day, counted once where memberships overlap; only those
    from `since` on.

    >>> months_paid([Held("pu", "JP", date(2024, 11, 3), date(2025, 2, 1))], "jp", date(2026, 1, 1))
    4
    """
    paid: set[int] = set()
    for each in held:
        if each.since is None or each.paid_until is None or not _counts(each, programme):
            continue
        first = max(each.since, since) if since else each.since
        paid.update(range(Month.of(first).ordinal, min(Month.of(each.paid_until), Month.of(day)).ordinal + 1))
    return len(paid)


def _counts(each: Held, programme: str) -> bool:
    has = each.has(programme)
    return programme in ("jkk", "jkm") if has is None else has


def _open_months(paid_until: date, day: date) -> int:
    return Month.of(day).ordinal - Month.of(paid_until).ordinal
