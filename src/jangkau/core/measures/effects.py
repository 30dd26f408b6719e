"""Did an event bring members? Enrolments of the days after it against the days before, less what happened at the same
time in similar villages without an event: matched difference-in-differences. Villages are alike by coarsened exact
matching (Iacus, King and Porro 2012); the interval is a cluster bootstrap of villages (Cameron, Gelbach and Miller
2008, percentiles), as villages, not people, are what an event happens to. An event with another
in its village in the same days tells nothing of its own. That villages next door hear of it, too, is not seen here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

FEWEST = 3  # similar villages; with fewer the next coarser likeness is asked
MOST_EVENTS = 2_000  # the latest
DRAWS = 999
_CLASSES = 3  # of size and of baseline coverage
_DAY = timedelta(days=1)

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Effect(NamedTuple):
    """What events brought within `days`. `enrolled` people in the days after `events` matched events, of which
    `expected` would have come without them; `extra` is the difference with its 95 % interval `low` to `high`.
    `unmatched` events have no similar village, or another event too near."""

    days: int
    events: int
    unmatched: int
    enrolled: int
    expected: float
    extra: float
    low: float
    high: float


class Windows(NamedTuple):
    """For every usable event (rows) and every village (columns): enrolments in the days before and after the day of the
    event, which villages are similar and without an event of their own, and the village of the event."""

    before: Numbers
    after: Numbers
    similar: Flags
    village: NDArray[np.int64]
    unusable: int


def effect_of_events(
    events: pl.DataFrame, enrolled: pl.DataFrame, villages: pl.DataFrame, *, days: int, as_of: date, seed: int = 1
) -> Effect | None:
    """The effect within `days` days, the day of the event included; None where no event can be compared. `events`:
    `village_code, on`; `enrolled`: `village_code, on`, a line a person; `villages`: `village_code` and `workers` (how
    many live there, at least 1). Only events whose days have passed by `as_of` count. The same `seed` gives the same
    interval.

    >>> day = date(2026, 3, 1)
    >>> villages = pl.DataFrame({"village_code": [f"32.02.01.200{n}" for n in range(1, 6)], "workers": [100] * 5})
    >>> came = pl.DataFrame({"village_code": ["32.02.01.2001"] * 4, "on": [day + timedelta(days=n) for n in range(4)]})
    >>> told = pl.DataFrame({"village_code": ["32.02.01.2001"], "on": [day]})
    >>> effect_of_events(told, came, villages, days=30, as_of=date(2026, 6, 1))[:6]
    (30, 1, 0, 4, 0.0, 4.0)
    """
    places = villages.filter(pl.col("workers") > 0).sort("village_code")
    seen = events.unique().join(places, on="village_code", how="semi").filter(pl.col("on") <= as_of - days * _DAY)
    seen = seen.sort("on", "village_code").tail(MOST_EVENTS)
    if seen.is_empty():
        return None
    windows = windows_of(seen, events.unique(), enrolled, places, days)
    matched = windows.similar.any(axis=1)
    if not matched.any():
        return None
    workers = places["workers"].to_numpy().astype(float)
    before, after, similar = windows.before[matched], windows.after[matched], windows.similar[matched].astype(float)
    own = windows.village[matched]
    rows = np.arange(len(own))
    risk = workers[own]
    gained = after[rows, own] - before[rows, own]
    drift = similar * (after - before)
    once = np.ones((len(workers), 1))
    extra = float(_extra(gained, risk, drift, similar * workers, own, once)[0])
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = rng.multinomial(len(workers), np.full(len(workers), 1 / len(workers)), size=DRAWS).T.astype(float)
    spread = _extra(gained, risk, drift, similar * workers, own, drawn)
    low, high = np.nanpercentile(spread, (2.5, 97.5))
    came = int(after[rows, own].sum())
    unmatched = windows.unusable + int((~matched).sum())
    return Effect(days, len(own), unmatched, came, came - extra, extra, float(low), float(high))


def _extra(
    gained: Numbers, risk: Numbers, drift: Numbers, alike: Numbers, own: NDArray[np.int64], weights: Numbers
) -> Numbers:
    """Enrolments beyond what similar villages let expect, for every column of village `weights`, as if all events had
    been weighed once."""
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = risk[:, None] * (drift @ weights) / (alike @ weights)
        usable = np.isfinite(expected) * weights[own]
        told = np.where(usable > 0, usable * (gained[:, None] - np.nan_to_num(expected)), 0.0).sum(axis=0)
        shown: Numbers = told / (usable * risk[:, None]).sum(axis=0) * risk.sum()
    return shown


def windows_of(
    seen: pl.DataFrame, events: pl.DataFrame, enrolled: pl.DataFrame, places: pl.DataFrame, days: int
) -> Windows:
    """Counts and likeness for the events `seen`; `events` are all that were held, `places` in the order of columns."""
    first, last = int(_ordinals(seen["on"]).min()) - 2 * days, int(_ordinals(seen["on"]).max()) + days
    held = _running(events, places, first, last)
    came = _running(enrolled, places, first, last)
    at = _ordinals(seen["on"]) - first
    village = _columns(seen, places)
    before = (came[:, at] - came[:, at - days]).T
    after = (came[:, at + days] - came[:, at]).T
    quiet = (held[:, at + days] - held[:, at - days]).T == 0
    alone = (held[village, at + days] - held[village, at - days]) == 1
    similar = _similar(places, village, came[:, at].T, quiet)
    return Windows(before[alone], after[alone], similar[alone], village[alone], int((~alone).sum()))


def _similar(places: pl.DataFrame, village: NDArray[np.int64], known: Numbers, quiet: Flags) -> Flags:
    """For every event the quiet villages like its own: of the district, kind, size and baseline coverage; else of kind,
    size and coverage; else of kind and size; else of kind."""
    codes = places["village_code"].to_list()
    district = np.array([code[:8] for code in codes])
    urban = np.array([code[9:10] == "1" for code in codes])
    workers = places["workers"].to_numpy().astype(float)
    size = _classes(workers[None, :])[0]
    coverage = _classes(known / workers)
    rows = np.arange(len(village))
    kind = urban[village][:, None] == urban[None, :]
    sized = kind & (size[village][:, None] == size[None, :])
    covered = sized & (coverage[rows, village][:, None] == coverage)
    near = covered & (district[village][:, None] == district[None, :])
    found = np.zeros_like(quiet)
    for likeness in (near, covered, sized, kind):
        enough = (likeness & quiet).sum(axis=1) >= FEWEST
        fresh = enough & ~found.any(axis=1)
        found[fresh] = (likeness & quiet)[fresh]
    return found


def _classes(values: Numbers) -> NDArray[np.int64]:
    """Thirds of every row by rank: 0 the lowest; equal values fall together."""
    ordered = np.sort(values, axis=1)
    bounds = [ordered[:, values.shape[1] * n // _CLASSES, None] for n in range(1, _CLASSES)]
    above: NDArray[np.int64] = np.sum([values > bound for bound in bounds], axis=0)
    return above


def _running(lines: pl.DataFrame, places: pl.DataFrame, first: int, last: int) -> Numbers:
    """Lines of every village (rows) before the day in each column: column 0 is the day `first`."""
    known = lines.join(places, on="village_code", how="semi").filter(pl.col("on").is_not_null())
    counts = np.zeros((places.height, last - first + 2))
    day = np.clip(_ordinals(known["on"]) - first, -1, last - first)
    np.add.at(counts, (_columns(known, places), day + 1), 1.0)
    running: Numbers = counts.cumsum(axis=1)
    return running


def _columns(lines: pl.DataFrame, places: pl.DataFrame) -> NDArray[np.int64]:
    found: NDArray[np.int64] = places["village_code"].search_sorted(lines["village_code"]).to_numpy().astype(np.int64)
    return found


def _ordinals(days: pl.Series) -> NDArray[np.int64]:
    found: NDArray[np.int64] = days.cast(pl.Date).cast(pl.Int32).to_numpy().astype(np.int64)
    return found
